from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from .bank_judge import Bill, Match
from .bank_text import number_key, number_keys, says_name

# How far a payment and the bank's word of it may lie apart.
NEAR = timedelta(days=15)


class PropertyBankMatcher(models.AbstractModel):
    """Money that the counter booked already, before the bank told of it: its transfer
    must not pay once more."""

    _inherit = "property.bank.matcher"

    @api.model
    def _payments(self, lines):
        """{(journal id, sum): what stands open of payments that were taken before the
        bank told of them}, the payments of a receipt together: one transfer brought
        them."""
        items = self.env["account.move.line"].sudo()
        sums = tuple(lines.mapped("amount"))
        domain = [
            ("payment_id.journal_id", "in", lines.journal_id.ids),
            ("payment_id.property_community_id", "!=", False),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
            ("account_id.reconcile", "=", True),
            ("account_type", "not in", ("asset_receivable", "liability_payable")),
        ]
        alone = items.search(
            [
                *domain,
                ("payment_id.property_receipt_id", "=", False),
                ("amount_residual_currency", "in", sums),
            ]
        )
        together = items._read_group(
            [*domain, ("payment_id.property_receipt_id", "!=", False)],
            ["payment_id.property_receipt_id", "journal_id"],
            ["id:recordset", "amount_residual_currency:sum"],
            having=[("amount_residual_currency:sum", "in", sums)],
        )
        found = defaultdict(list)
        for item in alone:
            found[item.journal_id.id, item.amount_residual_currency].append(item)
        for _receipt, journal, own, amount in together:
            found[journal.id, amount].append(own)
        return found

    @api.model
    def _taken(self, line, transfer, found, payments):
        """The payments that the transfer carries out, if there are such: of the same
        sum into the same account, and of the same customer or named in the text."""
        is_certain = any(
            match.level == "certain" and match.reasons[0][0] == "number"
            for match in found
        )
        is_open = any(match.bills for match in found)
        keys = number_keys(transfer.text)
        likely_payers = {match.partner_id for match in found}
        for items in payments.get((line.journal_id.id, line.amount), ()):
            taken = items.payment_id
            partner = taken[0].partner_id.commercial_partner_id
            receipt = taken.property_receipt_id.name or taken[0].name or ""
            is_named = number_key(receipt) in keys
            is_his = partner.id in likely_payers or says_name(
                f"{transfer.text} {transfer.payer}", partner.name
            )
            # The bank may tell late; but then an open bill may be meant as well.
            is_near = not is_open or abs(line.date - items[0].date) <= NEAR
            # Equal fees every month: an older payment is not meant by a bill's number,
            # unless it paid that bill.
            is_meant = is_his and is_near and not is_certain
            if is_named or is_meant or self._paid_named(transfer, taken):
                return self._payment_match(items, receipt, is_named)
        return None

    @api.model
    def _paid_named(self, transfer, payments):
        """Whether payments paid bills that the text names."""
        return bool(
            transfer.moves and transfer.moves & {*payments.reconciled_invoice_ids.ids}
        )

    @api.model
    def _payment_match(self, items, receipt, is_named):
        payment = items.payment_id[0]
        bills = [
            Bill(
                item.id,
                item.move_id.id,
                None,
                payment.partner_id.commercial_partner_id.id,
                payment.property_community_id.id,
                item.date,
                item.amount_residual_currency,
            )
            for item in items
        ]
        level = "certain" if is_named else "likely"
        match = Match(level, bills[0].partner_id, bills[0].community_id, bills)
        match.reasons = [("payment", {"name": receipt})]
        return match
