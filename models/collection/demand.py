"""What a demand asks for (procedure, sections 2 and 3). Pure: no record, no clock."""

from typing import NamedTuple

from .calendar import OpenItem


class Asked(NamedTuple):
    """One due charge on a demand, in the currency of the notice."""

    item: OpenItem
    # As it fell due; what was paid of it; what is open = asked + held.
    original: float
    received: float
    asked: float
    # Held by a dispute, or taken out of follow-up.
    held: float


def due_items(items, day, covered=()):
    """Charges that are due on ``day``, oldest first.

    :param covered: ids of invoices that an instalment plan stands for
    """
    return sorted(
        (
            item
            for item in items
            if item.residual > 0 and item.date_due < day and item.move_id not in covered
        ),
        key=lambda item: (item.date_due, item.line_id),
    )


def beyond_plan(credits, on_account, counted):
    """Credits less what a running plan has counted for its instalments already.

    :param credits: open credit notes (OpenItems below zero)
    :param on_account: payments matched with nothing, a positive amount
    :param counted: what of both serves the plan
    :return: (credits, on_account) that are left for other charges
    """
    taken = min(on_account, counted)
    counted -= taken
    left = []
    for item in credits:
        used = min(-item.residual, counted)
        counted -= used
        share = 1 + used / item.residual
        if share > 0:
            left.append(
                item._replace(
                    residual=item.residual + used,
                    residual_currency=item.residual_currency * share,
                )
            )
    return left, on_account - taken


def one_currency(items, company_currency):
    """The currency of a notice over ``items``: theirs where they share one, else the
    company's. Ids."""
    found = {item.currency_id or company_currency for item in items}
    return found.pop() if len(found) == 1 else company_currency


def asked_of(item, original, foreign, digits):
    """Split a charge into what is asked for and what is held.

    :param original: its amount when it fell due, in the currency of the notice
    :param foreign: whether the notice is in the currency of the charge, and this is not
        the company's
    """
    is_open = item.residual_currency if foreign else item.residual
    share = is_open / item.residual
    asked = round(item.demandable * share, digits)
    return Asked(
        item=item,
        original=round(original, digits),
        received=round(original - is_open, digits),
        asked=asked,
        held=round(is_open - asked, digits),
    )


def to_notice_currency(item, amount, foreign, digits):
    """An amount that belongs to a charge, such as its late fee, from company currency
    into the currency of the notice."""
    if foreign:
        amount *= item.residual_currency / item.residual
    return round(amount, digits)
