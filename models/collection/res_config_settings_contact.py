from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    property_contact_cap = fields.Integer(
        related="company_id.property_contact_cap", readonly=False
    )
    property_workplace_visits = fields.Boolean(
        related="company_id.property_workplace_visits", readonly=False
    )
    property_promise_days = fields.Integer(
        related="company_id.property_promise_days", readonly=False
    )
