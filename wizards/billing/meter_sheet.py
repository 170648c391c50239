"""A workbook of meter readings, read row by row. Pure: no record."""

import datetime
from dataclasses import dataclass

from ..estate.ledger_cells import Unreadable, read_date, read_number, read_text
from ..estate.ledger_headers import HEADER_ROWS, header_key, is_total, plain
from ..estate.sheet_row import SheetRow
from ..estate.workbook_stream import Damaged, numbered_rows, open_workbook
from .meter_headers import find_columns

YES = frozenset("是 估 估抄 估算 y yes true 1 x v ✓ √".split())
DIGITS = 3  # as the count is stored
NO = frozenset("否 實抄 实抄 n no false 0".split())


class NotReadings(ValueError):
    """The file is no sheet of readings; ``args[0]`` is the message's code."""


@dataclass(slots=True)
class ReadingRow(SheetRow):
    serial: str | None = None
    item: str | None = None
    date: datetime.date | None = None
    value: float | None = None
    estimate: bool | None = None


def read_yes(value):
    key = header_key(value)
    if key in YES:
        return True
    if not key or key in NO:
        return False
    raise Unreadable(plain(value))


def read_value(value):
    number = read_number(value)
    if number is not None and number < 0:
        raise Unreadable(plain(value))
    return None if number is None else float(round(number, DIGITS))


READERS = {
    "building": read_text,
    "room": read_text,
    "serial": read_text,
    "item": read_text,
    "date": read_date,
    "value": read_value,
    "estimate": read_yes,
}


def read_sheet(content, default_day, today):
    """Every filled row of the first sheet that has a header.

    :param content: the bytes of an .xlsx file
    :param default_day: the day of the readings where the sheet has no such column
    :return: (headers {field: text above the column}, list of ReadingRows, number of
        rows whose reading is still empty)
    :raises NotReadings: if it is no workbook or has no header
    """
    try:
        return _find_readings(open_workbook(content), default_day, today)
    except Damaged:
        raise NotReadings("not_xlsx") from None


def _find_readings(book, default_day, today):
    for sheet in book.worksheets:
        rows = numbered_rows(sheet)
        for number, cells in rows:
            columns = find_columns(cells)
            if columns:
                headers = {name: plain(cells[at]) for name, at in columns.items()}
                return headers, *_read_rows(rows, columns, default_day, today)
            if number >= HEADER_ROWS:
                break
    raise NotReadings("no_header")


def _read_rows(rows, columns, default_day, today):
    found, empty = [], 0
    for number, cells in rows:
        if not any(plain(cell) for cell in cells) or is_total(cells):
            continue
        row = _read_row(number, cells, columns)
        if row.value is None and row.is_valid:
            empty += 1
            continue
        if "date" not in columns:
            row.date = default_day
        _check(row, today)
        found.append(row)
    return found, empty


def _read_row(number, cells, columns):
    row = ReadingRow(number)
    row.fill(cells, columns, READERS, Unreadable)
    return row


def _check(row, today):
    if not row.serial and not row.room:
        row.error("room", "missing_meter")
    if row.date is None and row.is_valid:
        row.error("date", "missing_date")
    if row.date and row.date > today:
        row.error("date", "future", day=row.date)
