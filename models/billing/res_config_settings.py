from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_vacancy_min_months = fields.Integer(
        related="company_id.property_vacancy_min_months", readonly=False
    )
    property_usage_alert_ratio = fields.Float(
        related="company_id.property_usage_alert_ratio", readonly=False
    )
