"""Which meter a row of a sheet means, and whether its count can be true. Pure.

Everything is looked up in what was read before; no record is touched here.
"""

from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from ..estate.ledger_headers import plain


class Meter(NamedTuple):
    id: int
    serial: str
    item_id: int
    building: str
    room: str
    unit: str  # as shown to the user
    installed: object = None
    removed: object = None
    rollover_at: float = 0.0

    def holds(self, day):
        return (not self.installed or self.installed <= day) and (
            not self.removed or self.removed >= day
        )


class Known(NamedTuple):
    """A reading that is there already."""

    date: object
    value: float
    is_estimate: bool
    id: int = 0


def key(text):
    return plain(text).casefold()


class MeterBook:
    """:param meters: the Meters of one community
    :param rooms: {(building, room)} of all its units
    :param items: {name or code: fee item id}
    """

    def __init__(self, meters, rooms, items):
        self._by_serial, self._by_unit = defaultdict(list), defaultdict(list)
        self._buildings = defaultdict(set)
        for building, room in rooms:
            self._buildings[key(room)].add(key(building))
        self._items = {key(name): item for name, item in items.items()}
        for meter in meters:
            self._by_serial[key(meter.serial)].append(meter)
            self._by_unit[key(meter.building), key(meter.room)].append(meter)

    def find(self, row):
        """The row's Meter; None after noting on the row why there is none."""
        item = self._items.get(key(row.item)) if row.item else None
        if row.item and not item:
            return row.error("item", "no_item", item=row.item)
        if row.serial:
            return self._find_by_serial(row, item)
        return self._find_by_unit(row, item)

    def _find_by_serial(self, row, item):
        meters = _of_item(self._by_serial.get(key(row.serial), ()), item)
        here = [meter for meter in meters if meter.holds(row.date)]
        if not meters:
            return row.error("serial", "no_serial", serial=row.serial)
        if not here:
            return row.error("date", "not_installed", day=row.date)
        if len(here) > 1:
            return row.error("serial", "many_meters", unit=row.serial)
        [meter] = here
        if (row.room and key(row.room) != key(meter.room)) or (
            row.building and key(row.building) != key(meter.building)
        ):
            return row.error(
                "serial", "serial_elsewhere", serial=row.serial, unit=meter.unit
            )
        return meter

    def _find_by_unit(self, row, item):
        name = f"{row.building or ''} {row.room}".strip()
        buildings = self._buildings.get(key(row.room), set())
        if row.building:
            buildings = buildings & {key(row.building)}
        if not buildings:
            return row.error("room", "no_unit", unit=name)
        if len(buildings) > 1:
            return row.error("building", "many_units", room=row.room)
        meters = self._by_unit.get((*buildings, key(row.room)), ())
        meters = [m for m in _of_item(meters, item) if m.holds(row.date)]
        if not meters:
            return row.error("room", "no_meter", unit=name, day=row.date)
        if len(meters) > 1:
            return row.error("room", "many_meters", unit=name)
        return meters[0]


def _of_item(meters, item):
    return [meter for meter in meters if not item or meter.item_id == item]


def sort_out(rows, book, known):
    """Decide what becomes of each valid row.

    :param known: {meter id: [Known]} in order of date
    :return: (rows to create, rows to correct, number of rows that say nothing new);
        rows to create are (row, Meter), rows to correct (row, Known)
    """
    seen, found = {}, []
    for row in rows:
        meter = book.find(row) if row.is_valid else None
        if not meter:
            continue
        first = seen.setdefault((meter.id, row.date), row.number)
        if first != row.number:
            row.error("date", "again", first=first)
            continue
        found.append((row, meter))
    new, corrected, unchanged = [], [], 0
    for row, meter in sorted(found, key=lambda pair: (pair[1].id, pair[0].date)):
        history = known.setdefault(meter.id, [])
        at = bisect_left(history, row.date, key=lambda reading: reading.date)
        same = history[at] if at < len(history) else None
        if same and same.date == row.date:
            if same.value == row.value and same.is_estimate == bool(row.estimate):
                unchanged += 1
                continue
            if not same.is_estimate or row.estimate:
                row.error("value", "differs", known=_number(same.value))
                continue
            corrected.append((row, same))
            history.pop(at)
        _check_course(row, meter, history, at)
        if not row.is_valid:
            continue
        history.insert(at, Known(row.date, row.value, bool(row.estimate)))
        if not (same and same.date == row.date):
            new.append((row, meter))
    corrected = [(row, reading) for row, reading in corrected if row.is_valid]
    return new, corrected, unchanged


def _check_course(row, meter, history, at):
    """A meter counts forward: hold the count against its neighbours in time. Only
    an estimate may have been too high."""
    before = history[at - 1] if at else None
    real = next(
        (known for known in reversed(history[:at]) if not known.is_estimate), None
    )
    after = history[at] if at < len(history) else None
    if real and row.value < real.value:
        told = row.warn if meter.rollover_at else row.error
        code = "rolled_over" if meter.rollover_at else "backwards"
        told("value", code, known=_number(real.value), day=real.date)
    elif before and row.value < before.value:
        row.warn(
            "value", "below_estimate", known=_number(before.value), day=before.date
        )
    if after and not (after.is_estimate or meter.rollover_at):
        if row.value > after.value:
            row.error("value", "above_next", known=_number(after.value), day=after.date)


def _number(value):
    return f"{value:.10g}"
