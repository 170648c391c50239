from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_policy_id = fields.Many2one(
        related="company_id.property_policy_id", readonly=False
    )
    property_tolerance = fields.Monetary(
        related="company_id.property_tolerance",
        currency_field="currency_id",
        readonly=False,
    )
    property_jurisdiction = fields.Selection(
        related="company_id.property_jurisdiction", readonly=False
    )
