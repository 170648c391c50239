from odoo import fields, models


class PropertyPlan(models.Model):
    """An instalment plan, or a waiver, proposed for a customer in hardship."""

    _name = "property.plan"
    _description = "Instalment Plan"
    _order = "id desc"

    case_id = fields.Many2one(
        "property.collection.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("running", "Running"),
            ("done", "Done"),
            ("broken", "Broken"),
            ("rejected", "Rejected"),
        ],
        required=True,
        default="proposed",
        index=True,
    )
    line_ids = fields.One2many("property.plan.line", "plan_id")
