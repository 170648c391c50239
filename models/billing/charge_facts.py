"""What the charges of a month are computed from. Pure: no record."""

from typing import NamedTuple

from .payers import UnitLife
from .rates import Place, RateBook


class Unit(NamedTuple):
    id: int
    place: Place
    floor_area: float
    apportion_key: float
    covered_until: object  # last day paid or taken over from the opening ledger
    sort_key: str
    life: UnitLife


class Item(NamedTuple):
    id: int
    basis: str
    vacancy_eligible: bool
    is_prepayable: bool


class Metered(NamedTuple):
    """Usage of one meter; ``multiplier`` is applied already."""

    meter_id: int
    usage: object


class Shared(NamedTuple):
    """A cost of the month, ``weights`` {unit id: weight} of those who share it."""

    item_id: int
    amount: float
    weights: dict


class Facts(NamedTuple):
    first: object
    last: object
    rounding: float
    transfer_rule: str = "days"
    alert_ratio: float = 3.0
    units: list = ()
    items: dict = {}
    book: RateBook = RateBook(())
    vacancies: dict = {}  # {unit id: [(first day of discount, last day or None)]}
    meters: dict = {}  # {(unit id, item id): [Metered]}
    shared: list = ()
    covered: dict = {}  # {(unit id, item id): [Span]} paid ahead under an agreement
    billed: dict = {}  # {(unit id, item id): [Span]} charged by other runs of the month
    billed_sums: dict = {}  # {item id: amount} of the same


class Problem(NamedTuple):
    """``kind`` as in ``property.billing.exception``; ``data`` fills its message."""

    kind: str
    unit_id: int | None
    item_id: int | None = None
    meter_id: int | None = None
    data: dict = {}
