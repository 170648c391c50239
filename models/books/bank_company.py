from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_bank_auto = fields.Boolean(
        "Match Certain Bank Transfers",
        default=True,
        help="Transfers with the number of a bill and exactly its amount, or with "
        "unit, owner's name and amount, are matched without asking.",
    )
