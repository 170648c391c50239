"""Months paid ahead (procedure, clause 5.3.2). Pure: no record, no clock.

A term is a number of whole calendar months that begin on the first of one. The free
months lie within it, at its end: whoever takes 12 → 1 pays eleven and is covered for
twelve.
"""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from odoo.tools import date_utils, float_round

from ..estate.dates import ONE_DAY, holds

# Terms begin within these days; what lies beyond is a slip of the pen.
FIRST_START, LAST_START = date(2000, 1, 1), date(2100, 12, 31)


class Fee(NamedTuple):
    """One fee item of a term at the price that holds on its first day."""

    fee_item_id: int
    monthly: float  # what one month costs, rounded
    quantity: float
    price_unit: float
    factor: float = 1.0


def last_day(date_from, months):
    """The last day that a term of so many months covers."""
    return date_utils.add(date_from, months=months) - ONE_DAY


def months_of(date_from, date_to):
    """The first days of the calendar months from one day to another."""
    first, months = date_from.replace(day=1), []
    while first <= date_to:
        months.append(first)
        first = date_utils.add(first, months=1)
    return months


def even_shares(amount, count, rounding):
    """``amount`` in ``count`` equal shares; the last one takes what rounding left.

    :param rounding: the currency's smallest unit
    :return: a list whose sum is ``amount`` to the cent
    """
    share = float_round(amount / count, precision_rounding=rounding)
    rest = float_round(amount - share * (count - 1), precision_rounding=rounding)
    return [share] * (count - 1) + [rest]


def running_shares(amounts, rounding):
    """What each month adds to amounts that are known up to it: the first few together
    are never further off than one rounding.

    :param amounts: nothing, that of the first month, that of the first two, …
    """
    upto = [float_round(amount, precision_rounding=rounding) for amount in amounts]
    return [
        float_round(after - before, precision_rounding=rounding)
        for before, after in pairwise(upto)
    ]


def discount(monthly, free_months, rounding):
    """What the free months of one fee are worth."""
    return float_round(monthly * free_months, precision_rounding=rounding)


def month_days(month, date_from, date_to):
    """The days of a calendar month that a term covers: (first, last)"""
    last = date_utils.end_of(month, "month")
    return max(month, date_from), min(last, date_to)


def is_first(day):
    """Whether terms may begin on this day."""
    return isinstance(day, date) and day.day == 1


def is_in_range(day):
    """Whether terms may begin in this year."""
    return isinstance(day, date) and FIRST_START <= day <= LAST_START


def factor_on(rate, spans, day):
    """The factor of a rate on a day: lower where the unit stands empty.

    :param spans: [(first day, last day)] of the vacancies that count
    """
    is_vacant = any(holds(first, last, day) for first, last in spans)
    return rate.vacancy_factor if is_vacant else 1.0


def month_after(day):
    """The first day of the month after that of ``day``."""
    return date_utils.add(day.replace(day=1), months=1)
