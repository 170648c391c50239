"""Amounts of money of a charge (procedure, section 5). Pure: no record."""

from odoo.tools import float_compare, float_round


def share_by_days(amount, days, days_in_month, rounding, whole=False):
    """Divide a month's ``amount`` by days.

    Each part is rounded half up on its own; where the parts make up the ``whole``
    month the last one takes the cent that rounding left over, so that seller and buyer
    together pay exactly the month.

    :param amount: the month's amount, not rounded
    :param days: days of each part, in order of time
    :param rounding: the currency's smallest unit
    :return: a list of rounded amounts
    """
    parts = [
        float_round(amount * count / days_in_month, precision_rounding=rounding)
        for count in days
    ]
    if whole and len(parts) > 1:
        total = float_round(amount, precision_rounding=rounding)
        parts[-1] = float_round(total - sum(parts[:-1]), precision_rounding=rounding)
    return parts


def apportion(total, weights, rounding):
    """Divide ``total`` in proportion to ``weights`` so that the sum is exact.

    Largest remainder: everybody gets the share rounded down, the units of currency
    still left go to those who lost most, the earlier one first in a tie.

    :return: a list of amounts, their sum equal to ``total`` to the cent
    :raises ValueError: without a positive weight there is nobody to pay
    """
    weight_sum = sum(weights)
    if not weight_sum > 0 or min(weights) < 0:
        raise ValueError("apportion needs a positive weight")
    cents = round(total / rounding)
    exact = [abs(cents) * weight / weight_sum for weight in weights]
    shares = [int(value + 1e-9) for value in exact]
    by_loss = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for index in by_loss[: abs(cents) - sum(shares)]:
        shares[index] += 1
    sign = 1 if cents >= 0 else -1
    return [
        float_round(sign * share * rounding, precision_rounding=rounding)
        for share in shares
    ]


def line_quantity_and_price(quantity, price, amount, rounding, quantity_digits):
    """How an invoice line says ``amount``: quantity × price as the customer knows them
    wherever the product, rounded as Odoo does it, is the amount to the cent.

    :param price: price of one unit of quantity in this charge, factor included
    :return: (quantity, price), in the last resort (1, amount)
    """
    rounded = float_round(quantity, precision_digits=quantity_digits)
    if rounded:
        for candidate in (price, float_round(amount / rounded, precision_digits=6)):
            product = float_round(rounded * candidate, precision_rounding=rounding)
            if float_compare(product, amount, precision_rounding=rounding) == 0:
                return rounded, candidate
    return 1.0, amount
