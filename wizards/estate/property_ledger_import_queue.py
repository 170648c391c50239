import logging

from odoo import api, models
from odoo.exceptions import UserError

CRON = "property_fee_collection.cron_ledger_imports"

_logger = logging.getLogger(__name__)


class PropertyLedgerImport(models.Model):
    """Large ledgers: brought in by the scheduled action, each in one transaction."""

    _inherit = "property.ledger.import"

    def _queue(self):
        progress = self.env["property.ledger.import.progress"].sudo()
        # sudo: a technical row that nobody writes by hand
        progress.search([("import_id", "=", self.id)]).unlink()
        progress.create({"import_id": self.id, "total": self.row_count})
        return self._put_in_queue(CRON, self.row_count)

    @api.model
    def _cron_ledger_imports(self):
        """Import what is queued, one file per transaction.

        Killed midway, a file leaves nothing and is taken up again by the next run; two
        workers never take the same file, for its row stays locked.
        """
        queued = self.search([("state", "=", "queued")], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(queued))
        for record in queued:
            locked = record.try_lock_for_update(allow_referencing=True)
            locked.invalidate_recordset(["state"])
            if locked.state == "queued":
                locked._import_queued()
            if not cron._commit_progress(1):
                break

    def _import_queued(self):
        """Import as the user who asked for it, or note why it failed."""
        user = self.user_id
        told = self.with_context(lang=user.lang, tz=user.tz, property_queued=True)
        record = told.with_user(user).with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                record._import_ledger()
        except UserError as problem:
            told._fail(str(problem))
        except Exception as problem:
            _logger.exception("Owner ledger import %s failed", self.id)
            told._fail(f"{type(problem).__name__}: {problem}")
        else:
            told._tell_author(told.env._("The owner ledger has been imported."))

    def _fail(self, reason):
        self._put("failed", failure=reason)
        self._tell_author(
            self.env._("The owner ledger was not imported: %(reason)s", reason=reason)
        )

    def _tell_author(self, body, subject=None):
        return super()._tell_author(body, subject or self.env._("Owner ledger"))

    def _publish_progress(self, done):
        if self.env.context.get("property_queued"):
            # sudo: a technical row that nobody writes by hand
            progress = self.env["property.ledger.import.progress"].sudo()
            progress.search([("import_id", "=", self.id)])._publish(done)
