from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_certificate_days = fields.Integer(
        related="company_id.property_certificate_days", readonly=False
    )
