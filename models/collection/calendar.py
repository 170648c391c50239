"""The escalation calendar (procedure, section 2). Pure: no record, no clock.

Amounts are company currency. ``day`` is the day on which one looks: a charge is due
from the day after its due date on. A statement as of 31 January looks on 1 February.
"""

from datetime import date
from typing import NamedTuple

from ..estate.dates import months_between


class OpenItem(NamedTuple):
    """One receivable line that is not settled: a charge, or a credit (negative)."""

    line_id: int
    move_id: int
    partner_id: int
    community_id: int
    unit_id: int | None
    date: date
    date_due: date
    residual: float
    # What an open dispute holds of it.
    disputed: float = 0.0
    # Odoo's own "no follow-up" on the invoice.
    is_paused: bool = False
    currency_id: int | None = None
    residual_currency: float = 0.0
    # As it fell due, in company currency and in its own.
    original: float = 0.0
    original_currency: float = 0.0

    @property
    def demandable(self):
        """What may be asked for once it is due."""
        if self.is_paused or self.residual <= 0:
            return 0.0
        return max(0.0, self.residual - self.disputed)

    def is_asked(self, day):
        """Whether it is due on ``day`` and anything of it may be asked for."""
        return self.date_due < day and self.demandable > 0


class Standing(NamedTuple):
    """Where one customer stands on a day."""

    # Due date of the oldest open, undisputed, due charge; None: nothing to ask for.
    anchor: date | None = None
    # Calendar months from the anchor's month to the day's.
    months: int = 0
    # Everything open, due or not, disputed or not, less credits.
    amount_open: float = 0.0
    # Due and undisputed, less credits, never below zero.
    amount_overdue: float = 0.0
    amount_disputed: float = 0.0
    amount_paused: float = 0.0
    amount_credit: float = 0.0

    @property
    def is_settled(self):
        """Nothing is due, nor held by a dispute or a pause."""
        return not (self.anchor or self.amount_disputed or self.amount_paused)

    @property
    def is_net_creditor(self):
        """Credits cover all that is open."""
        return self.amount_credit > 0 and self.amount_open <= 0


def months_unpaid(anchor, day):
    """Calendar months from the month of the anchor to the month of ``day``."""
    return months_between(anchor, day) if anchor else 0


def standing(items, day, unallocated=0.0, tolerance=0.0, digits=2):
    """Where the customer of ``items`` stands on ``day``.

    :param items: his OpenItems in one community
    :param unallocated: payments not matched with anything, a positive amount
    :param tolerance: a charge of which no more than this is open counts as settled
    """
    due = [item for item in items if item.residual > 0 and item.date_due < day]
    credit = unallocated - sum(item.residual for item in items if item.residual < 0)
    asked = [(item.date_due, item.demandable) for item in due]
    overdue = round(max(0.0, sum(amount for _day, amount in asked) - credit), digits)
    anchors = [day for day, amount in asked if round(amount, digits) > tolerance]
    anchor = min(anchors) if anchors and overdue > tolerance else None
    return Standing(
        anchor=anchor,
        months=months_unpaid(anchor, day),
        amount_open=round(sum(item.residual for item in items) - unallocated, digits),
        amount_overdue=overdue if anchor else 0.0,
        amount_disputed=round(
            sum(
                min(item.disputed, item.residual) for item in due if not item.is_paused
            ),
            digits,
        ),
        amount_paused=round(
            sum(item.residual for item in due if item.is_paused), digits
        ),
        amount_credit=round(credit, digits),
    )


def step_due(steps, months, is_malicious=False):
    """The highest step of a policy reached after so many months, or None.

    :param steps: anything with ``months`` and ``malicious_only``, in any order
    """
    reached = [
        step
        for step in steps
        if step.months <= months and (is_malicious or not step.malicious_only)
    ]
    return max(reached, key=lambda step: step.months, default=None)


def suspended_by(day, settled=False, hold_until=None, promised_until=None, plan=False):
    """Why no notice goes out on ``day``, or None. The counting goes on all the same.

    A hold and a promise hold back up to and including their dates.

    :param settled: nothing undisputed is due, or credits cover it
    :return: ``settled``, ``held``, ``promised`` or ``planned``
    """
    if settled:
        return "settled"
    if hold_until and day <= hold_until:
        return "held"
    if promised_until and day <= promised_until:
        return "promised"
    return "planned" if plan else None
