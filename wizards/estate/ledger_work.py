"""What one reading of a ledger gathers from chunk to chunk. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .ledger_headers import name_key
from .ledger_persons import PersonRegister


@dataclass
class LedgerWork:
    """:param as_of: last day the ledger covers
    :param quantum: smallest amount of the company's currency"""

    as_of: date
    quantum: Decimal
    headers: dict
    persons: PersonRegister = field(default_factory=PersonRegister)
    buildings: dict = field(default_factory=dict)  # {name key: id}
    units: dict | None = None  # {(building id, name key): id} of those known before
    rows: int = 0
    analysed: int = 0  # rows when the planner's statistics were last refreshed
    valid: int = 0
    warnings: int = 0
    developer_rows: int = 0
    invoices: int = 0
    arrears: Decimal = Decimal(0)
    ahead: Decimal = Decimal(0)
    advances: list = field(default_factory=list)
    units_by_price: dict = field(default_factory=dict)
    stale_runs: set = field(default_factory=set)  # ids of runs to compute again
    made: Counter = field(default_factory=Counter)


@dataclass(slots=True)
class Advance:
    """Months after the ledger's last one that a unit's payer has paid for."""

    payer_id: int
    unit_id: int
    unit_name: str
    date_to: date
    amount: Decimal
    links: dict = field(default_factory=dict)  # what its journal item belongs to


@dataclass(slots=True)
class Entry:
    """A good row with what the database knows of its unit and owner."""

    row: object
    person: object = None
    unit: dict | None = None
    unit_id: int | None = None
    owner_id: int | None = None  # partner of the row's owner
    arrears: Decimal = Decimal(0)
    ahead: Decimal = Decimal(0)

    @property
    def building_key(self):
        return name_key(self.row.building)

    @property
    def is_opened(self):
        """Whether the unit's money came in with an earlier ledger."""
        return bool(self.unit and self.unit["opening_through"])
