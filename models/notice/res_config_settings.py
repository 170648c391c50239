from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_quiet_from = fields.Float(
        related="company_id.property_quiet_from", readonly=False
    )
    property_quiet_to = fields.Float(
        related="company_id.property_quiet_to", readonly=False
    )
