from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_prepayment_cap = fields.Integer(
        "Prepayment Cap (months)",
        help="Some cities allow no more than so many months to be paid ahead, often "
        "twelve. What is sold already for months after the one that runs counts, "
        "unless it ends within the months in which renewals are prepared. 0: no cap.",
    )

    property_release_journal_id = fields.Many2one(
        "account.journal",
        "Release Journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Months paid ahead are released into income here; empty: the first "
        "general journal.",
    )

    _property_prepayment_cap_positive = models.Constraint(
        "CHECK(property_prepayment_cap >= 0)", "The cap cannot be negative."
    )
