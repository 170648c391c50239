from odoo import api, fields, models


class PropertyCall(models.Model):
    """Calls before the due date to those whom no cheaper channel reached."""

    _inherit = "property.call"

    kind = fields.Selection(
        selection_add=[("reminder", "Reminder before the due date")],
        ondelete={"reminder": "cascade"},
    )
    reminder_ids = fields.One2many("property.reminder", "call_id", "Reminders")

    def _planned_reminders(self):
        # sudo: whoever calls need not see the campaign.
        return self.sudo().reminder_ids.filtered(lambda row: row.state == "planned")

    def _name_reminders(self):
        """Sum and due dates of what an open call reminds of; in sudo."""
        for call in self.filtered(lambda call: call.state == "open"):
            rows = call._planned_reminders()
            if not rows:
                continue
            amount = sum(call._in_own_currency(row, row.amount) for row in rows)
            values = {"amount": amount, "subject": rows._call_subject()}
            call.write(
                {name: value for name, value in values.items() if call[name] != value}
            )

    def _in_own_currency(self, owed, amount):
        """:param owed: a reminder, or what somebody owes: anything with a currency"""
        currency = owed.currency_id if hasattr(owed, "currency_id") else owed.currency
        today = self.community_id._property_today()
        return currency._convert(amount, self.currency_id, self.company_id, today)

    @api.depends("reminder_ids.state")
    def _compute_amount_now(self):
        """Asked again whenever it is looked at: part of it may be paid meanwhile."""
        result = super()._compute_amount_now()
        calls = self.filtered(lambda call: call.kind == "reminder")
        calls = calls.filtered(lambda call: call.state == "open")
        asked = calls._planned_reminders()._asked_again()
        for call in calls.filtered("reminder_ids"):
            call.amount_now = sum(
                call._in_own_currency(owed, owed.amount)
                for row, (owed, reason) in asked.items()
                if row.call_id.id == call._origin.id and not reason
            )
        return result
