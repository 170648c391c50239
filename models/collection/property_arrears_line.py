from odoo import fields, models


class PropertyArrearsLine(models.Model):
    """One customer of an arrears statement."""

    _name = "property.arrears.line"
    _description = "Arrears Statement Line"
    _order = "statement_id, sort_key, id"

    statement_id = fields.Many2one(
        "property.arrears.statement", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="statement_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    currency_id = fields.Many2one(related="statement_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    case_id = fields.Many2one("property.collection.case", index="btree_not_null")
    step_id = fields.Many2one("property.collection.step")
    notice_id = fields.Many2one("property.notice", index="btree_not_null", copy=False)
    anchor_date = fields.Date("Unpaid Since")
    months_unpaid = fields.Integer(aggregator=None)
    sort_key = fields.Char()
