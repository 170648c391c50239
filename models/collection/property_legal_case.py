from odoo import fields, models


class PropertyLegalCase(models.Model):
    """From the manager's proposal to the end of the lawsuit (procedure, 4.3.1, 5.5)."""

    _name = "property.legal.case"
    _description = "Legal Case"
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
    stage = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("letter", "Lawyer's Letter"),
            ("filed", "Filed"),
            ("judged", "Judged"),
            ("enforced", "Enforced"),
            ("closed", "Closed"),
        ],
        required=True,
        default="proposed",
        index=True,
    )
    lawyer_id = fields.Many2one("res.partner", "Lawyer")
    docket = fields.Char()
    amount_claimed = fields.Monetary()
