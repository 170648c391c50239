import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_headers import (
    TEMPLATE,
    find_columns,
)
from odoo.addons.property_fee_collection.wizards.estate.ledger_reader import (
    LedgerReader,
    NotALedger,
)

from .ledger_common import SEPTEMBER, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerReader(BaseCase):
    def rows_of(self, *rows, **options):
        return list(LedgerReader(workbook(*rows, **options)).rows(SEPTEMBER))

    def problems(self, *rows, **options):
        return [
            (issue.row, issue.field, issue.code, issue.severity)
            for row in self.rows_of(*rows, **options)
            for issue in row.issues
        ]

    def test_headers_in_both_scripts_and_english(self):
        traditional = "房號 建築面積 樓棟 業主姓名 聯絡電話 聯絡地址 房屋性質 入住狀態"
        traditional += " 交付日期 單價(元/㎡·月) 已繳至 欠費月數 欠費金額 備註"
        simplified = "房号 建筑面积 楼栋 业主姓名 联系电话 联系地址 房屋性质 入住状态"
        simplified += " 交付日期 单价(元/㎡·月) 已缴至 欠费月数 欠费金额 备注"
        english = [
            "Room No.",
            "Floor Area (m²)",
            "Building",
            "Owner Name",
            "Phone",
            "Address",
            "Type",
            "Status",
            "Handover Date",
            "Unit Price",
            "Paid Through",
            "Months in Arrears",
            "Arrears Amount",
            "Remarks",
        ]
        values = ["101", 80, "1", "A", 13800000000, "B", "住宅", "自住"]
        values += [datetime(2024, 3, 15), 2, "2026-08", 1, 160, "C"]
        for header in (traditional, simplified, english):
            with self.subTest(header=header):
                (row,) = self.rows_of(values, header=header)
                self.assertFalse(row.issues)
                self.assertEqual(
                    (row.room, row.area, row.building, row.owner, row.phones),
                    ("101", Decimal(80), "1", "A", ("13800000000",)),
                )
                self.assertEqual(
                    (row.address, row.unit_type, row.status, row.handover, row.price),
                    (
                        "B",
                        "residential",
                        "owner_occupied",
                        date(2024, 3, 15),
                        Decimal(2),
                    ),
                )
                self.assertEqual(
                    (row.paid_to, row.months, row.arrears, row.note),
                    (date(2026, 8, 1), 1, Decimal(160), "C"),
                )

    def test_template_headers_are_all_understood(self):
        for lang, words in TEMPLATE.items():
            with self.subTest(lang=lang):
                self.assertEqual(len(find_columns(words.split(","))), 14)

    def test_columns_in_any_order(self):
        (row,) = self.rows_of(
            ["自住", "2026-09", 55, "9"], header="入住狀態 已繳至 面積 房號"
        )
        self.assertEqual((row.room, row.area), ("9", Decimal(55)))
        self.assertEqual(row.status, "owner_occupied")
        self.assertEqual(row.paid_to, date(2026, 9, 1))

    def test_title_rows_blank_rows_and_total_row(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["業主台賬"])
        sheet.append([])
        sheet.append(["截至 2026年8月"])
        sheet.append(["序號", "房號", "面積"])
        sheet.append([1, "101", 80])
        sheet.append([])
        sheet.append([2, "102", 90])
        sheet.append(["合計", None, 170])
        reader = self.reader_of(book)
        self.assertEqual(reader.as_of, date(2026, 8, 31))
        rows = list(reader.rows(reader.as_of))
        self.assertEqual(
            [(row.number, row.room) for row in rows], [(5, "101"), (7, "102")]
        )

    def reader_of(self, book):
        output = io.BytesIO()
        book.save(output)
        return LedgerReader(output.getvalue())

    def test_second_sheet(self):
        book = openpyxl.Workbook()
        book.active.append(["說明", "見下頁"])
        sheet = book.create_sheet()
        sheet.append(["Room", "Area"])
        sheet.append(["7", 70])
        rows = list(self.reader_of(book).rows(SEPTEMBER))
        self.assertEqual([row.room for row in rows], ["7"])

    def test_no_ledger(self):
        for content in (b"", b"room,area\n1,2", b"PK\x03\x04 broken"):
            with self.subTest(content=content), self.assertRaises(NotALedger) as caught:
                LedgerReader(content)
            self.assertEqual(caught.exception.args[0], "not_xlsx")
        with self.assertRaises(NotALedger) as caught:
            LedgerReader(workbook([1, 2], header="房號 業主"))
        self.assertEqual(caught.exception.args[0], "no_header")

    def test_rooms_as_numbers(self):
        rows = self.rows_of(["1", 101, 80], ["1", 101.0, 80], header="棟 房號 面積")
        self.assertEqual([row.room for row in rows], ["101", "101"])
        self.assertEqual(rows[1].issues[0].values, {"room": "101", "first": 2})

    def test_missing_and_unreadable(self):
        self.assertEqual(
            self.problems(
                unit_row("1"),
                unit_row(None),
                unit_row("3", building=None),
                unit_row("4", area=None),
                unit_row("5", area="待測"),
                unit_row("6", area=-1),
                unit_row("7", type="城堡"),
                unit_row("8", status="?"),
                unit_row("9", paidthrough="已繳清?"),
                unit_row("10", phone="無"),
                unit_row("1"),
            ),
            [
                (3, "room", "missing_room", "error"),
                (4, "building", "missing_building", "error"),
                (5, "area", "missing_area", "error"),
                (6, "area", "unreadable_area", "error"),
                (7, "area", "unreadable_area", "error"),
                (8, "unit_type", "unreadable_unit_type", "error"),
                (9, "status", "unreadable_status", "error"),
                (10, "paid_to", "unreadable_paid_to", "error"),
                (11, "phones", "unreadable_phones", "warning"),
                (12, "room", "room_again", "error"),
            ],
        )

    def test_same_room_of_another_building_and_no_building(self):
        self.assertFalse(self.problems(unit_row("1"), unit_row("1", building="2")))
        self.assertFalse(self.problems(["1", 80], header="房號 面積"))

    def test_parking_needs_no_area(self):
        (row,) = self.rows_of(unit_row("P1", area=None, type="車位"))
        self.assertEqual((row.area, row.issues), (Decimal(0), []))

    def test_arrears_against_area_price_months(self):
        """100 m² × 2.00 × 3 months = 600.00; one cent of difference is let pass."""
        owing = {"paidthrough": "2026-06", "monthsinarrears": 3}
        self.assertEqual(
            self.problems(
                unit_row("1", arrears=600, **owing),
                unit_row("2", arrears="600.01", **owing),
                unit_row("3", arrears=599.99, **owing),
                unit_row("4", arrears=600.02, **owing),
                unit_row("5", arrears=599.98, **owing),
                unit_row("6", arrears=None, **owing),
                unit_row("7", arrears=-600, **owing),
                unit_row("8", arrears=600),  # paid through 2026-09: nothing unpaid
            ),
            [
                (5, "arrears", "arrears_differ", "error"),
                (6, "arrears", "arrears_differ", "error"),
                (7, "arrears", "arrears_missing", "error"),
                (8, "arrears", "arrears_differ", "error"),
                (9, "arrears", "arrears_of_no_month", "error"),
            ],
        )

    def test_months_against_paid_through(self):
        """Paid through June, ledger of September: July, August, September are three."""
        self.assertEqual(
            self.problems(
                unit_row("1", paidthrough="2026-06", monthsinarrears=4, arrears=800),
                unit_row("2", paidthrough="2026-12", monthsinarrears=3, arrears=600),
                unit_row("3", paidthrough=None, arrears=600),
            ),
            [
                (2, "months", "months_differ", "error"),
                (3, "months", "months_differ", "error"),
                (4, "arrears", "months_unknown", "error"),
            ],
        )

    def test_months_alone_count_back_from_the_ledger(self):
        (row,) = self.rows_of(
            unit_row("1", paidthrough=None, monthsinarrears=2, arrears=400)
        )
        self.assertEqual(
            row.unpaid_months(SEPTEMBER), [date(2026, 8, 1), date(2026, 9, 1)]
        )

    def test_without_arrears_columns_there_are_none(self):
        header = "room area price paidthrough"
        self.assertEqual(
            self.problems(["1", 100, 2, "2026-06"], header=header),
            [(2, "paid_to", "arrears_not_given", "warning")],
        )
        (row,) = self.rows_of(["1", 100, 2, "2026-06"], header=header)
        self.assertEqual((row.months, row.arrears), (0, Decimal(0)))

    def test_months_without_amount_column(self):
        header = "room area price paidthrough monthsinarrears"
        (row,) = self.rows_of(["1", 100, 2, "2026-06", 3], header=header)
        self.assertEqual((row.issues, row.arrears), ([], Decimal(600)))

    def test_arrears_without_price(self):
        row = unit_row("1", price=None, paidthrough="2026-08", arrears=200)
        self.assertEqual(
            self.problems(row), [(2, "price", "arrears_unchecked", "warning")]
        )

    def test_across_a_year(self):
        """Paid through November 2025: December to September are ten months."""
        (row,) = self.rows_of(unit_row("1", paidthrough="2025年11月", arrears=2000))
        months = row.unpaid_months(SEPTEMBER)
        self.assertEqual((len(months), months[0]), (10, date(2025, 12, 1)))
        self.assertEqual(months[-1], date(2026, 9, 1))

    def test_months_ahead(self):
        (row,) = self.rows_of(unit_row("1", paidthrough="2027-03"))
        self.assertEqual(row.months_ahead(SEPTEMBER), 6)
        self.assertEqual(row.paid_through, date(2027, 3, 31))
