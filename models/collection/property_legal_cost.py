from odoo import api, fields, models


class PropertyLegalCost(models.Model):
    """What going to law costs. Figures only: the bill is the accountant's."""

    _name = "property.legal.cost"
    _description = "Legal Cost"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("legal_case_id",))
    _order = "date, id"
    _rec_name = "kind"

    legal_case_id = fields.Many2one(
        "property.legal.case", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="legal_case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    currency_id = fields.Many2one(related="legal_case_id.currency_id")
    date = fields.Date(
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    kind = fields.Selection(
        [
            ("court", "Court fee"),
            ("lawyer", "Lawyer"),
            ("enforcement", "Enforcement"),
            ("evidence", "Notary and evidence"),
            ("other", "Other"),
        ],
        required=True,
        default="court",
    )
    amount = fields.Monetary(required=True)
    note = fields.Char("Remarks")

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "A cost cannot be negative."
    )

    @api.depends("legal_case_id")
    def _compute_date(self):
        for cost in self:
            place = cost.legal_case_id.community_id
            cost.date = cost.date or (place._property_today() if place else False)
