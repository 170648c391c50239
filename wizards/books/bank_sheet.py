"""A bank's list of transfers, row by row, from .xlsx or .csv. Pure."""

import csv
import datetime
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from ..estate.ledger_cells import Unreadable, read_text
from ..estate.ledger_headers import HEADER_ROWS, is_total, plain
from ..estate.sheet_row import SheetRow
from ..estate.workbook_stream import Damaged, numbered_rows, open_workbook
from .bank_cells import read_day, read_money, read_side
from .bank_headers import find_columns

ENCODINGS = ("utf-8-sig", "gb18030", "big5hkscs", "cp950")
READERS = {
    "date": read_day,
    "amount": read_money,
    "credit": read_money,
    "debit": read_money,
    "side": read_side,
    "payer": read_text,
    "account": read_text,
    "reference": read_text,
    "text": read_text,
    "currency": read_text,
}


class NoList(ValueError):
    """The file is no such list; ``args[0]`` is the message's code."""


@dataclass(slots=True)
class BankRow(SheetRow):
    """``amount`` is positive for money that comes in."""

    date: datetime.date | None = None
    amount: Decimal | None = None
    credit: Decimal | None = None
    debit: Decimal | None = None
    side: int | None = None
    payer: str | None = None
    account: str | None = None
    reference: str | None = None
    text: str | None = None
    currency: str | None = None
    key: str = ""


def read_list(content):
    """Every filled row below the header, with its key.

    :param content: the bytes of an .xlsx or .csv file
    :return: (headers {field: text above the column}, list of BankRows)
    :raises NoList: if it is neither or has no header
    """
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise NoList("old_excel")
    try:
        sheets = (
            [numbered_rows(sheet) for sheet in open_workbook(content).worksheets]
            if content[:2] == b"PK"
            else _readings(content)
        )
        for rows in sheets:
            for number, cells in rows:
                columns = find_columns(cells)
                if columns:
                    headers = {
                        name: plain(cells[at[0]]) for name, at in columns.items()
                    }
                    return headers, _with_keys(_rows(rows, columns))
                if number >= HEADER_ROWS:
                    break
    except Damaged:
        raise NoList("damaged") from None
    raise NoList("no_header")


def _readings(content):
    """The file as text in every encoding and with every separator that it may have."""
    names = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        for mark in (",", "\t", ";", "|"):
            lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
            yield _numbered(lines)


def _numbered(lines):
    try:
        yield from enumerate(lines, start=1)
    except csv.Error:
        raise Damaged from None


def _rows(rows, columns):
    return [
        _row(number, cells, columns)
        for number, cells in rows
        if any(plain(cell) for cell in cells) and not is_total(cells)
    ]


def _row(number, cells, columns):
    row = BankRow(number)
    # Banks put a tab or an apostrophe before long numbers.
    cells = [c.strip("\t '\"=") if isinstance(c, str) else c for c in cells]
    texts = columns.get("text", ())
    row.fill(cells, {name: at[0] for name, at in columns.items()}, READERS, Unreadable)
    more = [read_text(cells[at]) for at in texts[1:] if at < len(cells)]
    row.text = " ".join(dict.fromkeys(filter(None, (row.text, *more)))) or None
    if row.is_valid:
        _weigh(row)
    return row


def _weigh(row):
    """One signed amount, from whichever columns the bank has."""
    if not row.date:
        row.error("date", "missing_date")
    if row.credit and row.debit:
        row.error("credit", "both_sides")
    elif row.credit or row.debit:
        row.amount = row.credit or -abs(row.debit)
    elif row.amount and row.side:
        row.amount = row.side * abs(row.amount)
    if not row.amount and row.is_valid:
        row.error("amount" if row.credit is None else "credit", "missing_amount")


def _with_keys(rows):
    """Give each row a key that it has again in a file that overlaps with this one: day,
    amount, reference, text, and which of several that are alike."""
    seen = Counter()
    for row in rows:
        if row.is_valid:
            parts = (
                row.date,
                row.amount.normalize(),
                row.reference,
                row.payer,
                row.text,
            )
            own = "\x1f".join(plain(part) for part in parts)
            seen[own] += 1
            whole = f"{own}\x1f{seen[own]}".encode()
            row.key = hashlib.sha256(whole).hexdigest()
    return rows
