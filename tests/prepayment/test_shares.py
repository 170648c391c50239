from datetime import date

from odoo.tests import BaseCase, tagged

from ...models.prepayment.shares import Pot, part_of_month, split, take


@tagged("post_install", "-at_install")
class TestShares(BaseCase):
    """The arithmetic of shares, without a database."""

    def test_split(self):
        """10.00 over weights 1, 1, 1: 3.33, 3.33 and the rest."""
        self.assertEqual(split(10.0, [1, 1, 1], 0.01), [3.33, 3.33, 3.34])
        self.assertEqual(split(10.0, [5, 0], 0.01), [10.0, 0.0])
        self.assertEqual(split(10.0, [0, 0], 0.01), [10.0, 0.0])
        self.assertEqual(split(-0.05, [3, 1], 0.01), [-0.04, -0.01])
        self.assertEqual(split(7.0, [1, 2], 1.0), [2.0, 5.0])

    def test_part_of_month(self):
        """11 of 31 days of 252.82 are 89.71 (89.7103); 29 of the 29 days of a leap
        February are all of it, 28 are 244.10 (244.1021)."""
        january, february = date(2026, 1, 1), date(2028, 2, 1)
        self.assertEqual(part_of_month(252.82, january, date(2026, 1, 11), 0.01), 89.71)
        self.assertEqual(part_of_month(252.82, january, date(2025, 12, 31), 0.01), 0.0)
        self.assertEqual(
            part_of_month(252.82, january, date(2026, 1, 31), 0.01), 252.82
        )
        self.assertEqual(
            part_of_month(252.82, february, date(2028, 2, 28), 0.01), 244.1
        )
        self.assertEqual(
            part_of_month(252.82, february, date(2028, 2, 29), 0.01), 252.82
        )

    def test_take_ends_at_zero_in_both_currencies(self):
        """100.00 in three shares came in at 333.33: 33.33 × 3.3333 = 111.10 twice
        (111.0989 and, of what is left, 222.23 × 33.33 ÷ 66.67 = 111.0983), and the last
        share takes 111.13."""
        pots = [Pot(1, 1, 100.0, 333.33)]
        found = [
            take(pots, amount, is_last, 0.01, 0.01)[0][1:]
            for amount, is_last in ((33.33, False), (33.33, False), (33.34, True))
        ]
        self.assertEqual(found, [(33.33, 111.1), (33.33, 111.1), (33.34, 111.13)])
        self.assertEqual((pots[0].amount, pots[0].balance), (0.0, 0.0))
