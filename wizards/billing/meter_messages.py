"""What the user reads about a cell of a sheet of readings, by the issue's code.

Lazy: translated into the reader's language when shown.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "unreadable_date": _lt(
        "“%(value)s” is not a date such as 2026-01-31, 2026/01/31 or 2026年1月31日."
    ),
    "unreadable_value": _lt("“%(value)s” is not a meter's count."),
    "unreadable_estimate": _lt("“%(value)s” is neither yes nor no."),
    "missing_meter": _lt("Neither a room number nor a serial number is given."),
    "missing_date": _lt("The day of the reading is missing."),
    "future": _lt("%(day)s is still to come."),
    "no_serial": _lt("No meter of this community has the serial number %(serial)s."),
    "serial_elsewhere": _lt("Meter %(serial)s belongs to %(unit)s."),
    "no_unit": _lt("No unit %(unit)s in this community."),
    "many_units": _lt("Room %(room)s is in several buildings: give the building."),
    "no_item": _lt("No fee item has the name or code “%(item)s”."),
    "no_meter": _lt("%(unit)s had no such meter on %(day)s."),
    "many_meters": _lt(
        "%(unit)s has several meters: give the fee item or the serial number."
    ),
    "not_installed": _lt("The meter was not installed on %(day)s."),
    "again": _lt("This meter and day is already in row %(first)s."),
    "differs": _lt("A reading of this day says %(known)s already: it stays as it is."),
    "backwards": _lt(
        "Less than %(known)s on %(day)s, and the meter does not roll over."
    ),
    "below_estimate": _lt(
        "Less than the estimate %(known)s on %(day)s: usage is zero until the count "
        "passes it."
    ),
    "rolled_over": _lt(
        "Less than %(known)s on %(day)s: taken for a meter that began at zero again."
    ),
    "above_next": _lt("More than %(known)s on the later day %(day)s."),
    "not_xlsx": _lt("This is not an Excel workbook (.xlsx). Save it as .xlsx first."),
    "no_header": _lt(
        "No header row was found: a row must name the reading (讀數, Reading) and the "
        "meter, by room (房號, Room) or serial number (表號, Meter No.)."
    ),
}


def message(env, code, values=None):
    """The text of ``code`` in the language of ``env``."""
    return env._(MESSAGES[code]) % (values or {})
