from odoo import api, fields, models


class PropertyUnitBound(models.AbstractModel):
    """What belongs to a unit, and with it to community and company, and concerns a
    customer: the unit's owner where nobody is named."""

    _name = "property.unit.bound"
    _description = "Bound to a Unit"
    _inherit = ["property.community.bound"]

    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("unit_id")
    def _compute_partner_id(self):
        for record in self:
            record.partner_id = record.partner_id or record.unit_id.owner_id
