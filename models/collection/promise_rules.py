"""Whether a promise was kept (procedure, section 2). Pure: no record, no clock."""

from datetime import date
from typing import NamedTuple


class Promise(NamedTuple):
    """A sum that a customer promised for a community, company currency."""

    id: int
    partner_id: int
    community_id: int
    amount: float
    # The day on which it was made, and the one by which it is due.
    made: date
    due: date
    # Entries with money that was recorded already when it was made.
    earlier: frozenset[int] = frozenset()


class Money(NamedTuple):
    """Money received; ``community_id`` None: not matched with anything yet."""

    partner_id: int
    community_id: int | None
    date: date
    amount: float
    # The entry that it is on.
    move_id: int | None = None

    def counts_for(self, promise):
        return (
            self.partner_id == promise.partner_id
            and self.community_id in (promise.community_id, None)
            and promise.made <= self.date <= promise.due
            and self.move_id not in promise.earlier
        )


def received(promises, money, digits=2):
    """What came in for each promise, no more than was promised.

    Money counts once: for the promise made first, and for its own community before it
    counts for another one.

    :return: {promise id: amount}
    """
    left = [one.amount for one in money]
    # Matched money first: what names no community may still serve another promise.
    order = sorted(
        range(len(money)), key=lambda i: (money[i].community_id is None, money[i].date)
    )
    found = {}
    for promise in sorted(promises, key=lambda one: (one.made, one.id)):
        missing = promise.amount
        for index in order:
            if missing > 0 and money[index].counts_for(promise):
                taken = min(missing, left[index])
                left[index] -= taken
                missing -= taken
        found[promise.id] = round(promise.amount - max(0.0, missing), digits)
    return found


def state_of(promise, amount, day, is_last=True, digits=2):
    """``kept``, ``broken`` or ``open`` on ``day``: due up to and including its date.

    :param amount: what came in for it
    :param is_last: the customer has promised nothing since; an earlier promise never
        becomes open again
    """
    if round(promise.amount - amount, digits) <= 0:
        return "kept"
    return "open" if is_last and day <= promise.due else "broken"
