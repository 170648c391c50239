"""What a customer owes when he stands at the desk. Pure: no record, no clock.

At the desk a charge is due on its due date already: he is there and can pay it.
Amounts are company currency.
"""

from datetime import date
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

    :param advances: ids of invoices for months paid ahead that nobody owes yet
    """
    return item.residual > 0 and item.date_due <= day and item.move_id not in advances


def asked_for(items, owed):
    """The items; what agreements left open (ids of ``owed``) is asked for although the
    first invoice of an agreement is not."""
    return [
        item._replace(is_paused=False) if item.move_id in owed else item
        for item in items
    ]


class Account(NamedTuple):
    """What is open of one customer in one community on a day."""

    items: list = []
    day: date | None = None
    # Ids of invoices for months paid ahead that nobody owes yet.
    advances: frozenset = frozenset()
    # Payments matched with nothing, a positive amount.
    unallocated: float = 0.0
    digits: int = 2

    def due(self):
        """Items that have fallen due, the oldest first."""
        due = (item for item in self.items if is_due(item, self.day, self.advances))
        return sorted(due, key=lambda item: (item.date_due, item.line_id))

    @property
    def credit(self):
        credits = sum(item.residual for item in self.items if item.residual < 0)
        return self.unallocated - credits

    def bills(self):
        """Ids of the open bills, the oldest first."""
        ordered = sorted(self.items, key=lambda item: item.date_due)
        return list(
            dict.fromkeys(item.move_id for item in ordered if item.residual > 0)
        )

    def sums(self, unit_id=None):
        """:return: Sums; credits go to what fell due first"""
        charges = [item for item in self.items if item.residual > 0]
        left = self._left()
        of_unit = [amount for item, amount in left if item.unit_id == unit_id]
        later = [
            item.residual
            for item in charges
            if item.date_due > self.day and item.move_id not in self.advances
        ]
        disputed = [min(item.disputed, item.residual) for item in charges]
        return Sums(
            due=self._total(amount for _item, amount in left),
            due_unit=self._total(of_unit),
            later=self._total(later),
            disputed=self._total(disputed),
            credit=round(self.credit, self.digits),
        )

    def asked(self):
        """{id of a bill: what is asked of it once it is due}, currency of the bill"""
        asked = {}
        for item in self.items:
            if item.demandable:
                part = item.residual_currency * item.demandable / item.residual
                asked[item.move_id] = asked.get(item.move_id, 0.0) + part
        return {move: round(part, self.digits) for move, part in asked.items()}

    def not_asked(self):
        """What is due and not asked for: in dispute, or held by the books."""
        return self._total(item.residual - item.demandable for item in self.due())

    def used_credit(self):
        """What credits take off the amount due."""
        asked = self._total(item.demandable for item in self.due())
        return round(asked - self.sums().due, self.digits)

    def _left(self):
        """[(due item, what is asked of it less credits)]"""
        due = self.due()
        asked = [item.demandable for item in due]
        shares = allocate(max(0.0, self.credit), asked, self.digits)
        return [
            (item, amount - share)
            for item, amount, share in zip(due, asked, shares, strict=True)
        ]

    def _total(self, amounts):
        return round(sum(amounts), self.digits)
