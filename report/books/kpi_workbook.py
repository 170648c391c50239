"""The KPI workbook as an XLSX file with native charts. No record.

Numbers are numbers; every rate and every total is a formula over the cells beside or
above it, its present value stored with it.
"""

import re
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

HEAD, FIRST = 3, 4  # rows of the header and of the first figures
CHART = {"x_scale": 1.6, "y_scale": 1.25}
SHEET_LIMIT = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


class Column(NamedTuple):
    """``kind`` is text, money, count or rate; ``above`` and ``below`` name the columns
    that a rate is made of. ``is_summed``: adds up over months, too."""

    name: str
    title: str
    kind: str
    above: str = ""
    below: str = ""
    is_summed: bool = False


class KpiWorkbook:
    """:param stream: a path or a binary file that the workbook goes to"""

    def __init__(self, stream):
        self.book = xlsxwriter.Workbook(stream, {"constant_memory": True})
        add = self.book.add_format
        self.title = add({"bold": True, "font_size": 14})
        self.note = add({"font_color": "#555555"})
        self.header = add(
            {"bold": True, "bg_color": "#E7EDF4", "border": 1, "text_wrap": True,
             "valign": "vcenter", "align": "center"}
        )  # fmt: skip
        self.wrap = add({"text_wrap": True, "valign": "top"})
        self.strong = add({"bold": True, "valign": "top"})
        self.formats, self.names = {}, set()

    def sheet_name(self, name):
        """A name that spreadsheets take and that is not in use."""
        base = FORBIDDEN.sub(" ", name).strip()[:SHEET_LIMIT] or "-"
        found, number = base, 1
        while found.lower() in self.names:
            number += 1
            ending = f" {number}"
            found = base[: SHEET_LIMIT - len(ending)] + ending
        self.names.add(found.lower())
        return found

    def number_format(self, kind, digits, is_total=False):
        key = (kind, digits, is_total)
        if key not in self.formats:
            money = "#,##0" + ("." + "0" * digits if digits else "")
            pattern = {"money": money, "count": "#,##0", "rate": "0.0%"}.get(kind)
            look = {"num_format": pattern} if pattern else {}
            if is_total:
                look |= {"bold": True, "top": 6}
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]

    def add_sheet(self, name, title, note, columns):
        """A sheet with its head; rows follow from ``FIRST`` on, in order."""
        sheet = self.book.add_worksheet(self.sheet_name(name))
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, len(columns) - 1, 13)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, note, self.note)
        sheet.set_row(HEAD, 48)
        for index, column in enumerate(columns):
            sheet.write_string(HEAD, index, column.title, self.header)
        sheet.freeze_panes(FIRST, 1)
        return sheet

    def write_row(self, sheet, row, columns, values, digits):
        """:param values: {column name: value}; rates follow from the others"""
        for index, column in enumerate(columns):
            value = values.get(column.name)
            look = self.number_format(column.kind, digits)
            if column.kind == "text":
                sheet.write_string(row, index, value or "", look)
            elif column.kind == "rate" or column.above:
                self._write_ratio(sheet, row, index, columns, values, look)
            else:
                sheet.write_number(row, index, value or 0, look)

    def _write_ratio(self, sheet, row, index, columns, values, look):
        """Nothing, where it would be a division by nothing: charts show a gap."""
        column = columns[index]
        if not values.get(column.below):
            sheet.write_blank(row, index, None, look)
            return
        above, below = (
            xl_rowcol_to_cell(row, place(columns, name))
            for name in (column.above, column.below)
        )
        value = (values.get(column.above) or 0) / values[column.below]
        sheet.write_formula(row, index, f"={above}/{below}", look, value)

    def write_totals(self, sheet, row, columns, rows, label, digits, first=FIRST):
        """A row of sums and of ratios of the sums.

        :param rows: the values of the rows from ``first`` on; only ``is_summed``
            columns add up
        """
        summed = {column.name for column in columns if column.is_summed}
        sums = {name: sum(values.get(name) or 0 for values in rows) for name in summed}
        for index, column in enumerate(columns):
            look = self.number_format(column.kind, digits, is_total=True)
            if not index:
                sheet.write_string(row, 0, label, look)
            elif column.name in summed:
                cells = f"{xl_rowcol_to_cell(first, index)}:"
                cells += xl_rowcol_to_cell(row - 1, index)
                value = round(sums[column.name], 6)
                sheet.write_formula(row, index, f"=SUM({cells})", look, value)
            elif column.above in summed and column.below in summed:
                self._write_ratio(sheet, row, index, columns, sums, look)
            else:
                sheet.write_blank(row, index, None, look)

    def add_chart(self, sheet, row, col, kind, title, columns, names, rows):
        """A native chart of the columns ``names`` over the first one.

        :param kind: of xlsxwriter, with its subtype
        :param rows: first and last row of the figures
        """
        chart = self.book.add_chart(kind)
        for name in names:
            index = place(columns, name)
            series = {
                "name": [sheet.get_name(), HEAD, index],
                "categories": [sheet.get_name(), rows[0], 0, rows[1], 0],
                "values": [sheet.get_name(), rows[0], index, rows[1], index],
            }
            if kind["type"] == "line":
                series["marker"] = {"type": "circle", "size": 5}
            chart.add_series(series)
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        rate = columns[place(columns, names[0])].kind == "rate"
        chart.set_y_axis(
            {"num_format": "0%" if rate else "#,##0", "min": 0,
             "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
        )  # fmt: skip
        sheet.insert_chart(row, col, chart, CHART)

    def add_definitions(self, name, title, rows):
        """:param rows: [(figure, definition)]"""
        sheet = self.book.add_worksheet(self.sheet_name(name))
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, title, self.title)
        for row, (figure, definition) in enumerate(rows, 2):
            sheet.write_string(row, 0, figure, self.strong)
            sheet.write_string(row, 1, definition, self.wrap)

    def close(self):
        self.book.close()


def place(columns, name):
    return [column.name for column in columns].index(name)
