from odoo import models
from odoo.fields import Command

from . import shares

# What the agreement posts itself: its schedule is brought in line afterwards.
OWN = "property_prepayment_own"
# No client can send this very object along.
OURS = object()


class PropertyPrepayment(models.Model):
    """Credit notes and further invoices of an agreement, against its liability."""

    _inherit = "property.prepayment"

    def _credit(self, amount, text):
        """Post a credit note for the payer and match it with what is open of the
        agreement; the rest stays to his credit.

        :param amount: net, in the agreement's currency
        :return: the credit notes: two where it was carried before it was paid, none
            for nothing
        """
        self.ensure_one()
        unpaid = self._unpaid_of_the_first_payer(amount)
        if not unpaid:
            return self._credit_to(self.partner_id, amount, text)
        # Carried over before it was paid: what he does not owe any more is credited to
        # whom it was billed, and what he never paid is not the buyer's.
        first = self.move_id.partner_id
        rest = self.currency_id.round(amount - unpaid)
        self._move_liability(
            self.partner_id, first, self.community_id._property_today(), unpaid
        )
        return self._credit_to(first, unpaid, text) + self._credit_to(
            self.partner_id, rest, text
        )

    def _unpaid_of_the_first_payer(self, amount):
        """:return: the part of a credit, net, that his invoice still asks for; nothing
        where the agreement is his still"""
        move = self.move_id
        if not move or move.partner_id == self.partner_id or not move.amount_total:
            return 0.0
        open_net = move.amount_residual * move.amount_untaxed / move.amount_total
        owed = sum(pot.amount for pot in self._pots()[self.id])
        return self.currency_id.round(max(min(amount, open_net, owed), 0.0))

    def _credit_to(self, partner, amount, text):
        items = self.item_ids or self.item_ids.browse()
        parts = self._parts(amount)
        amounts = {item: parts.get(item.id, 0.0) for item in items} or {items: amount}
        note = self._post_document("out_refund", amounts, text, partner)
        self._match(note)
        return note

    def _parts(self, amount):
        """A net amount in proportion to what is owed of each fee: {fee: part}"""
        owed = dict.fromkeys(self.item_ids.ids, 0.0)
        for pot in self._pots()[self.id]:
            owed[pot.item_id] = owed.get(pot.item_id, 0.0) + pot.amount
        if not owed:
            return {}
        weights = list(owed.values())
        if sum(weights) < amount or min(weights) < 0:
            weights = self.item_ids.mapped("amount")
        parts = shares.split(amount, weights, self.currency_id.rounding)
        return dict(zip(owed, parts, strict=True))

    def _post_document(self, move_type, amounts, text, partner=None):
        """:param amounts: {fee of the agreement: net amount}
        :param partner: default the payer; after a carry that is the buyer
        :return: the posted document, none where there is nothing to write"""
        moves = self.env["account.move"].with_company(self.company_id)
        account = self._liability_account()
        lines = [
            Command.create(self._document_line(item, amount, text, account))
            for item, amount in amounts.items()
            if not self.currency_id.is_zero(amount)
        ]
        if not lines:
            return moves
        vals = self._document_vals(move_type, lines, text)
        move = moves.create(vals | {"partner_id": (partner or self.partner_id).id})
        move.with_context(**{OWN: OURS})._post(soft=False)
        return move

    def _document_vals(self, move_type, lines, text):
        vals = self._common_vals(move_type, lines)
        journal = self.move_id.journal_id or self.community_id._fee_journal
        vals |= {
            "journal_id": journal.id,
            "ref": f"{self.unit_id.display_name}: {text}",
        }
        if move_type == "out_refund":
            vals["reversed_entry_id"] = self.move_id.id
            # At the invoice's rate, at which the liability came in.
            vals["invoice_currency_rate"] = self.move_id.invoice_currency_rate or 1.0
        return vals

    def _document_line(self, item, amount, text, account):
        taxes = self.move_id.invoice_line_ids.filtered(
            lambda line: line.property_prepayment_item_id == item
        ).tax_ids
        product = item.fee_item_id.product_id
        return {
            "product_id": product.id,
            "name": text,
            "account_id": account.id,
            "quantity": 1.0,
            "price_unit": self._price_for(amount, taxes, product),
            "tax_ids": [Command.set(taxes.ids)],
            "property_prepayment_id": self.id,
            "property_prepayment_item_id": item.id,
        }

    def _price_for(self, net, taxes, product):
        """The price of which ``net`` is left when Odoo has taken the taxes out."""
        if not any(tax.price_include for tax in taxes.flatten_taxes_hierarchy()):
            return net
        details = taxes._get_tax_details(
            net,
            1.0,
            precision_rounding=self.currency_id.rounding,
            product=product,
            special_mode="total_excluded",
        )
        inside = sum(
            row["tax_amount"]
            for row in details["taxes_data"]
            if row["tax"].price_include
        )
        return self.currency_id.round(net + inside)

    def _match(self, note):
        """Set a credit note off against what is open of the same customer."""
        moves = note + self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", self.id),
                ("state", "=", "posted"),
                ("commercial_partner_id", "=", note.commercial_partner_id.id),
                ("move_type", "=", "out_invoice"),
            ],
            order="invoice_date_due, id",
        )
        lines = moves.line_ids.filtered(
            lambda line: line.display_type == "payment_term" and not line.reconciled
        )
        for of_account in lines.grouped("account_id").values():
            if note in of_account.move_id and len(of_account) > 1:
                of_account.reconcile()
