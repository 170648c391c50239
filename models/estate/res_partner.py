from odoo import api, fields, models


class ResPartner(models.Model):
    """Owners and occupants, and their units."""

    _inherit = "res.partner"

    property_unit_ids = fields.One2many(
        "property.unit", "owner_id", groups="property_fee_collection.group_user"
    )
    property_tenure_ids = fields.One2many(
        "property.unit.tenure",
        "partner_id",
        groups="property_fee_collection.group_user",
    )
    property_unit_count = fields.Integer(
        compute="_compute_property_unit_count",
        groups="property_fee_collection.group_user",
    )

    @api.depends("property_tenure_ids")
    def _compute_property_unit_count(self):
        tenures = self.env["property.unit.tenure"]
        today = fields.Date.context_today(self)
        counts = dict(
            tenures._read_group(
                tenures._domain_valid_on(today)
                & fields.Domain("partner_id", "in", self.ids),
                ["partner_id"],
                ["unit_id:count_distinct"],
            )
        )
        for partner in self:
            partner.property_unit_count = counts.get(partner, 0)

    def action_open_property_units(self):
        """Open the units that the partner owns or occupies today."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_unit"
        )
        action["domain"] = [
            "|",
            ("owner_id", "in", self.ids),
            ("occupant_id", "in", self.ids),
        ]
        return action
