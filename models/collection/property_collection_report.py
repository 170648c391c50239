from odoo import fields, models


class PropertyCollectionReport(models.Model):
    """That a case was reported to the manager (clause 4.2.9) or to the company (4.3.1):
    once for each step and anchor. The facts are those of that day."""

    _name = "property.collection.report"
    _description = "Report of a Case"
    _order = "date desc, id desc"
    _rec_name = "case_id"

    case_id = fields.Many2one(
        "property.collection.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    report_to = fields.Selection(
        [("manager", "The manager"), ("company", "The company")],
        required=True,
        readonly=True,
    )
    step_id = fields.Many2one(
        "property.collection.step", readonly=True, ondelete="set null"
    )
    anchor_date = fields.Date("Unpaid Since", readonly=True)
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Reported to", readonly=True)
    facts = fields.Html(readonly=True)
