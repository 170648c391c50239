from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    property_handover_rule = fields.Selection(
        [
            ("handover_date", "From the handover date"),
            ("next_month", "From the month after the handover"),
        ],
        "Owner Pays",
        default="handover_date",
        required=True,
    )
    property_transfer_rule = fields.Selection(
        [
            ("days", "Both, by days"),
            ("seller", "The seller; the buyer from the next month"),
            ("buyer", "The buyer"),
        ],
        "Month of a Change of Owner Is Paid by",
        default="days",
        required=True,
    )
    property_opening_account_id = fields.Many2one(
        "account.account",
        "Opening Balance Account",
        check_company=True,
        help="Counterpart of arrears and prepayments that come in with an owner "
        "ledger. An equity or balance-sheet account: old arrears are not this year's "
        "income.",
    )
    property_advance_account_id = fields.Many2one(
        "account.account",
        "Advance Receipts Account",
        check_company=True,
        help="The liability for fees that owners paid before their month.",
    )
