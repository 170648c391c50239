from datetime import date, datetime
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.wizards.estate import ledger_cells as cells
from odoo.addons.property_fee_collection.wizards.estate.ledger_money import (
    monthly_shares,
)


@tagged("post_install", "-at_install")
class TestLedgerCells(BaseCase):
    def check(self, reader, expected, *values):
        for value in values:
            with self.subTest(value=value):
                self.assertEqual(reader(value), expected)

    def refuse(self, reader, *values):
        for value in values:
            with self.subTest(value=value), self.assertRaises(cells.Unreadable):
                reader(value)

    def test_dates(self):
        self.check(
            cells.read_date,
            date(2024, 3, 15),
            datetime(2024, 3, 15, 8, 30),
            date(2024, 3, 15),
            "2024/03/15",
            "2024/3/15",
            "2024年3月15日",
            "2024年03月15日",
            "2024-03-15",
            "2024.3.15",
            " 2024 年 3 月 15 日 ",
            "２０２４年３月１５日",  # full-width digits of a Chinese keyboard
            "2024-03-15 00:00:00",
            "民國113年3月15日",  # 1911 + 113
        )
        self.check(cells.read_date, None, None, "", "  ")
        self.refuse(
            cells.read_date, "2024-02-30", "2024-13-01", "15/03/2024", "春節", 45000
        )
        self.refuse(cells.read_date, "2024-03/15", "2024年3月")

    def test_months(self):
        self.check(
            cells.read_month,
            date(2026, 9, 1),
            "2026-09",
            "2026-9",
            "2026/09",
            "2026.9",
            "2026年9月",
            "2026年09月份",
            "2026年9月底",
            "202609",
            202609,
            202609.0,
            datetime(2026, 9, 1),
            datetime(2026, 9, 30),
            "2026-09-30",
            "2026年9月30日",
            "Sep 2026",
            "September 2026",
            "民國115年9月",
        )
        self.check(cells.read_month, None, None, " ")
        self.refuse(
            cells.read_month,
            "已繳清?",
            "2026-13",
            "2026-00",
            "2026",
            9,
            "9月",
            "Foo 2026",
        )

    def test_areas(self):
        self.check(
            cells.read_area,
            Decimal("91.25"),
            91.25,
            "91.25",
            "91.25㎡",
            "91.25 m²",
            "91.25平方米",
            "91.25 平方公尺",
            "９１.２５",
            "91.25 sqm",
        )
        self.check(cells.read_area, Decimal("1234.5"), "1,234.5㎡", 1234.5)
        self.check(cells.read_area, None, None, "")
        self.refuse(cells.read_area, "待測", "-5", -5, "30坪", "約90", "1,23", True)
        self.refuse(cells.read_area, "9o", "90~91", "㎡")

    def test_phones(self):
        self.check(
            cells.read_phones,
            ("13078106871",),
            "130 7810 6871",
            "13078106871",
            13078106871,
            13078106871.0,
            "130-7810-6871",
            "+86 130 7810 6871",
            "0086 13078106871",
        )
        self.check(
            cells.read_phones,
            ("13781366283", "15559123743"),
            "13781366283/15559123743",
            "13781366283、15559123743",
            "13781366283，15559123743",
            "13781366283；15559123743",
            "13781366283\n15559123743",
            "13781366283 15559123743",
            "137 8136 6283 / 155 5912 3743 / 13781366283",
        )
        self.check(cells.read_phones, ("0912345678",), "+886 912-345-678")
        self.check(cells.read_phones, (), None, "")
        self.refuse(cells.read_phones, "無", "-")

    def test_numbers(self):
        self.check(
            cells.read_number, Decimal("1549.58"), 1549.58, "1,549.58", "¥1549.58"
        )
        self.check(cells.read_price, Decimal("2.8"), 2.8, "2.8", "2.8元/㎡·月")
        self.check(cells.read_count, 7, 7, 7.0, "7", "7個月", "7 months")
        self.refuse(cells.read_number, "x", "1.2.3", ".", "1549,58")
        self.refuse(cells.read_count, 1.5, -1, "七")
        self.refuse(cells.read_price, -1)

    def test_impossible_numbers_and_days(self):
        """Readable, but beyond 10¹² of money, 1,000,000 m², 600 months, 1950–2100."""
        for reader, values in (
            (cells.read_number, ("1e400", 10**12, "-1e12", "9" * 30)),
            (cells.read_price, ("1e12",)),
            (cells.read_area, ("1e400", 1_000_001)),
            (cells.read_count, (601, 25000, "25000個月")),
            (cells.read_date, (date(1949, 12, 31), datetime(2101, 1, 1), "1949/1/1")),
            (cells.read_month, (date(9999, 12, 31), "1949-12", "民國999年1月")),
            (cells.read_month, ("Jan 1949",)),
        ):
            for value in values:
                with self.subTest(value=value), self.assertRaises(cells.OutOfRange):
                    reader(value)
        self.check(cells.read_area, Decimal(1_000_000), 1_000_000)
        self.check(cells.read_count, 600, 600)
        self.check(cells.read_date, date(1950, 1, 1), "1950-01-01")
        self.check(cells.read_month, date(2100, 12, 1), date(2100, 12, 31))

    def test_words(self):
        """Both scripts, English, and the names of the values themselves."""
        for status, words in {
            "unsold": "未售 unsold Unsold",
            "undelivered": "未交付 Undelivered undelivered",
            "delivered_vacant": "空置 Vacant delivered_vacant",
            "decorating": "裝修中 装修中 Decorating",
            "owner_occupied": "自住 Owner-occupied owner_occupied",
            "leased": "出租 Leased",
        }.items():
            self.check(cells.read_status, status, *words.split())
        for unit_type, words in {
            "residential": "住宅 Residential",
            "shop": "商鋪 商铺 Shop",
            "parking": "車位 车位 Parking",
            "office": "辦公 办公 Office",
        }.items():
            self.check(cells.read_unit_type, unit_type, *words.split())
        self.refuse(cells.read_status, "閒置?")
        self.refuse(cells.read_unit_type, "城堡")

    def test_title_month(self):
        september = date(2026, 9, 1)
        self.assertEqual(cells.title_month(["截至 2026年9月", None]), september)
        self.assertEqual(cells.title_month([None, "As of 2026-09"]), september)
        self.assertEqual(cells.title_month(["截至2026年9月30日"]), september)
        self.assertIsNone(cells.title_month(["2026年9月", "業主台賬"]))
        self.assertIsNone(cells.title_month(["截至 2026年13月"]))

    def test_monthly_shares(self):
        """1,549.58 / 7 = 221.368571…; the running total rounds to 221.37, 442.74,
        664.11, 885.47, 1106.84, 1328.21, 1549.58."""
        shares = monthly_shares(Decimal("1549.58"), 7, Decimal("0.01"))
        self.assertEqual(
            [str(share) for share in shares],
            ["221.37", "221.37", "221.37", "221.36", "221.37", "221.37", "221.37"],
        )
        # 0.02 over three months: 0.0066…, 0.0133…, 0.02 → 0.01, 0.01, 0.02
        shares = monthly_shares(Decimal("0.02"), 3, Decimal("0.01"))
        self.assertEqual([str(share) for share in shares], ["0.01", "0.00", "0.01"])
        # a currency without decimals
        shares = monthly_shares(Decimal("100"), 3, Decimal("1"))
        self.assertEqual([int(share) for share in shares], [33, 34, 33])
