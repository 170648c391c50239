"""Workbooks that the import hands out: the empty template, the list of messages."""

import io

import xlsxwriter

from odoo.tools.translate import LazyTranslate

from .ledger_cells import STATUSES, UNIT_TYPES
from .ledger_headers import TEMPLATE

_lt = LazyTranslate(__name__)

LAST_ROW = 100_000  # down to which the lists of choices reach
# Column by column as in TEMPLATE.
COMMENTS = (
    _lt("Optional where the community is a single building."),
    _lt("Required; once per building."),
    _lt("Leave empty on unsold units: the developer pays."),
    _lt("Several numbers: separate them with /."),
    _lt("Where letters reach the owner."),
    _lt("Required, in square metres."),
    _lt("Choose from the list."),
    _lt("Choose from the list."),
    _lt("A date, or 2024-03-15, 2024/03/15, 2024年3月15日."),
    _lt("Per square metre and month."),
    _lt("The last month paid: 2026-09 or 2026年9月."),
    _lt("From the month after the last one paid to the month of the ledger."),
    _lt("Area × price × months."),
    _lt("Anything else to know about the unit."),
)
CHOICES = {6: UNIT_TYPES, 7: STATUSES}
SCRIPTS = ("zh_TW", "zh_CN")


def choices(table, lang):
    """The words the template offers for a column, each of which can be read again."""
    if lang in SCRIPTS:
        return [words.split()[SCRIPTS.index(lang)] for words in table.values()]
    return [key.replace("delivered_", "").replace("_", " ") for key in table]


def template(env):
    """An empty ledger in the user's language, with hints and lists of choices.

    :return: the bytes of an .xlsx file
    """
    lang = env.lang if env.lang in TEMPLATE else "en_US"
    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        sheet = book.add_worksheet(env._("Owner Ledger"))
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
        text = book.add_format({"num_format": "@"})
        for column, header in enumerate(TEMPLATE[lang].split(",")):
            sheet.write_string(0, column, header, bold)
            sheet.write_comment(0, column, env._(COMMENTS[column]))
            # text, or a spreadsheet turns 2026-09 into a day and 0912… into a number
            sheet.set_column(column, column, 16, text if column in (1, 3, 10) else None)
            if column in CHOICES:
                sheet.data_validation(
                    1,
                    column,
                    LAST_ROW,
                    column,
                    {
                        "validate": "list",
                        "source": choices(CHOICES[column], lang),
                        "error_type": "warning",
                    },
                )
        sheet.freeze_panes(1, 0)
    return output.getvalue()


def message_list(env, record):
    """The errors and warnings of an import, row by row.

    :return: the bytes of an .xlsx file
    """
    severities = dict(
        env["property.ledger.import.line"]
        ._fields["severity"]
        ._description_selection(env)
    )
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(env._("Messages"))
        sheet.set_column(0, 2, 14)
        sheet.set_column(3, 3, 80)
        headers = (env._("Row"), env._("Column"), env._("Severity"), env._("Message"))
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header)
        for number, line in enumerate(record.line_ids, start=1):
            sheet.write_number(number, 0, line.row)
            # as strings: what came from a file must not become a formula
            sheet.write_string(number, 1, line.column or "")
            sheet.write_string(number, 2, severities[line.severity])
            sheet.write_string(number, 3, line.message)
        sheet.autofilter(0, 0, len(record.line_ids), 3)
    return output.getvalue()
