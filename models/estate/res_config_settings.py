from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_handover_rule = fields.Selection(
        related="company_id.property_handover_rule", readonly=False, required=True
    )
    property_transfer_rule = fields.Selection(
        related="company_id.property_transfer_rule", readonly=False, required=True
    )
    property_opening_account_id = fields.Many2one(
        related="company_id.property_opening_account_id", readonly=False
    )
    property_advance_account_id = fields.Many2one(
        related="company_id.property_advance_account_id", readonly=False
    )
