from odoo import fields, models


class PropertyCall(models.Model):
    """Calls before the due date to those whom no cheaper channel reached."""

    _inherit = "property.call"

    kind = fields.Selection(
        selection_add=[("reminder", "Reminder before the due date")],
        ondelete={"reminder": "cascade"},
    )
    reminder_ids = fields.One2many("property.reminder", "call_id", "Reminders")
