from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_reader import (
    LedgerReader,
)

from .ledger_common import SEPTEMBER, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerOddRows(BaseCase):
    """Rows that can be read but cannot be: said in the preview, not by a crash."""

    def rows_of(self, *rows, **options):
        return list(LedgerReader(workbook(*rows, **options)).rows(SEPTEMBER))

    def problems(self, *rows, **options):
        return [
            (issue.row, issue.field, issue.code, issue.severity)
            for row in self.rows_of(*rows, **options)
            for issue in row.issues
        ]

    def test_arrears_without_an_unpaid_month(self):
        """A cent is nothing; more is an error, with or without a price. A negative cent
        where area × price × months is nothing is none either."""
        rows = self.rows_of(
            unit_row("1", arrears=0.01),
            unit_row("2", arrears=-0.01),
            unit_row("3", price=None, monthsinarrears=0, arrears=50),
            unit_row("4", paidthrough=None, monthsinarrears=0, arrears=50),
            unit_row("5", arrears=-50),
            unit_row(
                "6", price=0, paidthrough="2026-08", monthsinarrears=1, arrears=-0.01
            ),
        )
        self.assertEqual(
            [[issue.code for issue in row.issues] for row in rows],
            [[], [], *3 * [["arrears_of_no_month"]], []],
        )
        self.assertEqual([row.arrears for row in rows if row.is_valid], 3 * [0])

    def test_absurd_figures(self):
        """A unit of nothing, 920 unpaid months from 1950-02 to 2026-09, and
        1,000,000 m² × 900,000 × 3 months = 2.7 · 10¹²."""
        self.assertEqual(
            self.problems(
                unit_row("1", area="1e400"),
                unit_row("2", area=0),
                unit_row("3", area="0.00001"),
                unit_row("4", paidthrough=None, monthsinarrears=25000, arrears=1),
                unit_row("5", paidthrough="1949-12"),
                unit_row("6", paidthrough=datetime(2101, 1, 1)),
                unit_row("7", price="1e13"),
                unit_row("8", arrears="1e400"),
                unit_row("9", paidthrough="1950-01"),
                unit_row("10", area=1e6, price=9e5, paidthrough="2026-12"),
                unit_row("11", area=0, type="車位"),
            ),
            [
                (2, "area", "range_area", "error"),
                (3, "area", "range_area", "error"),
                (4, "area", "range_area", "error"),
                (5, "months", "range_months", "error"),
                (6, "paid_to", "range_paid_to", "error"),
                (7, "paid_to", "range_paid_to", "error"),
                (8, "price", "range_price", "error"),
                (9, "arrears", "range_arrears", "error"),
                (10, "paid_to", "range_months", "error"),
                (11, "price", "range_price", "error"),
            ],
        )
        header = "room area handover"
        self.assertEqual(
            self.problems(["1", 80, date(1900, 1, 1)], header=header),
            [(2, "handover", "range_handover", "error")],
        )

    def test_one_room_in_two_spellings(self):
        self.assertEqual(
            self.problems(
                unit_row("101", building="1棟"),
                unit_row("101", building="1 棟"),
                unit_row("1 01", building="1棟"),
                unit_row("b1", building="A棟"),
                unit_row("B1", building="a棟"),
                unit_row("Ｂ１", building="Ａ棟"),
                unit_row("102", building="1 棟"),
            ),
            [(row, "room", "room_again", "error") for row in (3, 4, 6, 7)],
        )
