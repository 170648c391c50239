"""What the user reads about a cell of the developer's list, by the issue's code.

Lazy: translated into the reader's language when shown.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "unreadable_phones": _lt("“%(value)s” is not a telephone number."),
    "unreadable_date": _lt(
        "“%(value)s” is not a date such as 2026-01-31, 2026/01/31 or 2026年1月31日."
    ),
    "missing_room": _lt("The room number is missing."),
    "missing_owner": _lt("The owner's name is missing."),
    "no_unit": _lt("No unit %(unit)s in this community."),
    "many_units": _lt("Room %(room)s is in several buildings: give the building."),
    "again": _lt("This unit is already in row %(first)s."),
    "other_owner": _lt("%(unit)s belongs to %(owner)s."),
    "other_phone": _lt("The owner has another number on file; %(phone)s is noted."),
    "closed": _lt("The batch receives nobody on %(day)s."),
    "not_xlsx": _lt("This is not an Excel workbook (.xlsx). Save it as .xlsx first."),
    "no_header": _lt(
        "No header row was found: a row must name the room (房號, Room) and the owner "
        "(業主, Owner)."
    ),
}


def message(env, code, values=None):
    """The text of ``code`` in the language of ``env``."""
    return env._(MESSAGES[code]) % (values or {})
