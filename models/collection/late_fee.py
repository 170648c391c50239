"""The late fee 違約金 of a contract (procedure, section 4). Pure: no record, no clock.

Simple, never compounding: what is unpaid on a day × the rate, for every day from the
one after the due date up to and including the day one asks for. A day counts with what
was unpaid when it began: the day of a payment still counts in full, the next one
without it. Nothing is rounded here.

Example: 1,000.00 due on 10 January at 0.05 % a day, 400.00 paid on 20 January, the rest
on 10 February: 11–20 January, 10 days × 1,000.00 = 5.00; 21 January – 10 February, 21
days × 600.00 = 6.30; together 11.30, which stays owed after the bill is paid.
"""

from datetime import date
from typing import NamedTuple

from ..estate.dates import ONE_DAY


class Pause(NamedTuple):
    """Days, both included, on which a part costs nothing; open ends allowed."""

    first: date | None
    last: date | None
    # None: the whole bill.
    amount: float | None = None

    def covers(self, day):
        return (self.first or day) <= day <= (self.last or day)


def unpaid_days(principal, due, payments, day, pauses=(), start=None, grace_days=0):
    """The sum over the days of what is unpaid on each: amount × days.

    :param payments: [(day or None, amount)] of money and credit notes; None counts from
        the beginning, as if that part had never been billed
    :param day: the last day that counts
    :param start: no day before this one counts
    :param grace_days: so many days after the due date do not count
    """
    first = due + ONE_DAY * (1 + grace_days)
    first = max(first, start or first)
    end = day + ONE_DAY
    if first >= end:
        return 0.0
    turns = {first, end}
    turns.update(paid + ONE_DAY for paid, _amount in payments if paid)
    turns.update(pause.first for pause in pauses if pause.first)
    turns.update(pause.last + ONE_DAY for pause in pauses if pause.last)
    days = sorted(turn for turn in turns if first <= turn <= end)
    return sum(
        _costs(principal, payments, pauses, since) * (until - since).days
        for since, until in zip(days, days[1:], strict=False)
    )


def _costs(principal, payments, pauses, day):
    """What is unpaid, and not paused, on a day."""
    left = principal - sum(
        amount for paid, amount in payments if paid is None or paid < day
    )
    for pause in pauses:
        if pause.covers(day):
            left -= left if pause.amount is None else pause.amount
    return max(0.0, left)


def late_fee(amount_days, rate, principal, cap):
    """:param amount_days: of all parts of a bill, see ``unpaid_days``
    :param rate: per cent a day
    :param cap: per cent of the bill
    """
    return min(amount_days * rate, principal * cap) / 100


def spread_held(amount, principals):
    """What is disputed of a bill, on its parts in the order of their due dates."""
    shares, left = [], amount
    for principal in principals:
        shares.append(min(left, principal))
        left -= shares[-1]
    return shares
