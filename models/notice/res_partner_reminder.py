from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    property_no_reminders = fields.Boolean(
        "No Reminders",
        tracking=True,
        groups="property_fee_collection.group_user",
        help="Asked not to be reminded before the due date. Bills, notices and demands "
        "still reach him.",
    )
    property_reminder_count = fields.Integer(
        "Reminders",
        compute="_compute_property_reminder_count",
        groups="property_fee_collection.group_user",
    )

    def _compute_property_reminder_count(self):
        counts = dict(
            self.env["property.reminder"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            customer = partner.commercial_partner_id
            partner.property_reminder_count = counts.get(customer, 0)

    def action_open_property_reminders(self):
        """Open the reminders to the customer, also those he did not get, and why."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_reminder"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        action["context"] = {}
        return action
