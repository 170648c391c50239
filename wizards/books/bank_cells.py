"""What the cells of a bank's list of transfers mean. Pure; nothing is guessed."""

import re
from datetime import date

from ..estate.ledger_cells import Unreadable, read_date, read_number
from ..estate.ledger_headers import plain
from .bank_headers import IN_WORDS, OUT_WORDS

_COMPACT = re.compile(r"((?:19|20)\d{2}|[01]?\d{2})(\d{2})(\d{2})")
_MINGUO = re.compile(r"(\d{2,3})([-/.])(\d{1,2})\2(\d{1,2})")
_TIME = re.compile(r"(?:\s+|T)\d{1,2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?$", re.I)
_SIGNS = re.compile(r"\s*(CR|DR)\.?$", re.I)
_MONEY = re.compile(r"^(NT\$|RMB|CNY|TWD|NTD|¥|\$)\s*|\s*(元|圓|圆)整?$", re.I)


def read_day(value):
    """A day: a date cell, 2026-11-24 10:33:21, 20261124, 2026年11月24日, 115/11/24,
    1151124 or 民國115年11月24日."""
    if isinstance(value, (int, float)) and float(value).is_integer():
        value = str(int(value))
    if not isinstance(value, str):
        return read_date(value)
    text = _TIME.sub("", plain(value))
    minguo = _MINGUO.fullmatch(text)
    compact = _COMPACT.fullmatch(text)
    if minguo or compact:
        year, month, day = minguo.group(1, 3, 4) if minguo else compact.groups()
        year = int(year) + (1911 if len(year) < 4 else 0)
        try:
            return read_date(date(year, int(month), int(day)))
        except ValueError:
            raise Unreadable(text) from None
    return read_date(text)


def read_money(value):
    """An amount with its sign: 1,280.00, (1,280.00), -1280, NT$1,280, 1,280.00 DR."""
    text = plain(value)
    if not text or text in ("-", "--"):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return read_number(value)
    sign = 1
    match = _SIGNS.search(text)
    if match:
        sign, text = (-1 if match[1].upper() == "DR" else 1), text[: match.start()]
    if text.startswith("(") and text.endswith(")"):
        sign, text = -sign, text[1:-1]
    if text[:1] in "+-":
        sign, text = (-sign if text[0] == "-" else sign), text[1:].strip()
    number = read_number(_MONEY.sub("", text))
    return None if number is None else sign * number


def read_side(value):
    """1 for money that comes in, -1 for money that goes out, None if not said."""
    word = plain(value).lower().strip()
    if not word:
        return None
    if word in IN_WORDS:
        return 1
    if word in OUT_WORDS:
        return -1
    raise Unreadable(plain(value))
