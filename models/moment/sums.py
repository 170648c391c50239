"""What a customer owes when he stands at the desk. Pure: no record, no clock.

At the desk a charge is due on its due date already: he is there and can pay it.
Amounts are company currency.
"""

from typing import NamedTuple

from ..collection.instalments import allocate


class Sums(NamedTuple):
    """What one customer owes in one community on a day."""

    # Due and undisputed, less credits, and what of it is of the unit asked for.
    due: float = 0.0
    due_unit: float = 0.0
    # Billed and not yet due; months paid ahead are not in it.
    later: float = 0.0
    disputed: float = 0.0
    # Payments and credit notes that are matched with nothing.
    credit: float = 0.0


def is_due(item, day, advances=()):
    """Whether an open item falls due by the end of ``day``.

    :param advances: ids of invoices for months paid ahead: nobody owes those
    """
    return item.residual > 0 and item.date_due <= day and item.move_id not in advances


def sums(items, day, unit_id=None, advances=(), unallocated=0.0, digits=2):
    """:param items: OpenItems of one customer in one community
    :param unallocated: payments matched with nothing, a positive amount
    :return: Sums; credits go to what fell due first
    """
    due = sorted(
        (item for item in items if is_due(item, day, advances)),
        key=lambda item: (item.date_due, item.line_id),
    )
    charges = [item for item in items if item.residual > 0]
    credit = unallocated - sum(item.residual for item in items if item.residual < 0)
    asked = [item.demandable for item in due]
    left = [
        amount - share
        for amount, share in zip(
            asked, allocate(max(0.0, credit), asked, digits), strict=True
        )
    ]
    of_unit = [
        amount
        for item, amount in zip(due, left, strict=True)
        if item.unit_id == unit_id
    ]
    later = [
        item.residual
        for item in charges
        if item.date_due > day and item.move_id not in advances
    ]
    return Sums(
        due=round(sum(left), digits),
        due_unit=round(sum(of_unit), digits),
        later=round(sum(later), digits),
        disputed=round(
            sum(min(item.disputed, item.residual) for item in charges), digits
        ),
        credit=round(credit, digits),
    )
