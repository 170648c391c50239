from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    property_prepayment_count = fields.Integer(
        "Prepayments",
        compute="_compute_property_prepayment_count",
        groups="property_fee_collection.group_user",
    )

    def _compute_property_prepayment_count(self):
        counts = self.env["property.prepayment"]._count_by("partner_id", self)
        for partner in self:
            partner.property_prepayment_count = counts.get(partner._origin, 0)
