from odoo import fields, models


class PropertyPrepaymentDecline(models.TransientModel):
    """Why an owner does not pay ahead again."""

    _name = "property.prepayment.decline"
    _description = "Decline a Renewal"
    _inherit = ["property.community.bound"]

    prepayment_ids = fields.Many2many(
        "property.prepayment",
        "property_prepayment_decline_rel",
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason = fields.Char(required=True)

    def action_decline(self):
        """Delete the drafts and keep the reason with the agreements that end."""
        self.prepayment_ids._decline_renewal(self.reason)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_prepayment_renewal"
        )
