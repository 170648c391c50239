import logging

from odoo import api, models
from odoo.exceptions import UserError

from .property_bank_import_read import BATCH

CRON = "property_fee_collection.cron_bank_imports"

_logger = logging.getLogger(__name__)


class PropertyBankImport(models.Model):
    """Long lists come in batch by batch, each in a transaction of its own."""

    _inherit = "property.bank.import"

    def _queue(self):
        return self._put_in_queue(CRON, self.new_count)

    @api.model
    def _cron_bank_imports(self):
        """Import what is queued. Killed midway, what is in stays in, and the next run
        goes on; two workers never take the same list."""
        queued = self.search([("state", "=", "queued")], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(queued))
        for record in queued:
            if not record._import_queued():
                break

    def _import_queued(self):
        """:return: whether there is time left"""
        user = self.user_id
        told = self.with_context(lang=user.lang, tz=user.tz)
        record = told.with_user(user).with_company(self.company_id)
        cron = self.env["ir.cron"]
        try:
            rows = record._wanted(record._read()[1])
            known = record._known_keys(rows)
            rows = [row for row in rows if row.key not in known]
            for start in range(0, len(rows), BATCH):
                if not self._is_mine():
                    return True
                with self.env.cr.savepoint():
                    record._import_rows(rows[start : start + BATCH])
                if not cron._commit_progress():
                    return False
        except UserError as problem:
            told._end("failed", str(problem))
        except Exception as problem:
            _logger.exception("Bank transfer import %s failed", self.id)
            told._end("failed", f"{type(problem).__name__}: {problem}")
        else:
            if self._is_mine():
                told._end("done")
        return cron._commit_progress(1)

    def _is_mine(self):
        """Whether no other worker has the list, and it waits still."""
        held = self.try_lock_for_update(allow_referencing=True)
        held.invalidate_recordset(["state"])
        return held.state == "queued"

    def _end(self, state, reason=False):
        self._put(state, failure=reason)
        self._tell_author(
            self.env._("The transfers were not imported: %(why)s", why=reason)
            if reason
            else self.env._(
                "%(count)s bank transfers are imported.", count=self.done_count
            ),
            self.env._("Bank transfers"),
        )
