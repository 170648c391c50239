"""What the user reads about a cell of a bank's list, by the issue's code. Lazy:
translated into the reader's language when shown."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_MONEY = _lt("“%(value)s” is not a sum such as 1,280.00 or (1,280.00).")

MESSAGES = {
    "unreadable_date": _lt(
        "“%(value)s” is not a day such as 2026-11-24, 20261124, 2026年11月24日 or "
        "115/11/24."
    ),
    "unreadable_amount": _MONEY,
    "unreadable_credit": _MONEY,
    "unreadable_debit": _MONEY,
    "unreadable_side": _lt("“%(value)s” does not say whether money came or went."),
    "missing_date": _lt("The day is missing."),
    "missing_amount": _lt("The sum is missing or zero."),
    "both_sides": _lt("Money both came and went in this row."),
    "other_currency": _lt("“%(value)s” is not the currency of the account."),
    "future": _lt("%(day)s is still to come."),
    "locked": _lt("The books are closed for %(day)s."),
    "old_excel": _lt(
        "This is an old Excel file (.xls). Save it as .xlsx or .csv first."
    ),
    "damaged": _lt("The file is damaged or no .xlsx or .csv file."),
    "no_header": _lt(
        "No header row was found: a row must name the day (交易日期, Date) and the sum "
        "(金額, 贷方金额, Amount, Credit)."
    ),
}


def message(env, code, values=None):
    """The text of ``code`` in the language of ``env``."""
    return env._(MESSAGES[code]) % (values or {})
