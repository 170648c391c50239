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
            amount = sum(
                call._in_own_currency(row.amount, row.currency_id) for row in rows
            )
            values = {"amount": amount, "subject": rows._call_subject()}
            call.write(
                {name: value for name, value in values.items() if call[name] != value}
            )

    def _in_own_currency(self, amount, currency):
        today = self.community_id._property_today()
        return currency._convert(amount, self.currency_id, self.company_id, today)

    @api.depends("reminder_ids.state")
    def _compute_amount_now(self):
        """Asked again whenever it is looked at: part of it may be paid meanwhile."""
        result = super()._compute_amount_now()
        calls = self.filtered(lambda call: call.kind == "reminder")
        calls = calls.filtered(lambda call: call.state == "open")
        planned = calls._planned_reminders()
        asked, of_call = planned._asked_again(), planned.grouped(lambda r: r.call_id.id)
        for call in calls.filtered("reminder_ids"):
            call.amount_now = sum(
                call._in_own_currency(owed.amount, owed.currency)
                for row in of_call.get(call._origin.id, ())
                for owed, reason in [asked[row]]
                if not reason
            )
        return result
