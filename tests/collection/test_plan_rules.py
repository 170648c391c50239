"""Arithmetic of instalments: pure functions."""

from datetime import date
from typing import NamedTuple

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.collection.instalments import (
    allocate,
    late,
    spread,
    state_on,
)


class Line(NamedTuple):
    date: date
    amount: float
    amount_paid: float = 0.0


@tagged("post_install", "-at_install")
class TestInstalmentRules(BaseCase):
    def test_spread_rounds_in_the_last(self):
        """1000.00 in three: 333.33 + 333.33 + 333.34."""
        self.assertEqual(
            spread(1000.0, 3, date(2026, 4, 10)),
            [
                (date(2026, 4, 10), 333.33),
                (date(2026, 5, 10), 333.33),
                (date(2026, 6, 10), 333.34),
            ],
        )

    def test_spread_at_month_ends(self):
        """From 31 January: the last day of the months that have no 31st, and the 31st
        of those that have."""
        days = [day for day, _amount in spread(40.0, 4, date(2026, 1, 31))]
        self.assertEqual(
            days,
            [
                date(2026, 1, 31),
                date(2026, 2, 28),
                date(2026, 3, 31),
                date(2026, 4, 30),
            ],
        )
        self.assertEqual(
            [day for day, _amount in spread(20.0, 2, date(2024, 2, 29), months=12)],
            [date(2024, 2, 29), date(2025, 2, 28)],
        )

    def test_spread_small_and_without_decimals(self):
        self.assertEqual([a for _d, a in spread(0.05, 1, date(2026, 1, 1))], [0.05])
        # 1001 yen in three: 333 + 333 + 335.
        amounts = [a for _d, a in spread(1001, 3, date(2026, 1, 1), digits=0)]
        self.assertEqual(amounts, [333, 333, 335])

    def test_allocate_oldest_first(self):
        amounts = [333.33, 333.33, 333.34]
        self.assertEqual(allocate(0.0, amounts), [0.0, 0.0, 0.0])
        self.assertEqual(allocate(400.0, amounts), [333.33, 66.67, 0.0])
        self.assertEqual(allocate(1000.0, amounts), amounts)
        # More than all, by rounding of a currency: nobody pays an instalment twice.
        self.assertEqual(allocate(1000.01, amounts), amounts)

    def test_late_from_the_day_after(self):
        lines = [Line(date(2026, 2, 10), 50.0, 20.0), Line(date(2026, 3, 10), 50.0)]
        self.assertEqual(late(lines, date(2026, 2, 10)), [])
        self.assertEqual(late(lines, date(2026, 2, 11)), lines[:1])
        self.assertEqual(late(lines, date(2026, 3, 11)), lines)

    def test_breaks_after_the_grace(self):
        """Due on 10 February 2026; thirty days later is 12 March, still running; on 13
        March, day 31, it is broken."""
        lines = [Line(date(2026, 2, 10), 50.0, 49.99)]
        self.assertEqual(state_on(lines, date(2026, 3, 12), 30), "running")
        self.assertEqual(state_on(lines, date(2026, 3, 13), 30), "broken")
        self.assertEqual(state_on(lines, date(2026, 2, 11), 0), "broken")
        self.assertEqual(state_on(lines, date(2026, 2, 10), 0), "running")

    def test_done_when_all_is_paid(self):
        lines = [Line(date(2026, 2, 10), 50.0, 50.0), Line(date(2027, 1, 1), 1.0, 1.0)]
        self.assertEqual(state_on(lines, date(2026, 1, 1), 30), "done")
        self.assertEqual(state_on(lines, date(2030, 1, 1), 30), "done")
