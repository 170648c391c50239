from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    property_moment_count = fields.Integer(
        "Moments",
        compute="_compute_property_moment_count",
        groups="property_fee_collection.group_user",
    )

    @api.depends_context("uid")
    def _compute_property_moment_count(self):
        counts = dict(
            self.env["property.moment"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.property_moment_count = counts.get(partner._origin, 0)

    def action_open_property_moments(self):
        """Open the special moments of the customer."""
        return self.env["property.moment"]._open_of(
            [("partner_id", "in", self.ids)], partner_id=self[:1].id
        )
