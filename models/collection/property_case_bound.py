from odoo import fields, models


class PropertyCaseBound(models.AbstractModel):
    """What belongs to a collection case, and with it to customer and community."""

    _name = "property.case.bound"
    _description = "Bound to a Case"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("case_id",))

    case_id = fields.Many2one(
        "property.collection.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        related="case_id.partner_id", string="Customer", store=True, index=True
    )
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
