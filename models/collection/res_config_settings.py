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
    property_contact_cap = fields.Integer(
        related="company_id.property_contact_cap", readonly=False
    )
    property_workplace_visits = fields.Boolean(
        related="company_id.property_workplace_visits", readonly=False
    )
    property_promise_days = fields.Integer(
        related="company_id.property_promise_days", readonly=False
    )
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
