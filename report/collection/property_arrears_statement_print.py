from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

from .arrears_columns import AGES

MONEY, TEXT, CENTER = "o_number", "", "o_center"
FEW_UNITS = 4
# Millimetres of an A3 sheet across; money columns share what is left.
WIDTHS = {
    "unit_names": 24,
    "partner_name": 27,
    "months": 25,
    "months_unpaid": 12,
    "reason": 16,
    "notice": 24,
    "promise": 19,
    "user_id": 17,
}
MONEY_WIDTH = 15
ROLL = (
    "opening_current_year",
    "opening_earlier",
    "billed",
    "received_current",
    "received_earlier",
    "adjusted",
    "closing",
)


class PrintColumn(NamedTuple):
    title: str
    width: int


class PropertyArrearsStatement(models.Model):
    """The statement on paper, A3 across (procedure, section 3)."""

    _inherit = "property.arrears.statement"

    def action_print(self):
        """Print the statement as PDF."""
        if not all(statement.computed_on for statement in self):
            raise UserError(self.env._("Compute the statement first."))
        report = self.env.ref("property_fee_collection.action_report_arrears")
        return report.report_action(self, config=False)

    def _print_names(self):
        """Fields and groups of fields in the order of the columns."""
        names = ["unit_names", "partner_name", *ROLL, "months", "months_unpaid", *AGES]
        if self.difference_count:
            names.append("difference")
        return [*names, "reason", "notice", "promise", "user_id"]

    def _print_columns(self):
        titles = self.env["property.arrears.line"].fields_get([], ["string"])
        composed = {
            "months": self.env._("From – To"),
            "notice": self.env._("Last Notice"),
            "promise": self.env._("Promise"),
            "months_unpaid": self.env._("Months"),
        }
        return [
            PrintColumn(
                composed.get(name) or titles[name]["string"],
                WIDTHS.get(name, MONEY_WIDTH),
            )
            for name in self._print_names()
        ]

    def _print_rows(self):
        """Rows of (text, CSS class), as the columns stand."""
        names = self._print_names()
        reasons = self.env["property.arrears.line"]._fields["reason"]
        labels = dict(reasons._description_selection(self.env))
        money = self._money_format()
        for lines in self._line_chunks():
            for line in lines:
                yield [self._print_cell(line, name, labels, money) for name in names]

    def _money_format(self):
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        digits = f"%.{self.currency_id.decimal_places}f"
        return lambda amount: lang.format(digits, amount, grouping=True)

    def _print_cell(self, line, name, labels, money):
        compose = getattr(self, f"_print_{name}", None)
        if compose:
            return compose(line, labels, money)
        amount = line[name]
        css = "o_number o_wrong" if name == "difference" and amount else MONEY
        return money(amount) if amount else "", css

    def _print_unit_names(self, line, labels, money):
        names = (line.unit_names or "").split(", ")
        if len(names) <= FEW_UNITS:
            return line.unit_names or "", TEXT
        text = self.env._(
            "%(names)s and others, %(count)s units in all",
            names=", ".join(names[:FEW_UNITS]),
            count=len(names),
        )
        return text, TEXT

    def _print_partner_name(self, line, labels, money):
        return line.partner_name or "", TEXT

    def _print_months(self, line, labels, money):
        ends = [day.strftime("%Y-%m") for day in (line.date_from, line.date_to) if day]
        return " – ".join(dict.fromkeys(ends)), CENTER

    def _print_months_unpaid(self, line, labels, money):
        return line.months_unpaid or "", CENTER

    def _print_reason(self, line, labels, money):
        return labels.get(line.reason, ""), TEXT

    def _print_notice(self, line, labels, money):
        parts = line.last_notice_name, line.last_notice_date
        return " ".join(str(part) for part in parts if part), TEXT

    def _print_promise(self, line, labels, money):
        if not line.promise_date:
            return "", TEXT
        return f"{line.promise_date} {money(line.promise_amount)}", TEXT

    def _print_user_id(self, line, labels, money):
        # sudo: colleagues' names may be hidden from the reader, here they stand.
        return line.user_id.sudo().name or "", TEXT

    def _print_totals(self):
        names = [*ROLL, *AGES, "difference"]
        [sums] = self.env["property.arrears.line"]._read_group(
            [("statement_id", "=", self.id)], [], [f"{name}:sum" for name in names]
        )
        totals, money = dict(zip(names, sums, strict=True)), self._money_format()
        return [
            (
                self.env._("Total")
                if name == "unit_names"
                else money(totals[name] or 0.0)
                if name in totals
                else "",
                MONEY if name in totals else TEXT,
            )
            for name in self._print_names()
        ]
