"""Tables of an evidence pack as XLSX. Pure: values in, bytes out."""

import io
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter

WIDTHS = {"date": 12, "time": 17, "money": 14}
MOST = 60


class Table(NamedTuple):
    """One sheet: its title, heads of its columns, and rows of plain values."""

    title: str
    heads: tuple
    rows: list


def workbook(tables, moment):
    """An XLSX file with a sheet for each table.

    :param moment: when it says it was made
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": moment})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E7EDF4", "border": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
    }
    for table in tables:
        _write(book.add_worksheet(table.title[:31]), table, styles)
    book.close()
    return stream.getvalue()


def _write(sheet, table, styles):
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, table.heads, styles["head"])
    for index, head in enumerate(table.heads):
        cells = [row[index] for row in table.rows]
        sheet.set_column(index, index, _width(head, cells))
    for number, row in enumerate(table.rows, 1):
        for index, value in enumerate(row):
            _cell(sheet, number, index, value, styles)


def _cell(sheet, row, column, value, styles):
    kind = _kind(value)
    if kind in ("date", "time"):
        sheet.write_datetime(row, column, value, styles[kind])
    elif kind == "money":
        sheet.write_number(row, column, value, styles["money"])
    elif kind == "count":
        sheet.write_number(row, column, value)
    elif value:
        # As text: what begins with an equals sign is no formula.
        sheet.write_string(row, column, str(value), styles["text"])


def _kind(value):
    if isinstance(value, datetime):
        return "time"
    if isinstance(value, date):
        return "date"
    if isinstance(value, float):
        return "money"
    is_count = isinstance(value, int) and not isinstance(value, bool)
    return "count" if is_count else "text"


def _width(head, cells):
    kinds = [WIDTHS.get(_kind(cell), len(str(cell or ""))) for cell in cells]
    return min(MOST, max([len(head), 8, *kinds]) + 2)
