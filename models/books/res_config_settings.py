from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_cash_limit = fields.Monetary(
        related="company_id.property_cash_limit",
        readonly=False,
        currency_field="currency_id",
    )
    property_cash_days = fields.Integer(
        related="company_id.property_cash_days", readonly=False
    )
    property_receipt_format = fields.Selection(
        related="company_id.property_receipt_format", readonly=False
    )
