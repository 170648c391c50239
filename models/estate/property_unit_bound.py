from odoo import fields, models


class PropertyUnitBound(models.AbstractModel):
    """What belongs to a unit, and with it to community and company."""

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
