from odoo import api, models
from odoo.exceptions import UserError


class PropertyHandoverBatch(models.Model):
    """The end of a batch: who did not come is called (procedure, clause 5.6)."""

    _inherit = "property.handover.batch"

    def action_done(self):
        """Close batches that run: whoever has not come by now goes on the call list.
        His appointment stays open, and he may still come.

        :raises UserError: for a batch that does not run
        """
        self.check_access("write")
        for batch in self:
            if batch.state != "running":
                raise UserError(self.env._("%(batch)s does not run.", batch=batch.name))
            batch.moment_ids._miss()
        # sudo: state changes through methods only; checked above
        self.sudo().state = "done"
        return True

    def action_cancel(self):
        """Give batches up: appointments at which nobody has been are cancelled.

        :raises UserError: for a batch that is done
        """
        self.check_access("write")
        for batch in self:
            if batch.state == "done":
                raise UserError(
                    self.env._("%(batch)s is done already.", batch=batch.name)
                )
            waiting = batch.moment_ids.filtered(
                lambda row: row.state == "open" and row.attendance != "arrived"
            )
            waiting._cancel_calls()
            # sudo: states change through methods only; checked above
            waiting.sudo().write({"state": "cancelled"})
        self.sudo().state = "cancelled"
        return True

    @api.model
    def _cron_handover(self):
        """Put owners on the call list whose day is over; close batches that are over.

        Each batch is a transaction that locks it: workers share the batches, a second
        call finds nothing to do.
        """
        crons = self.env["ir.cron"]
        batches = self.search([("state", "=", "running")])
        crons._commit_progress(remaining=len(batches))
        for left, batch in enumerate(reversed(batches)):
            if batch.try_lock_for_update(allow_referencing=True):
                batch.invalidate_recordset(["state"])
                batch._close_days()
            if not crons._commit_progress(1, remaining=len(batches) - left - 1):
                return

    def _close_days(self):
        if self.state != "running":
            return
        today = self.community_id._property_today()
        over = self.moment_ids.filtered(lambda row: row.slot_start and row.date < today)
        over._miss()
        if self.date_to < today:
            self.moment_ids._miss()
            self.state = "done"
