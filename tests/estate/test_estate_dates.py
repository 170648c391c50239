from datetime import date

from odoo.tests import BaseCase, tagged

from ...models.estate.dates import days_in, months_between, natural_key, overlap


@tagged("post_install", "-at_install")
class TestDates(BaseCase):
    def test_months_count_calendar_months_not_days(self):
        # One day apart, yet another month; and 30 days apart in the same month.
        self.assertEqual(months_between(date(2024, 1, 31), date(2024, 2, 1)), 1)
        self.assertEqual(months_between(date(2024, 1, 1), date(2024, 1, 31)), 0)

    def test_months_cross_years_and_run_backwards(self):
        # November 2023 to February 2025: 2 months to January 2024, 13 more.
        self.assertEqual(months_between(date(2023, 11, 5), date(2025, 2, 1)), 15)
        self.assertEqual(months_between(date(2024, 3, 31), date(2024, 1, 1)), -2)

    def test_both_ends_count_as_days(self):
        self.assertEqual(days_in(date(2024, 5, 7), date(2024, 5, 7)), 1)
        # 28 and 29 February, 1 March; the 29th is missing in 2023.
        self.assertEqual(days_in(date(2024, 2, 28), date(2024, 3, 1)), 3)
        self.assertEqual(days_in(date(2023, 2, 28), date(2023, 3, 1)), 2)

    def test_overlap_with_open_ends(self):
        month = date(2024, 2, 1), date(2024, 2, 29)
        self.assertEqual(overlap(None, None, *month), month)
        self.assertEqual(
            overlap(None, date(2024, 2, 10), *month), (month[0], date(2024, 2, 10))
        )
        self.assertEqual(
            overlap(date(2024, 2, 20), False, *month), (date(2024, 2, 20), month[1])
        )

    def test_overlap_of_one_day_and_of_none(self):
        month = date(2024, 2, 1), date(2024, 2, 29)
        leap_day = date(2024, 2, 29)
        self.assertEqual(overlap(leap_day, None, *month), (leap_day, leap_day))
        self.assertIsNone(overlap(date(2024, 3, 1), None, *month))
        self.assertIsNone(overlap(None, date(2024, 1, 31), *month))

    def test_natural_order_of_rooms(self):
        rooms = [("10", "101"), ("2", "1001"), ("2", "201"), ("2", "B1"), ("A", None)]
        self.assertEqual(
            sorted(rooms, key=lambda names: natural_key(*names)),
            [("2", "201"), ("2", "1001"), ("2", "B1"), ("10", "101"), ("A", None)],
        )
