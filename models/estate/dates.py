"""Calendar arithmetic shared by all rooms, next to ``odoo.tools.date_utils``.

Pure: no record, no today.
"""

import re
from datetime import timedelta

ONE_DAY = timedelta(days=1)


def months_between(earlier, later):
    """Whole calendar months from the month of ``earlier`` to that of ``later``."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def days_in(date_from, date_to):
    """Number of days from ``date_from`` to ``date_to``, both included."""
    return (date_to - date_from).days + 1


def holds(date_from, date_to, day):
    """Whether a row with these ends, either may be open, holds on a day."""
    return (not date_from or date_from <= day) and (not date_to or date_to >= day)


def overlap(row_from, row_to, date_from, date_to):
    """The part of [date_from, date_to] in [row_from, row_to], open ends allowed.

    :return: (first, last) or None
    """
    first = max(row_from or date_from, date_from)
    last = min(row_to or date_to, date_to)
    return (first, last) if first <= last else None


def natural_key(*names):
    """A text that sorts room 2 before room 10: numbers padded with zeros."""
    text = "\x1f".join(name or "" for name in names)
    return re.sub(r"\d+", lambda match: match.group().zfill(6), text)
