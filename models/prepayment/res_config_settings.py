from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_prepayment_cap = fields.Integer(
        related="company_id.property_prepayment_cap", readonly=False
    )
    property_renewal_months = fields.Integer(
        related="company_id.property_renewal_months", readonly=False
    )
    property_release_journal_id = fields.Many2one(
        related="company_id.property_release_journal_id", readonly=False
    )
