from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_bank_auto = fields.Boolean(
        related="company_id.property_bank_auto", readonly=False
    )
