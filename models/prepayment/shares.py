"""Divides what is paid ahead over months, fees and days. Pure: no record, no clock."""

from dataclasses import dataclass

from odoo.tools import date_utils, float_compare, float_is_zero, float_round

from ..estate.dates import days_in


@dataclass
class Pot:
    """What one fee of an agreement still owes on one liability account, a debt being
    positive: ``amount`` in the currency of the agreement, ``balance`` in that of the
    company."""

    item_id: int
    account_id: int
    amount: float
    balance: float


def split(amount, weights, rounding):
    """``amount`` in proportion to ``weights``; what rounding left goes to the last one
    that weighs anything.

    :return: as many shares as weights, to the cent; a weight of 0 gets nothing, and
        the first one all where none weighs anything
    """
    total = sum(weights)
    if float_is_zero(total, precision_rounding=rounding):
        return [amount, *([0.0] * (len(weights) - 1))]
    last = max(
        place
        for place, weight in enumerate(weights)
        if not float_is_zero(weight, precision_rounding=rounding)
    )
    shares = [
        float_round(amount * weight / total, precision_rounding=rounding)
        for weight in weights
    ]
    shares[last] = 0.0
    shares[last] = float_round(amount - sum(shares), precision_rounding=rounding)
    return shares


def part_of_month(amount, month, last_day, rounding):
    """The share of a month that is used up to ``last_day``, by days.

    :param month: its first day
    """
    end = date_utils.end_of(month, "month")
    if last_day >= end:
        return amount
    if last_day < month:
        return 0.0
    days = days_in(month, last_day)
    return float_round(amount * days / end.day, precision_rounding=rounding)


def take(pots, amount, is_last, rounding, company_rounding):
    """Take a month's share out of the pots, each in proportion to what it holds.

    A liability for a service is no money: its part is taken at the rate at which it
    came in. Whoever takes the last share empties the pots in both currencies.

    :return: [(pot, amount, balance)] of what was taken, at least one row
    """
    amounts = [pot.amount for pot in pots]
    whole = is_last and not float_compare(
        sum(amounts), amount, precision_rounding=rounding
    )
    taken = []
    shares = amounts if whole else split(amount, amounts, rounding)
    for pot, share in zip(pots, shares, strict=True):
        balance = pot.balance if whole else _balance(pot, share, company_rounding)
        pot.amount = float_round(pot.amount - share, precision_rounding=rounding)
        pot.balance = float_round(
            pot.balance - balance, precision_rounding=company_rounding
        )
        taken.append((pot, share, balance))
    return [row for row in taken if row[1] or row[2]] or taken[:1]


def _balance(pot, share, rounding):
    if not pot.amount:
        return share
    return float_round(pot.balance * share / pot.amount, precision_rounding=rounding)
