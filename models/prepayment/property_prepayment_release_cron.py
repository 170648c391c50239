import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import LockError

_logger = logging.getLogger(__name__)
BATCH = 500


class PropertyPrepayment(models.Model):
    """Once a day whatever has begun is released, in batches."""

    _inherit = "property.prepayment"

    @api.model
    def _cron_release_prepayments(self):
        """End the agreements that nobody paid, then release the months that have begun.

        A batch is a transaction that locks its agreements: several workers share them,
        a killed worker loses one batch only, and a second call finds nothing to do. A
        late call releases all the months that were missed.
        """
        if not self._cron_lapse():
            return
        size = self.env["property.billing.run"]._parameter("release_batch", BATCH)
        # Opening and closing communities alike: what was paid ahead is released.
        communities = self.env["property.community"].with_context(active_test=False)
        # pylint: disable-next=no-search-all
        for community in communities.search([], order="company_id, id"):
            self._carry_due(community)
            if not self._release_community(community, size):
                return

    @api.model
    def _release_community(self, community, size):
        """:return: whether there is time for more"""
        self._finish_in(community)
        # What failed, or waits for an open day, is tried once in a call.
        failures, tried = {}, set()
        while True:
            todo = self._to_release(community).filtered(
                lambda agreement: agreement.id not in tried
            )
            batch = todo.try_lock_for_update(allow_referencing=True, limit=size)
            if not batch:
                break
            failures |= batch._try_release()
            tried.update(batch.ids)
            if not self._commit_release(len(batch), len(todo) - len(batch)):
                return False
        if failures:
            community._report_unreleased(failures)
            self.env["ir.cron"]._commit_progress()
        return True

    @api.model
    def _finish_in(self, community):
        """Terms that have passed with every month released; those that nobody else has
        in hand."""
        over = self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "running"),
                ("date_to", "<", community._property_today()),
            ],
            order="id",
        ).filtered("line_ids")
        over.try_lock_for_update(allow_referencing=True)._finish()

    @api.model
    def _commit_release(self, done, left):
        seconds = self.env["ir.cron"]._commit_progress(done, remaining=left)
        # What a batch has read is of no use to the next one.
        self.env.invalidate_all()
        return seconds

    @api.model
    def _to_release(self, community):
        lines = self.env["property.prepayment.line"]._search(
            [
                ("move_id", "=", False),
                ("month", "<=", community._release_month()),
                ("community_id", "=", community.id),
            ]
        )
        return self.search(
            [
                ("line_ids", "in", lines),
                ("state", "in", ("running", "cancelled")),
            ],
            order="id",
        )

    def _try_release(self):
        """Release the whole batch; if that fails, each agreement on its own.

        :return: {agreement id: why it could not be released}
        """
        message = self._release_or_why()
        if not message or len(self) == 1:
            return dict.fromkeys(self.ids, message) if message else {}
        reasons = {agreement.id: agreement._release_or_why() for agreement in self}
        return {id_: reason for id_, reason in reasons.items() if reason}

    def _release_or_why(self):
        try:
            with self.env.cr.savepoint():
                self._release()
                self.env.flush_all()
        except (LockError, OperationalError):
            # Nobody's mistake: another worker's doing, tried again.
            raise
        except Exception as error:
            _logger.warning("Prepayments %s: %s", self.ids, error, exc_info=True)
            self.env.invalidate_all()
            return str(error) or self.env._("Unknown error")
        return ""


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    def _report_unreleased(self, failures):
        """Tell Finance once what could not be released; what is open is brought up to
        date.

        :param failures: {agreement id: why}
        """
        agreements = self.env["property.prepayment"].browse(failures)
        shown = [
            f"{agreement.display_name}: {failures[agreement.id]}"
            for agreement in agreements[:20]
        ]
        note = self.env._(
            "%(count)s agreements could not be released. Mend the reason; they are "
            "tried again every day.",
            count=len(failures),
        )
        self._ask_finance(note, shown)
