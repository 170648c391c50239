from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_plan_grace_days = fields.Integer(
        related="company_id.property_plan_grace_days", readonly=False
    )
    property_late_fee = fields.Boolean(
        related="company_id.property_late_fee", readonly=False
    )
    property_late_fee_rate = fields.Float(
        related="company_id.property_late_fee_rate", readonly=False
    )
    property_late_fee_cap = fields.Float(
        related="company_id.property_late_fee_cap", readonly=False
    )
    property_late_fee_grace_days = fields.Integer(
        related="company_id.property_late_fee_grace_days", readonly=False
    )
    property_late_fee_from = fields.Date(
        related="company_id.property_late_fee_from", readonly=False
    )
    property_late_fee_product_id = fields.Many2one(
        related="company_id.property_late_fee_product_id", readonly=False
    )
