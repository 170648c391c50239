"""Which rate holds for a unit: the most specific one that is valid. Pure: no record."""

from collections import defaultdict
from typing import NamedTuple

from ..estate.dates import holds


class Rate(NamedTuple):
    """A price per month and unit of quantity; empty scopes hold for all."""

    id: int
    fee_item_id: int
    price: float
    vacancy_factor: float = 1.0
    community_id: int | None = None
    building_id: int | None = None
    unit_type: str | None = None
    unit_id: int | None = None
    date_from: object = None
    date_to: object = None


class Place(NamedTuple):
    """Where a unit stands, as far as rates ask for it."""

    unit_id: int
    building_id: int
    community_id: int
    unit_type: str


def scope(rate):
    """The key under which a rate is found; what is more specific is left empty."""
    if rate.unit_id:
        return (rate.unit_id, None, None, None)
    if rate.building_id:
        return (None, rate.building_id, None, rate.unit_type or None)
    return (None, None, rate.community_id or None, rate.unit_type or None)


def scopes(place):
    """The keys that hold for a unit, the most specific first: unit, building and type,
    building, community and type, community, type, everywhere."""
    return (
        (place.unit_id, None, None, None),
        (None, place.building_id, None, place.unit_type),
        (None, place.building_id, None, None),
        (None, None, place.community_id, place.unit_type),
        (None, None, place.community_id, None),
        (None, None, None, place.unit_type),
        (None, None, None, None),
    )


class RateBook:
    """Rates of some fee items, asked unit by unit without going through all."""

    def __init__(self, rates):
        self._by_item = defaultdict(lambda: defaultdict(list))
        for rate in rates:
            self._by_item[rate.fee_item_id][scope(rate)].append(rate)
        for by_scope in self._by_item.values():
            for same_scope in by_scope.values():
                same_scope.sort(
                    key=lambda rate: (bool(rate.date_from), rate.date_from),
                    reverse=True,
                )

    def items(self):
        return self._by_item.keys()

    def concerns(self, item, place):
        """Whether a rate of any date is written for this unit, its building, type or
        community: the fee is meant for it, so a missing price is an exception."""
        by_scope = self._by_item.get(item, {})
        return any(key in by_scope for key in scopes(place))

    def find(self, item, place, first, last):
        """The rate valid on ``first``, else the first to begin by ``last``."""
        by_scope = self._by_item.get(item, {})
        candidates = [by_scope[key] for key in scopes(place) if key in by_scope]
        for same_scope in candidates:
            for rate in same_scope:
                if holds(rate.date_from, rate.date_to, first):
                    return rate
        later = [
            rate
            for same_scope in candidates
            for rate in same_scope
            if rate.date_from and first < rate.date_from <= last
        ]
        return min(later, key=lambda rate: rate.date_from, default=None)
