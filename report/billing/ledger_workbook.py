"""The owner payment ledger as an XLSX file, written row by row. No record."""

from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

MAX_ROWS = 1_048_576 - 100  # of a sheet, room left for totals and signatures
PAPER_A4 = 9
WIDTHS = {"text": 14, "number": 10, "money": 13, "date": 11, "long": 24, "count": 9}


class Column(NamedTuple):
    """``kind`` is text, long (a wide text), number, money, count or date (a serial
    number of the spreadsheet).

    ``plus`` and ``minus`` name the columns that a formula column is made of.
    """

    name: str
    title: str
    kind: str
    plus: tuple = ()
    minus: tuple = ()


class LedgerWorkbook:
    """Writes in ``constant_memory`` mode: rows only go forward, none is kept.

    :param stream: a path or a binary file that the workbook goes to
    :param digits: decimals of the currency
    """

    def __init__(self, stream, columns, *, sheet_name, digits, frozen=0):
        self.book = xlsxwriter.Workbook(
            stream, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        )
        self.sheet = self.book.add_worksheet(sheet_name)
        self.columns = columns
        self.frozen = frozen
        self.digits = digits
        self.row = 0
        self.first_row = 0
        self.totals = {
            index: 0.0 for index, column in enumerate(columns) if column.kind == "money"
        }
        self._make_formats()
        self._set_page()

    def _make_formats(self):
        money = "#,##0" + ("." + "0" * self.digits if self.digits else "")
        add = self.book.add_format
        self.title_format = add({"bold": True, "font_size": 14})
        self.note_format = add({"font_color": "#555555"})
        self.header_format = add(
            {"bold": True, "bg_color": "#E7EDF4", "border": 1, "text_wrap": True,
             "valign": "vcenter", "align": "center"}
        )  # fmt: skip
        self.formats = {
            "text": None,
            "long": None,
            "count": None,
            "number": add({"num_format": "#,##0.######"}),
            "money": add({"num_format": money}),
            "date": add({"num_format": "yyyy-mm-dd", "align": "center"}),
        }
        total = {"bold": True, "top": 6, "num_format": money}
        self.total_format = add(total)
        self.line_format = add({"bottom": 1})

    def _set_page(self):
        sheet = self.sheet
        for index, column in enumerate(self.columns):
            sheet.set_column(index, index, WIDTHS[column.kind])
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")

    def write_head(self, title, lines):
        """Title and lines above the table, then its header."""
        self.sheet.write_string(0, 0, title, self.title_format)
        for text in lines:
            self.row += 1
            self.sheet.write_string(self.row, 0, text)
        self.row += 2
        self.sheet.set_row(self.row, 32)
        for index, column in enumerate(self.columns):
            self.sheet.write_string(self.row, index, column.title, self.header_format)
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, self.frozen)
        self.first_row = self.row

    def write_rows(self, rows):
        """Write a list of tuples in the order of the columns; None is an empty cell.

        :raises OverflowError: when the sheet is full
        """
        writers, row = self._writers(), self.row
        for index in self.totals:
            self.totals[index] += sum(values[index] or 0.0 for values in rows)
        for values in rows:
            for index, write, cell_format in writers:
                value = values[index]
                if value is not None:
                    write(row, index, value, cell_format)
            row += 1
            if row > MAX_ROWS:
                raise OverflowError
        self.row = row

    def _writers(self):
        """(column, method, format) per column. Texts are written as texts, so that a
        name like =1+1 never becomes a formula."""
        sheet = self.sheet
        methods = {
            "text": sheet.write_string,
            "long": sheet.write_string,
        }
        return [
            (
                index,
                self._formula_writer(column)
                if column.plus
                else methods.get(column.kind, sheet.write_number),
                self.formats[column.kind],
            )
            for index, column in enumerate(self.columns)
        ]

    def _formula_writer(self, column):
        place = {other.name: index for index, other in enumerate(self.columns)}
        letters = {
            name: xl_rowcol_to_cell(0, index)[:-1] for name, index in place.items()
        }
        terms = "+".join(f"{letters[name]}{{0}}" for name in column.plus)
        terms += "".join(f"-{letters[name]}{{0}}" for name in column.minus)
        formula = f"=ROUND({terms},{self.digits})".format
        write = self.sheet.write_formula

        def write_row_formula(row, index, value, cell_format):
            write(row, index, formula(row + 1), cell_format, value)

        return write_row_formula

    def write_totals(self, label):
        """One =SUM per money column, its present value stored beside the formula."""
        last = self.row - 1
        self.sheet.autofilter(
            self.first_row - 1, 0, max(last, self.first_row - 1), len(self.columns) - 1
        )
        for index in range(len(self.columns)):
            self.sheet.write_blank(self.row, index, None, self.total_format)
        self.sheet.write_string(self.row, 0, label, self.total_format)
        for index, value in self.totals.items():
            self._write_sum(index, last, round(value, self.digits))
        self.row += 1

    def _write_sum(self, index, last, value):
        if last < self.first_row:
            self.sheet.write_number(self.row, index, 0, self.total_format)
            return
        cells = (
            xl_rowcol_to_cell(self.first_row, index),
            xl_rowcol_to_cell(last, index),
        )
        self.sheet.write_formula(
            self.row, index, f"=SUM({cells[0]}:{cells[1]})", self.total_format, value
        )

    def write_signatures(self, signatures):
        """``signatures``: (role, name and time or an empty line) pairs."""
        self.row += 1
        for role, signed in signatures:
            self.sheet.set_row(self.row, 24)
            self.sheet.write_string(self.row, 0, role)
            for index in range(2, 6):
                self.sheet.write_blank(self.row, index, None, self.line_format)
            self.sheet.write_string(self.row, 2, signed, self.line_format)
            self.row += 1

    def write_notes(self, notes):
        self.row += 1
        for note in notes:
            self.sheet.write_string(self.row, 0, note, self.note_format)
            self.row += 1

    def close(self):
        self.book.close()
