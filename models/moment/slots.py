"""Appointments of a handover batch (procedure, clause 5.6). Pure: no record, no clock.

Times are those of the community's clock, without zone. A slot is the time at which so
many counters take so many owners each.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from ..estate.dates import ONE_DAY

SATURDAY = 5


class Timetable(NamedTuple):
    """When a batch receives.

    :param hour_from: and the other hours: time of day, 8.5 for half past eight
    :param pause_from: nobody is received from here to ``pause_to``
    :param capacity: owners a counter takes in one slot
    """

    first: object
    last: object
    hour_from: float = 9.0
    hour_to: float = 17.0
    minutes: int = 30
    counters: int = 1
    capacity: int = 1
    weekends: bool = False
    days_off: frozenset = frozenset()
    pause_from: float = 0.0
    pause_to: float = 0.0

    @property
    def per_slot(self):
        return self.counters * self.capacity


class Place(NamedTuple):
    """A seat in a slot: the counter, and the how-manieth owner there."""

    start: object
    counter: int
    seat: int


def is_open_on(table, day):
    """Whether the batch receives on this day."""
    return (
        table.first <= day <= table.last
        and (table.weekends or day.weekday() < SATURDAY)
        and day not in table.days_off
    )


def open_days(table):
    """The days on which the batch receives, in order."""
    count = (table.last - table.first).days + 1
    days = (table.first + ONE_DAY * number for number in range(count))
    return [day for day in days if is_open_on(table, day)]


def starts_on(table, day):
    """The slots of one day. What does not end by closing time, or runs into the pause,
    is left out; after the pause it begins anew."""
    if not is_open_on(table, day):
        return []
    parts = [(table.hour_from, table.hour_to)]
    if table.hour_from < table.pause_from < table.pause_to <= table.hour_to:
        parts = [
            (table.hour_from, table.pause_from),
            (table.pause_to, table.hour_to),
        ]
    starts, length = [], timedelta(minutes=table.minutes)
    for hour_from, hour_to in parts:
        start, end = _at(day, hour_from), _at(day, hour_to)
        while start + length <= end:
            starts.append(start)
            start += length
    return starts


def all_starts(table):
    """Every slot of the batch in order of time."""
    return [start for day in open_days(table) for start in starts_on(table, day)]


def slot_of(table, moment):
    """The start of the slot in which ``moment`` lies; None where there is none."""
    length = timedelta(minutes=table.minutes)
    for start in starts_on(table, moment.date()):
        if start <= moment < start + length:
            return start
    return None


def places_of(table, start):
    """The seats of a slot: first one owner at each counter, then the next."""
    return [
        Place(start, counter, seat)
        for seat in range(1, table.capacity + 1)
        for counter in range(1, table.counters + 1)
    ]


def free_places(table, taken, starts=None):
    """Seats that nobody has, in order of time.

    :param taken: {Place}
    """
    for start in all_starts(table) if starts is None else starts:
        for place in places_of(table, start):
            if place not in taken:
                yield place


def spread(table, count, taken=frozenset(), after=None, by_hour=False):
    """The first ``count`` free seats, in the order in which they are given away.

    :param after: only slots that begin later
    :param by_hour: the early hours of all these days first: whoever comes last in
        line, because he travels far, need not be there in the morning
    :return: fewer than ``count`` when the batch is full
    """
    starts = [start for start in all_starts(table) if not after or start > after]
    places = []
    for place in free_places(table, taken, starts):
        if len(places) == count:
            break
        places.append(place)
    if by_hour:
        places.sort(key=lambda place: (place.start.time(), place.start, *place[1:]))
    return places


def far(here, there):
    """How far somebody has to travel, roughly: 0 the same town, 1 the same state,
    2 elsewhere in the country, 3 abroad. Who left no address counts as near.

    :param here: (country, state, town), each may be empty; so is ``there``
    """
    country, state, town = there
    if not any(there):
        return 0
    if country and here[0] and country != here[0]:
        return 3
    if state and here[1] and state != here[1]:
        return 2
    if town and here[2]:
        return 0 if town.casefold() == here[2].casefold() else 1
    return 0 if state and state == here[1] else 1


def _at(day, hour):
    return datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
