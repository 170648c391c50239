"""Which unit a row of the developer's list means, and whether it can be true. Pure."""

from collections import defaultdict
from typing import NamedTuple

from ..estate.ledger_headers import name_key


class Known(NamedTuple):
    """A unit of the community.

    :param owner: its owner's name, None without one
    :param phones: numbers of the owner, digits only
    :param in_batch: it has an appointment already
    """

    id: int
    building: str
    room: str
    shown: str
    owner: str | None = None
    phones: tuple = ()
    in_batch: bool = False


class UnitBook:
    """Units of a community, found by building and room as people write them."""

    def __init__(self, units):
        self._by_room = defaultdict(list)
        for unit in units:
            self._by_room[name_key(unit.room)].append(unit)

    def find(self, row):
        """The row's unit; None after noting on the row why there is none."""
        units = self._by_room.get(name_key(row.room), [])
        if row.building:
            units = [u for u in units if name_key(u.building) == name_key(row.building)]
        if not units:
            name = f"{row.building or ''} {row.room}".strip()
            return row.error("room", "no_unit", unit=name)
        if len(units) > 1:
            return row.error("building", "many_units", room=row.room)
        return units[0]


def sort_out(rows, book, is_open_on):
    """Decide what becomes of each row; notes on the row what is wrong.

    :param is_open_on: tells whether the batch receives on a day
    :return: (list of (row, Known) to take, number of units in the batch already)
    """
    seen, taken, known = {}, [], 0
    for row in rows:
        unit = book.find(row) if row.is_valid else None
        if not unit:
            continue
        first = seen.setdefault(unit.id, row.number)
        if first != row.number:
            row.error("room", "again", first=first)
        elif unit.owner and name_key(unit.owner) != name_key(row.owner):
            row.error("owner", "other_owner", unit=unit.shown, owner=unit.owner)
        elif row.date and not is_open_on(row.date):
            row.error("date", "closed", day=row.date)
        elif unit.in_batch:
            known += 1
        else:
            new = [number for number in row.phones if number not in unit.phones]
            if unit.phones and new:
                row.warn("phones", "other_phone", phone=", ".join(new))
            taken.append((row, unit))
    return taken, known
