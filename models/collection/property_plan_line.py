from odoo import fields, models


class PropertyPlanLine(models.Model):
    """One instalment."""

    _name = "property.plan.line"
    _description = "Instalment"
    _order = "plan_id, date, id"

    plan_id = fields.Many2one(
        "property.plan", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="plan_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date = fields.Date("Due on", required=True)
    amount = fields.Monetary(required=True)
    amount_paid = fields.Monetary(readonly=True, copy=False)
