"""Arithmetic of instalment plans (procedure, clause 4.3.2). Pure: no record, no clock.

Amounts are in one currency; ``digits`` are its decimal places. An instalment may be
paid up to and including its date; it is late from the day after.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo.tools import date_utils


class Bill(NamedTuple):
    """A bill of a plan."""

    # Open of it when the plan was proposed, what of that the plan covers, and what of
    # it credits covered already.
    residual: float
    amount: float
    credit: float
    # Open of it at present.
    open: float

    @property
    def owed(self):
        """What it still takes, payments on account included. An older payment that
        bounces is no fault of the plan."""
        outside = self.residual - self.amount - self.credit
        return max(0.0, min(self.open, self.residual) - outside)


def paid_of(bills, credits, digits=2):
    """What is paid of a plan since it was proposed, matched with its bills or not.

    :param credits: what is matched with nothing at present and may serve these bills
    :return: (paid, credits that serve them)
    """
    owed = sum(bill.owed for bill in bills)
    used = max(0.0, min(credits, owed))
    covered = sum(bill.amount for bill in bills)
    return round(max(0.0, covered - (owed - used)), digits), round(used, digits)


def spread(total, count, first, digits=2, months=1):
    """Equal instalments, what rounding leaves over in the last.

    :param first: date of the first; the others follow every so many ``months``, on the
        same day, or the last day of a month that has none such
    :return: [(date, amount)], which sum to ``total``
    """
    unit = 10**digits
    cents = round(total * unit)
    each = cents // count
    amounts = [each] * (count - 1) + [cents - each * (count - 1)]
    return [
        (date_utils.add(first, months=months * number), amount / unit)
        for number, amount in enumerate(amounts)
    ]


def allocate(paid, amounts, digits=2):
    """Spread what was paid over instalments, the oldest first.

    :param amounts: of the instalments in the order of their dates
    :return: what is paid of each
    """
    shares, left = [], round(paid, digits)
    for amount in amounts:
        share = max(0.0, min(left, amount))
        shares.append(round(share, digits))
        left = round(left - share, digits)
    return shares


def late(lines, day, digits=2):
    """The instalments that are past their date on ``day`` and not paid in full.

    :param lines: anything with ``date``, ``amount`` and ``amount_paid``
    """
    return [
        line
        for line in lines
        if line.date < day and round(line.amount - line.amount_paid, digits) > 0
    ]


def state_on(lines, day, grace_days, digits=2):
    """How a plan that was begun stands on ``day``.

    It breaks when an instalment is still unpaid more than ``grace_days`` after its
    date: with 30 days and one due on 10 February 2026, on 13 March.

    :return: ``done``, ``broken`` or ``running``
    """
    if all(round(line.amount - line.amount_paid, digits) <= 0 for line in lines):
        return "done"
    limit = day - timedelta(days=grace_days)
    return "broken" if late(lines, limit, digits) else "running"
