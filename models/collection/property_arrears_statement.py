from odoo import fields, models


class PropertyArrearsStatement(models.Model):
    """客戶欠費情況統計表 of a community and month (procedure, clause 4.2.1)."""

    _name = "property.arrears.statement"
    _description = "Arrears Statement"
    _order = "period desc, community_id"

    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Date("Month", required=True, help="First day of the month.")
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("property.arrears.line", "statement_id", copy=False)
