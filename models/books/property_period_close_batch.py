from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import date_utils

from .property_period_close_compute import COMPUTERS


class PropertyPeriodCloseBatch(models.Model):
    """One month closed for many communities at once, in the background."""

    _name = "property.period.close.batch"
    _description = "Close a Month"
    _inherit = ["property.guarded", "mail.thread"]
    _guarded_fields = frozenset(("state", "line_ids", "user_id"))
    _order = "id desc"
    _rec_name = "period"

    period = fields.Date(
        "Month",
        required=True,
        default=lambda self: self.env["property.period.close"]._last_month(),
    )
    community_ids = fields.Many2many(
        "property.community",
        string="Communities",
        required=True,
        default=lambda self: self.env["property.community"].search([]),
    )
    user_id = fields.Many2one(
        "res.users",
        "Started by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    line_ids = fields.One2many("property.period.close.batch.line", "batch_id")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    count = fields.Integer("All Communities", compute="_compute_progress")
    done_count = fields.Integer("Closed", compute="_compute_progress")
    failed_count = fields.Integer("Failed", compute="_compute_progress")
    progress = fields.Float("Progress (%)", compute="_compute_progress")

    @api.depends("line_ids.state")
    def _compute_progress(self):
        rows = self.env["property.period.close.batch.line"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        )
        counts = {(batch.id, state): count for batch, state, count in rows}
        for batch in self:
            waiting, done, failed = (
                counts.get((batch._origin.id, state), 0)
                for state in ("waiting", "done", "failed")
            )
            batch.count = waiting + done + failed
            batch.done_count, batch.failed_count = done, failed
            batch.progress = 100 * (done + failed) / batch.count if batch.count else 0.0

    @api.depends("period")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = batch.period and batch.period.strftime("%Y-%m")

    def action_start(self):
        """Open the closes of the month and compute them in the background, those that
        failed again.

        :raises AccessError: for a community that the user may not see
        :raises UserError: for other roles than Finance and customer service head
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.user._has_property_role(*COMPUTERS):
            raise UserError(
                self.env._("Only Finance and the customer service head close a month.")
            )
        self.community_ids.check_access("read")
        period = date_utils.start_of(self.period, "month")
        # sudo: lines and state are nobody's to write.
        batch = self.sudo()
        known = batch.line_ids.community_id
        batch.line_ids.filtered(lambda line: line.state == "failed").write(
            {"state": "waiting", "error": False}
        )
        batch.write(
            {
                "period": period,
                "state": "running",
                "line_ids": [
                    Command.create({"community_id": community.id})
                    for community in self.community_ids - known
                ],
            }
        )
        self.env.ref("property_fee_collection.cron_period_close")._trigger()
        return True

    def action_open_closes(self):
        """Open the closes of the batch."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_period_close"
        )
        action["domain"] = [("id", "in", self.line_ids.close_id.ids)]
        action["context"] = {}
        return action

    @api.model
    def _cron_period_close(self):
        """Compute what waits, one community after the other.

        Each is a transaction that locks its row: several workers share the rows, a
        killed worker loses one community, a second call finds nothing to do.
        """
        crons = self.env["ir.cron"]
        lines = self.env["property.period.close.batch.line"].search(
            [("state", "=", "waiting")], order="id"
        )
        crons._commit_progress(remaining=len(lines))
        for place, line in enumerate(lines):
            if line.try_lock_for_update(allow_referencing=True):
                line.invalidate_recordset(["state"])
                if line.state == "waiting":
                    line._try()
            self.env.invalidate_all()
            if not crons._commit_progress(1, remaining=len(lines) - place - 1):
                return
        self._finish_done()

    @api.model
    def _finish_done(self):
        for batch in self.search([("state", "=", "running")]):
            waiting = batch.line_ids.filtered(lambda line: line.state == "waiting")
            if waiting or not batch.try_lock_for_update(allow_referencing=True):
                continue
            batch.invalidate_recordset(["state"])
            if batch.state == "running":
                batch._finish()
                self.env["ir.cron"]._commit_progress()

    def _finish(self):
        self.state = "done"
        text = self.env._(
            "%(month)s: %(done)s communities are computed, %(failed)s failed.",
            month=self.period.strftime("%Y-%m"),
            done=self.done_count,
            failed=self.failed_count,
        )
        self.message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=self.env._("Month closed"),
            body=text,
        )
        self.message_post(body=text)
