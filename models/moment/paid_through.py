"""How far a unit is paid, fee by fee. Pure: no record, no clock.

Spans are (first day, last day). A month of which the bills have been made and in which
a fee was not charged is no gap: nothing was owed for it.
"""

from typing import NamedTuple

from odoo.tools import date_utils

from ..estate.dates import ONE_DAY


class Fee(NamedTuple):
    """What is known of one fee: spans that are paid, and spans that are not."""

    settled: list
    open: list


def paid_through(fees, billed_months, by_hand=None):
    """The last day to which every fee is paid without a gap; None where none is.

    :param fees: Fees of the unit
    :param billed_months: first days of the months of which the bills have been made
    :param by_hand: everything up to this day is paid but for what is open
    """
    if not fees:
        return by_hand
    current = [fee for fee in fees if not _has_ended(fee, billed_months)]
    days = [_through(fee, billed_months, by_hand) for fee in current or fees]
    if not all(days):
        return None
    return min(days) if current else max(days)


def _has_ended(fee, billed_months):
    """It is paid, and when the bills were last made it was not charged any more."""
    last = max((last for _first, last in fee.settled), default=None)
    return bool(not fee.open and last and billed_months and last < max(billed_months))


def _through(fee, billed_months, by_hand):
    stop = min((first for first, _last in fee.open), default=None)
    begin = min((first for first, _last in fee.settled), default=None)
    if by_hand:
        reached = by_hand
    elif begin and (not stop or begin < stop):
        reached = begin - ONE_DAY
    else:
        return None
    while not stop or reached < stop - ONE_DAY:
        day = reached + ONE_DAY
        ends = [last for first, last in fee.settled if first <= day <= last]
        if ends:
            reached = max(ends)
        elif day.replace(day=1) in billed_months:
            reached = _next_known(fee, day)
        else:
            break
    return min(reached, stop - ONE_DAY) if stop else reached


def _next_known(fee, day):
    """The end of the month, or the day before the next paid span within it."""
    end = date_utils.end_of(day, "month")
    firsts = [first for first, _last in fee.settled if day < first <= end]
    return min(firsts, default=end + ONE_DAY) - ONE_DAY
