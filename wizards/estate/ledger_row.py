"""One row of an owner ledger: what it says, and whether that can be true. Pure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from odoo.tools import date_utils

from ...models.estate.dates import months_between
from . import ledger_cells as cells
from .ledger_money import TOLERANCE, rounded

READERS = {
    "building": cells.read_text,
    "room": cells.read_text,
    "owner": cells.read_text,
    "phones": cells.read_phones,
    "address": cells.read_text,
    "area": cells.read_area,
    "unit_type": cells.read_unit_type,
    "status": cells.read_status,
    "handover": cells.read_date,
    "price": cells.read_price,
    "paid_to": cells.read_month,
    "months": cells.read_count,
    "arrears": cells.read_number,
    "note": cells.read_text,
}
AREA_DIGITS = 4  # as the area is stored
HARMLESS = ("phones",)  # what is unreadable here does not keep a unit out


@dataclass(slots=True)
class Issue:
    """Something to tell the user about a cell; ``code`` names the message."""

    row: int
    field: str
    code: str
    values: dict
    severity: str = "error"


@dataclass(slots=True)
class LedgerRow:
    """Months are the first day of the month; amounts are exact decimals."""

    number: int
    building: str | None = None
    room: str | None = None
    owner: str | None = None
    phones: tuple = ()
    address: str | None = None
    area: Decimal | None = None
    unit_type: str | None = None
    status: str | None = None
    handover: date | None = None
    price: Decimal | None = None
    paid_to: date | None = None
    months: int | None = None
    arrears: Decimal | None = None
    note: str | None = None
    issues: list = field(default_factory=list)

    @property
    def is_valid(self):
        return all(issue.severity != "error" for issue in self.issues)

    @property
    def developer_pays(self):
        """Unsold and undelivered units are the developer's (procedure, section 5)."""
        if self.status is None:
            return not self.owner
        return self.status in ("unsold", "undelivered")

    @property
    def paid_through(self):
        """The last day paid for."""
        return month_end(self.paid_to) if self.paid_to else None

    def error(self, column, code, **values):
        self.issues.append(Issue(self.number, column, code, values))

    def warn(self, column, code, **values):
        self.issues.append(Issue(self.number, column, code, values, "warning"))

    def unpaid_months(self, as_of):
        """First days of the months up to ``as_of`` that the arrears are for."""
        count = self.months or 0
        last = as_of.replace(day=1)
        return [date_utils.subtract(last, months=n) for n in range(count - 1, -1, -1)]

    def months_ahead(self, as_of):
        """How many months after that of ``as_of`` are paid already."""
        return max(months_between(as_of, self.paid_to), 0) if self.paid_to else 0


def month_end(day):
    """The last day of the month of ``day``."""
    return date_utils.end_of(day, "month")


def read_row(number, values, columns, as_of):
    """The row with its issues, each named by column and reason.

    :param columns: {field: index in ``values``}
    :param as_of: last day the ledger covers
    """
    row = LedgerRow(number)
    for name, reader in READERS.items():
        index = columns.get(name)
        if index is None or index >= len(values):
            continue
        try:
            setattr(row, name, reader(values[index]))
        except cells.Unreadable as unreadable:
            tell = row.warn if name in HARMLESS else row.error
            kind = "range" if isinstance(unreadable, cells.OutOfRange) else "unreadable"
            tell(name, f"{kind}_{name}", value=str(unreadable))
    row.phones = row.phones or ()  # an empty cell is no number, not None
    _check_unit(row, columns)
    if row.is_valid:
        _check_months(row, columns, as_of)
        _check_arrears(row, columns)
        _check_amounts(row, as_of)
    return row


def _check_unit(row, columns):
    if not row.room:
        row.error("room", "missing_room")
    if "building" in columns and not row.building:
        row.error("building", "missing_building")
    unread = {issue.field for issue in row.issues}
    if row.area is None and "area" not in unread:
        if row.unit_type == "parking":
            row.area = Decimal(0)
        else:
            row.error("area", "missing_area")
    elif row.area is not None and row.unit_type != "parking":
        if not round(row.area, AREA_DIGITS):
            row.error("area", "range_area", value=row.area)


def _check_months(row, columns, as_of):
    """Let ``months`` be the unpaid months, or say that the sheet contradicts itself."""
    if not row.paid_to:
        if row.months is None and row.arrears:
            row.error("arrears", "months_unknown")
        return
    expected = max(months_between(row.paid_to, as_of), 0)
    if row.months is not None and row.months != expected:
        row.error("months", "months_differ", given=row.months, expected=expected)
    elif expected and "arrears" not in columns and "months" not in columns:
        row.warn("paid_to", "arrears_not_given", months=expected)
        expected = 0
    elif expected > cells.MONTHS_MOST:
        row.error("paid_to", "range_months", value=expected)
    row.months = expected


def _check_arrears(row, columns):
    """Let ``arrears`` be area × price × months, within one cent."""
    if not row.is_valid:
        return
    months = row.months or 0
    if not months:
        if abs(row.arrears or 0) > TOLERANCE:
            row.error("arrears", "arrears_of_no_month", given=row.arrears)
        row.arrears = Decimal(0)
    elif row.price is None:
        if not row.arrears or row.arrears < 0:
            row.error("arrears", "arrears_missing", months=months)
        else:
            row.warn("price", "arrears_unchecked")
    elif row.arrears is None and "arrears" in columns:
        row.error("arrears", "arrears_missing", months=months)
    else:
        _compare_arrears(row, row.area * row.price * months)


def _compare_arrears(row, product):
    if row.arrears is None:
        row.arrears = product
    elif abs(row.arrears - product) > TOLERANCE:
        row.error(
            "arrears",
            "arrears_differ",
            given=row.arrears,
            expected=rounded(product, TOLERANCE),
            area=row.area,
            price=row.price,
            months=row.months or 0,
        )
    else:
        row.arrears = max(row.arrears, Decimal(0))  # where the price is nothing


def _check_amounts(row, as_of):
    """No product of readable cells may be beyond what an amount can be."""
    months = max(row.months or 0, row.months_ahead(as_of))
    if row.area * (row.price or 0) * months >= cells.AMOUNT_LIMIT:
        row.error("price", "range_price", value=row.price)
