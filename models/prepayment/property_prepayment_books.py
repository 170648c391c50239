from collections import defaultdict

from odoo import api, fields, models

from .shares import Pot


class PropertyPrepayment(models.Model):
    """What the books say about agreements. Every posted journal item on the liability
    carries its agreement, so that their sum is what is still owed, at any date."""

    _inherit = "property.prepayment"

    amount_owed = fields.Monetary(
        "Still Owed",
        compute="_compute_books",
        help="What is invoiced and not released yet, taxes excluded.",
    )
    amount_released = fields.Monetary("Released", compute="_compute_books")
    amount_net = fields.Monetary(
        "Net Invoiced",
        compute="_compute_books",
        help="Invoices less credit notes, taxes excluded.",
    )

    @api.depends("line_ids.move_id", "line_ids.amount", "move_id", "state")
    def _compute_books(self):
        for agreement, (owed, released) in self._books().items():
            agreement.amount_owed = owed
            agreement.amount_released = released
            agreement.amount_net = owed + released

    def _books(self):
        """{agreement: what it still owes, what it has released}, in its currency"""
        pots, found = self._pots(), {}
        for agreement in self:
            currency = agreement.currency_id or agreement.company_id.currency_id
            # sudo: what is owed is for everybody to see who sees the agreement
            released = agreement.sudo().line_ids.filtered("move_id")
            owed = sum(pot.amount for pot in pots[agreement.id])
            found[agreement] = (
                currency.round(owed),
                currency.round(sum(released.mapped("amount"))),
            )
        return found

    def _pots(self):
        """What is owed by posted entries: {agreement id: [Pot]}, in order of fees"""
        groups = (
            self.env["account.move.line"]
            .sudo()  # sudo: the sum follows from the agreement, whoever keeps the books
            ._read_group(
                [
                    ("property_prepayment_id", "in", self.ids),
                    ("parent_state", "=", "posted"),
                ],
                [
                    "property_prepayment_id",
                    "property_prepayment_item_id",
                    "account_id",
                ],
                ["amount_currency:sum", "balance:sum"],
                order="property_prepayment_id, property_prepayment_item_id, account_id",
            )
        )
        found = defaultdict(list)
        for agreement, item, account, amount, balance in groups:
            found[agreement.id].append(
                Pot(
                    item.id or agreement.item_ids[:1].id,
                    account.id,
                    agreement.currency_id.round(-amount),
                    agreement.company_id.currency_id.round(-balance),
                )
            )
        return found

    def _liability_account(self):
        """The account that the invoice used, also when the setting changed later."""
        self.ensure_one()
        pots = self._pots()[self.id]
        if pots:
            account_id = max(pots, key=lambda pot: abs(pot.balance)).account_id
            return self.env["account.account"].browse(account_id)
        return self.company_id._property_open_advance_account()
