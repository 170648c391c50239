from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    property_collection_policy_id = fields.Many2one(
        "property.collection.policy",
        "Collection Policy",
        company_dependent=True,
        groups="property_fee_collection.group_user",
        help="Empty: as in the community.",
    )
    property_case_ids = fields.One2many(
        "property.collection.case",
        "partner_id",
        groups="property_fee_collection.group_user",
    )
