from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import date_utils
from odoo.tools.misc import format_date

from ..collection.instalments import allocate
from .paid_through import Fee, paid_through
from .sums import is_due


class OpenBill(NamedTuple):
    """A bill of the unit that has fallen due and is not covered."""

    name: str
    customer: str
    day: str
    # Company currency.
    amount: float
    disputed: float


class PropertyCertificate(models.Model):
    """Whether anything of the unit is open, and how far it is paid."""

    _inherit = "property.certificate"

    def _customers(self):
        """Whose bills of the unit are asked for: to whom it is issued, and who owns the
        unit or pays for it now. What an earlier owner owes is his own."""
        tenures = self.unit_id.sudo().tenure_ids  # sudo: as in _open_bills
        now = tenures._valid_on(self.community_id._property_today())
        now = now.filtered(lambda row: row.role == "owner" or row.is_payer)
        return (self.partner_id | now.partner_id).commercial_partner_id

    def _open_bills(self, day):
        """Bills that fell due up to ``day`` and are open, less what is on account:
        those of the unit, and those that name no unit.

        :return: OpenBills, the oldest first
        """
        # sudo: whoever issues certificates need not be an accountant.
        here = self.sudo()
        ledger = here.env["property.collection.ledger"]
        community, customers = here.community_id, here._customers()
        items = ledger._open_by_customer(community, customers)
        credits = ledger._unallocated(community, customers)
        moves = {item.move_id for own in items.values() for item in own}
        waiting, _owed = here.env["property.moment"]._of_agreements(moves)
        found = []
        for customer, own in items.items():
            due = [item for item in own if is_due(item, day, waiting)]
            due.sort(key=lambda item: (item.date_due, item.line_id))
            credit = credits.get(customer, 0.0)
            credit -= sum(item.residual for item in own if item.residual < 0)
            found += here._left_open(due, max(0.0, credit))
        return found

    def _left_open(self, due, credit):
        """What of a customer's due items is open when his credits are spread over them,
        the oldest first."""
        digits = self.currency_id.decimal_places
        shares = allocate(credit, [item.residual for item in due], digits)
        left = defaultdict(float)
        disputed = defaultdict(float)
        days = {}
        for item, share in zip(due, shares, strict=True):
            if item.unit_id not in (self.unit_id.id, None):
                continue
            left[item.move_id] += item.residual - share
            disputed[item.move_id] += min(item.disputed, item.residual)
            days.setdefault(item.move_id, item.date_due)
        bills = []
        for move_id, amount in left.items():
            if self.currency_id.compare_amounts(amount, 0.0) > 0:
                move = self.env["account.move"].browse(move_id)
                bills.append(
                    OpenBill(
                        move.name,
                        move.commercial_partner_id.name,
                        format_date(self.env, days[move_id]),
                        self.currency_id.round(amount),
                        self.currency_id.round(disputed[move_id]),
                    )
                )
        return bills

    def _paid_through(self):
        """The last day to which each fee of the unit is billed and paid, or paid ahead,
        without a gap; False where one of them is not paid at all, or none was billed.
        """
        # sudo: whoever issues certificates need not be an accountant.
        here = self.sudo()
        fees = defaultdict(lambda: Fee([], []))
        here._add_bills(fees)
        here._add_paid_ahead(fees)
        day = paid_through(
            list(fees.values()), here._billed_months(), here.unit_id.paid_directly
        )
        return day or False

    def _add_bills(self, fees):
        """A bill that is not due yet is not paid yet."""
        for move in self._bills_of_unit():
            is_open = not move.currency_id.is_zero(move.amount_residual)
            for product, span in self._spans(move):
                fee = fees[product]
                (fee.open if is_open else fee.settled).append(span)

    def _bills_of_unit(self):
        return self.env["account.move"].search(
            [
                ("property_unit_id", "=", self.unit_id.id),
                ("commercial_partner_id", "in", self._customers().ids),
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("state", "=", "posted"),
                ("property_prepayment_id", "=", False),
            ]
        )

    def _spans(self, move):
        """[(product, (first and last day))] of the fees on a bill"""
        lines = move.invoice_line_ids
        dated = lines.filtered("property_date_to")
        if dated:
            return [
                (
                    line.product_id,
                    (
                        line.property_date_from
                        or date_utils.start_of(line.property_date_to, "month"),
                        line.property_date_to,
                    ),
                )
                for line in dated
            ]
        month = move.property_period
        if not month:
            return []
        span = (month, date_utils.end_of(month, "month"))
        return [(product, span) for product in lines.product_id]

    def _add_paid_ahead(self, fees):
        """Months of agreements of which every invoice is paid."""
        covers = self.env["property.prepayment.cover"].search(
            [("unit_id", "=", self.unit_id.id)]
        )
        unpaid = self.env["account.move"].search(
            [
                ("property_prepayment_id", "in", covers.prepayment_id.ids),
                ("move_type", "=", "out_invoice"),
                ("state", "!=", "cancel"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        for cover in covers:
            agreement = cover.prepayment_id
            if agreement.state == "draft" or agreement in unpaid.property_prepayment_id:
                continue
            fee = fees[cover.fee_item_id.product_id]
            fee.settled.append((cover.date_from, cover.date_to))

    def _billed_months(self):
        """First days of the months of which the community's bills have been made."""
        runs = self.env["property.billing.run"].search(
            [
                ("community_id", "=", self.community_id.id),
                ("state", "in", ("invoiced", "closed")),
            ]
        )
        return set(runs.mapped("period"))
