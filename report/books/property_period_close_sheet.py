import xlsxwriter

from odoo import models

from .property_period_close import ADVANCE, ARREARS, FURTHER, RATES

TIE = ("kind", "account_name", "ours", "ledger", "difference")
LINE = ("section", "building_id", "fee_item_id", "kind", "amount")
ADJUSTMENT = (
    "section",
    "cause",
    "move_name",
    "counter_name",
    "partner_id",
    "amount",
    "date",
    "user_id",
    "entered_on",
)
WIDTHS = {"monetary": 16, "date": 12, "datetime": 18}


class PropertyPeriodClose(models.Model):
    """The close as a workbook: sums and differences are formulas, so that whoever reads
    it can follow."""

    _inherit = "property.period.close"

    def action_download(self):
        """Download the close as XLSX."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/close/{self.id}.xlsx",
            "target": "download",
        }

    def _write_workbook(self, stream):
        """Write the close to a binary ``stream``."""
        self.ensure_one()
        book = xlsxwriter.Workbook(stream, {"remove_timezone": True})
        formats = self._formats(book)
        self._write_figures(book.add_worksheet(self.env._("Figures")), formats)
        self._write_rows(book, self.env._("Tie-out"), self.tie_ids, TIE, formats)
        self._write_rows(
            book, self.env._("Buildings and Items"), self.line_ids, LINE, formats
        )
        self._write_rows(
            book, self.env._("Adjustments"), self.adjustment_ids, ADJUSTMENT, formats
        )
        cash = self.cash_ids
        self._write_rows(
            book, self.env._("Staff Cash"), cash, cash._signed_names, formats
        )
        book.close()

    def _formats(self, book):
        digits = self.currency_id.decimal_places
        money = "#,##0" + ("." + "0" * digits if digits else "")
        add = book.add_format
        return {
            "title": add({"bold": True, "font_size": 14}),
            "head": add({"bold": True, "bg_color": "#E7EDF4", "border": 1}),
            "monetary": add({"num_format": money}),
            "total": add({"num_format": money, "bold": True, "top": 6}),
            "rate": add({"num_format": "0.0%"}),
            "date": add({"num_format": "yyyy-mm-dd"}),
            "datetime": add({"num_format": "yyyy-mm-dd hh:mm"}),
            "bold": add({"bold": True}),
            "line": add({"bottom": 1}),
        }

    def _write_figures(self, sheet, formats):
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 2, 20)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(
            0, 0, f"{self._document_title()} {self.name}", formats["title"]
        )
        sheet.write_string(1, 0, self.company_id.name)
        sheet.write_string(1, 1, self.currency_id.name)
        row = self._write_roll(sheet, 3, ARREARS, formats)
        row = self._write_roll(sheet, row + 1, ADVANCE, formats)
        for name in FURTHER:
            row += 1
            sheet.write_string(row, 0, self._label(name))
            sheet.write_number(row, 1, self[name], formats["monetary"])
        for name in RATES:
            row += 1
            sheet.write_string(row, 0, self._label(name))
            sheet.write_number(row, 1, self[name], formats["rate"])
        if self.explanation:
            row += 2
            sheet.write_string(row, 0, self._label("explanation"), formats["bold"])
            sheet.write_string(row, 1, self.explanation)
        for role, name, moment in self._document_signatures():
            row += 2
            sheet.write_string(row, 0, role)
            sheet.write_string(row, 1, name, formats["line"])
            sheet.write_string(row, 2, moment, formats["line"])
        sheet.write_string(row + 2, 0, f"SHA-256 {self.content_hash or ''}")

    def _write_roll(self, sheet, row, names, formats):
        """Opening to closing, the closing as a formula.

        :return: the row after it
        """
        terms = ""
        for name, sign in names:
            sheet.write_string(row, 0, f"{sign} {self._label(name)}".strip())
            if sign == "=":
                digits = self.currency_id.decimal_places
                formula = f"=ROUND({terms},{digits})"
                sheet.write_formula(row, 1, formula, formats["total"], self[name])
            else:
                sheet.write_number(row, 1, self[name], formats["monetary"])
                terms += ("-" if sign == "−" else "+") + f"B{row + 1}"
            row += 1
        return row

    def _write_rows(self, book, title, records, names, formats):
        sheet = book.add_worksheet(title)
        labels = records.fields_get(names, ["string", "type"])
        for column, name in enumerate(names):
            kind = labels[name]["type"]
            sheet.set_column(column, column, WIDTHS.get(kind, 26))
            sheet.write_string(0, column, labels[name]["string"], formats["head"])
        sheet.freeze_panes(1, 0)
        for row, record in enumerate(records, 1):
            for column, name in enumerate(names):
                self._write_cell(sheet, row, column, record, name, formats)
        if names == TIE:
            self._write_differences(sheet, records, formats)

    def _write_cell(self, sheet, row, column, record, name, formats):
        kind, value = record._fields[name].type, record[name]
        if kind == "monetary":
            sheet.write_number(row, column, value, formats[kind])
        elif not value:
            return
        elif kind in ("date", "datetime"):
            sheet.write_datetime(row, column, value, formats[kind])
        elif kind == "selection":
            sheet.write_string(row, column, self._choice(record, name))
        else:
            # sudo: names stand on the paper, whoever reads it.
            text = value if isinstance(value, str) else value.sudo().display_name
            sheet.write_string(row, column, text)

    def _write_differences(self, sheet, ties, formats):
        for row, tie in enumerate(ties, 1):
            sheet.write_formula(
                row, 4, f"=C{row + 1}-D{row + 1}", formats["monetary"], tie.difference
            )

    def _document_title(self):
        return self.env._("Period Close")
