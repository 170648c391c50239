"""Amounts of an owner ledger. Pure; every amount is a ``Decimal``."""

from decimal import ROUND_HALF_UP, Decimal

TOLERANCE = Decimal("0.01")  # what a sheet may differ from area × price × months


def rounded(amount, quantum):
    """``amount`` as a multiple of ``quantum`` (a currency's rounding), half up."""
    steps = (amount / quantum).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * quantum


def monthly_shares(amount, months, quantum):
    """``amount`` spread over ``months``, each share rounded, their sum exact.

    Each share is the growth of the rounded running total, so that no rounding
    difference gathers in the last month.
    """
    totals = [rounded(amount * n / months, quantum) for n in range(months + 1)]
    return [later - earlier for earlier, later in zip(totals, totals[1:], strict=False)]
