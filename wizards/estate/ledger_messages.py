"""What the user reads about a cell, by the code of the issue.

Lazy: translated into the reader's language when shown.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_DAYS = _lt("“%(value)s” is not between the years 1950 and 2100.")
_AMOUNTS = _lt("“%(value)s” makes an amount that is too large.")

MESSAGES = {
    "unreadable_area": _lt("“%(value)s” is not an area in m²."),
    "unreadable_paid_to": _lt(
        "“%(value)s” is not a month such as 2026-09 or 2026年9月."
    ),
    "unreadable_handover": _lt(
        "“%(value)s” is not a date such as 2024-03-15, 2024/03/15 or 2024年3月15日."
    ),
    "unreadable_months": _lt("“%(value)s” is not a number of months."),
    "unreadable_arrears": _lt("“%(value)s” is not an amount."),
    "unreadable_price": _lt("“%(value)s” is not a price."),
    "unreadable_unit_type": _lt("“%(value)s” is not a known type of unit."),
    "unreadable_status": _lt("“%(value)s” is not a known occupancy status."),
    "unreadable_phones": _lt("“%(value)s” holds no phone number; it is left out."),
    "range_area": _lt(
        "“%(value)s” m² cannot be: an area is above 0 and at most 1,000,000 m²."
    ),
    "range_paid_to": _DAYS,
    "range_handover": _DAYS,
    "range_months": _lt("%(value)s months cannot be: at most 600 are taken."),
    "range_arrears": _AMOUNTS,
    "range_price": _AMOUNTS,
    "missing_room": _lt("The room number is missing."),
    "missing_building": _lt("The building is missing."),
    "missing_area": _lt("The area is missing."),
    "missing_owner": _lt("The owner is missing though the unit is not unsold."),
    "room_again": _lt("Room %(room)s is already in row %(first)s."),
    "months_unknown": _lt(
        "There are arrears, but neither the month paid through nor the number of "
        "unpaid months."
    ),
    "months_differ": _lt(
        "%(given)s months, but %(expected)s are unpaid by the month paid through."
    ),
    "arrears_not_given": _lt(
        "%(months)s months are unpaid, but the sheet has no arrears: none are taken "
        "over."
    ),
    "arrears_missing": _lt("%(months)s months are unpaid, but the amount is missing."),
    "arrears_unchecked": _lt("Without a price the arrears could not be checked."),
    "arrears_differ": _lt(
        "%(given)s, but %(area)s m² × %(price)s × %(months)s months = %(expected)s."
    ),
    "arrears_of_no_month": _lt("%(given)s of arrears, but no month is unpaid."),
    "billed_already": _lt(
        "Billed already by a billing run or an invoice of this unit: %(months)s."
    ),
    "no_developer": _lt(
        "The developer owes this, but the community has none: set it before importing."
    ),
    "nobody_pays": _lt("Without an owner nobody can owe or have paid this."),
    "ahead_unpriced": _lt(
        "Paid %(months)s months ahead; without a price their value is not posted."
    ),
    "namesake": _lt(
        "Same name as in row %(other)s, but no phone in common: taken for another "
        "person."
    ),
    "owner_changes": _lt("The owner was %(old)s so far; this row makes it %(new)s."),
    "opening_differs": _lt(
        "The arrears brought in before were %(old)s, the sheet says %(new)s: the "
        "invoices stay as they are."
    ),
    "not_xlsx": _lt("This is not an Excel workbook (.xlsx). Save it as .xlsx first."),
    "no_header": _lt(
        "No header row was found: a row must name at least the room (房號, Room) and "
        "the area (建築面積, Area)."
    ),
}


def message(env, code, values=None):
    """The text of ``code`` in the language of ``env``."""
    return env._(MESSAGES[code]) % (values or {})
