from collections import defaultdict

from odoo import api, fields, models


class PropertyHandoverBatch(models.Model):
    """How far a batch is, and what it brought in."""

    _inherit = "property.handover.batch"

    moment_count = fields.Integer("All", compute="_compute_progress")
    unplanned_count = fields.Integer("Without Appointment", compute="_compute_progress")
    invited_count = fields.Integer("Invited", compute="_compute_progress")
    arrived_count = fields.Integer("Came", compute="_compute_progress")
    done_count = fields.Integer("Finished", compute="_compute_progress")
    missed_count = fields.Integer("Not Come", compute="_compute_progress")
    progress = fields.Float("Finished (%)", compute="_compute_progress")
    amount_due = fields.Monetary(
        "Due",
        compute="_compute_progress",
        help="Of all units of a customer in the community, each customer once.",
    )
    amount_settled = fields.Monetary("Money Recovered", compute="_compute_progress")

    @api.depends(
        "moment_ids.state",
        "moment_ids.completed_on",
        "moment_ids.attendance",
        "moment_ids.slot_start",
        "moment_ids.invited_on",
        "moment_ids.amount_due",
        "moment_ids.amount_settled",
    )
    def _compute_progress(self):
        rows = self.env["property.moment"]._read_group(
            [("batch_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["batch_id", "attendance"],
            [
                "__count",
                "slot_start:count",
                "invited_on:count",
                "completed_on:count",
                "amount_settled:sum",
            ],
        )
        sums = defaultdict(lambda: defaultdict(float))
        for batch, attendance, count, planned, invited, done, settled in rows:
            found = sums[batch.id]
            found["moment_count"] += count
            found["unplanned_count"] += count - planned
            found["invited_count"] += invited
            found["arrived_count"] += count if attendance == "arrived" else 0
            found["missed_count"] += count if attendance == "missed" else 0
            found["done_count"] += done
            found["amount_settled"] += settled
        for batch, due in self._due_by_batch().items():
            sums[batch.id]["amount_due"] = due
        names = (
            "moment_count", "unplanned_count", "invited_count", "arrived_count",
            "missed_count", "done_count", "amount_due", "amount_settled",
        )  # fmt: skip
        for batch in self:
            found = sums[batch._origin.id]
            for name in names:
                batch[name] = found[name]
            count = found["moment_count"]
            batch.progress = 100 * found["done_count"] / count if count else 0.0

    def _due_by_batch(self):
        """{batch: what its customers owed}: each customer once, who owes it in all his
        units together"""
        rows = self.env["property.moment"]._read_group(
            [("batch_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["batch_id", "partner_id"],
            ["amount_due:max"],
        )
        found = defaultdict(lambda: defaultdict(float))
        for batch, partner, due in rows:
            # sudo: of a contact only whose it is
            customer = partner.sudo().commercial_partner_id
            found[batch][customer] = max(found[batch][customer], due)
        return {batch: sum(dues.values()) for batch, dues in found.items()}

    def action_open_counter(self):
        """Open the counter: who is here, who comes next."""
        return self._open_moments(
            "action_property_handover_counter", {"search_default_not_done": 1}
        )

    def action_open_calendar(self):
        """Open the appointments in the calendar, to move them."""
        self.ensure_one()
        action = self._open_moments("action_property_handover_calendar", {})
        today = self.community_id._property_today()
        day = max(self.date_from, min(self.date_to, today))
        action["context"]["initial_date"] = fields.Date.to_string(day)
        return action

    def action_open_report(self):
        """Open the sums of the batch by day and counter."""
        return self._open_moments("action_property_handover_report", {})

    def action_open_missed(self):
        """Open those who did not come."""
        return self._open_moments(
            "action_property_handover_counter", {"search_default_missed": 1}
        )

    def _open_moments(self, name, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"property_fee_collection.{name}"
        )
        action["domain"] = [("batch_id", "in", self.ids)]
        action["context"] = {"default_batch_id": self[:1].id, **context}
        return action
