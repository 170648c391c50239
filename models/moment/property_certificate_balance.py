from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import date_utils
from odoo.tools.misc import format_date

from ..collection.instalments import allocate
from ..estate.dates import ONE_DAY
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
        advances = here.env["property.moment"]._advances(moves)
        found = []
        for customer, own in items.items():
            due = [item for item in own if is_due(item, day, advances)]
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
        """The last day whose fees are billed and paid, or paid ahead; False where
        nothing was billed yet."""
        settled, unsettled = [], []
        for move in self._bills_of_unit():
            first, last = self._span(move)
            if not last:
                continue
            is_open = not move.currency_id.is_zero(move.amount_residual)
            (unsettled if is_open else settled).append((first, last))
        last = max((last for _first, last in settled), default=False)
        # A bill that is not due yet is not paid yet.
        first_open = min((first for first, _last in unsettled), default=None)
        if last and first_open:
            last = min(last, first_open - ONE_DAY)
        ahead = self._paid_ahead_through()
        return max(filter(None, (last, ahead)), default=False)

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

    def _span(self, move):
        """First and last day of the fees on a bill."""
        lines = move.invoice_line_ids
        firsts = list(filter(None, lines.mapped("property_date_from")))
        lasts = list(filter(None, lines.mapped("property_date_to")))
        month = move.property_period
        if lasts:
            return min(firsts, default=min(lasts)), max(lasts)
        return (month, date_utils.end_of(month, "month")) if month else (None, None)

    def _paid_ahead_through(self):
        """By hand, or by agreements that are paid."""
        agreements = self.env["property.prepayment"].search(
            Domain("unit_id", "=", self.unit_id.id)
            & Domain("state", "in", ("running", "done"))
            & (
                Domain("is_opening", "=", True)
                | Domain("move_id.amount_residual", "=", 0)
            )
        )
        days = [self.unit_id.paid_directly, *agreements.mapped("date_to")]
        return max(filter(None, days), default=False)
