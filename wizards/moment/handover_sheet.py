"""The developer's list: which unit is handed over to whom, and when. Pure.

A row needs a room and an owner; telephone and wanted day may be empty.
"""

import datetime
from dataclasses import dataclass

from ..estate.ledger_cells import Unreadable, read_date, read_phones, read_text
from ..estate.ledger_headers import COLUMNS as LEDGER_COLUMNS
from ..estate.ledger_headers import HEADER_ROWS, header_key, is_total, plain
from ..estate.sheet_row import SheetRow
from ..estate.workbook_stream import Damaged, numbered_rows, open_workbook

COLUMNS = {
    "building": LEDGER_COLUMNS["building"],
    "room": LEDGER_COLUMNS["room"],
    "owner": LEDGER_COLUMNS["owner"] + " 買受人 买受人 buyer purchaser customer",
    "phones": LEDGER_COLUMNS["phones"],
    "date": "預約日期 预约日期 預約日 预约日 預約時間 预约时间 交付日期 交房日期 日期"
    " date appointment appointmentdate handoverdate wantedday",
}
_ALIASES = {
    header_key(word): name for name, words in COLUMNS.items() for word in words.split()
}
READERS = {
    "building": read_text,
    "room": read_text,
    "owner": read_text,
    "phones": read_phones,
    "date": read_date,
}


class NoList(ValueError):
    """The file is no such list; ``args[0]`` is the message's code."""


@dataclass(slots=True)
class OwnerRow(SheetRow):
    owner: str | None = None
    phones: tuple = ()
    date: datetime.date | None = None


def read_list(content):
    """Every filled row of the first sheet that has a header.

    :param content: the bytes of an .xlsx file
    :return: (headers {field: text above the column}, list of OwnerRows)
    :raises NoList: if it is no workbook or has no header
    """
    try:
        for sheet in open_workbook(content).worksheets:
            rows = numbered_rows(sheet)
            for number, cells in rows:
                columns = find_columns(cells)
                if columns:
                    headers = {name: plain(cells[at]) for name, at in columns.items()}
                    return headers, _read_rows(rows, columns)
                if number >= HEADER_ROWS:
                    break
    except Damaged:
        raise NoList("not_xlsx") from None
    raise NoList("no_header")


def find_columns(cells):
    """Which column holds what, if ``cells`` is a header row: one with room and owner.

    :return: {field: index}, else empty
    """
    found = {}
    for index, value in enumerate(cells):
        name = _ALIASES.get(header_key(value))
        if name:
            found.setdefault(name, index)
    return found if {"room", "owner"} <= found.keys() else {}


def _read_rows(rows, columns):
    return [
        _read_row(number, cells, columns)
        for number, cells in rows
        if any(plain(cell) for cell in cells) and not is_total(cells)
    ]


def _read_row(number, cells, columns):
    row = OwnerRow(number)
    row.fill(cells, columns, READERS, Unreadable)
    for name in ("room", "owner"):
        if not getattr(row, name):
            row.error(name, f"missing_{name}")
    return row
