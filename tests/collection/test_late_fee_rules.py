"""The late fee as arithmetic: pure functions (procedure, section 4)."""

from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.collection.late_fee import (
    Pause,
    late_fee,
    spread_held,
    unpaid_days,
)

DUE = date(2026, 1, 10)


@tagged("post_install", "-at_install")
class TestLateFeeRules(BaseCase):
    def test_in_segments_between_part_payments(self):
        """1,000.00 due on 10 January at 0.05 %, 400.00 paid on 20 January, the rest on
        10 February. The day of payment still counts: 11–20 January 10 days × 1000 =
        10,000; 21 January – 10 February 21 days × 600 = 12,600. 22,600 × 0.05 % =
        11.30; and it stays 11.30."""
        payments = [(date(2026, 1, 20), 400.0), (date(2026, 2, 10), 600.0)]
        for day in (date(2026, 2, 10), date(2026, 2, 11), date(2027, 1, 1)):
            self.assertEqual(unpaid_days(1000.0, DUE, payments, day), 22600.0)
        self.assertAlmostEqual(late_fee(22600.0, 0.05, 1000.0, 30.0), 11.30, 10)

    def test_first_and_last_day(self):
        """Nothing on the due date; one day on the 11th; on the 20th ten days."""
        for day, days in ((9, 0), (10, 0), (11, 1), (20, 10)):
            day = date(2026, 1, day)
            self.assertEqual(unpaid_days(100.0, DUE, [], day), days * 100.0)

    def test_paid_in_time(self):
        """A payment on the due date: nothing is ever owed."""
        self.assertEqual(unpaid_days(100.0, DUE, [(DUE, 100.0)], date(2026, 5, 1)), 0.0)

    def test_leap_day(self):
        """Due on 20 February: to 1 March nine days in 2026 (21–28 February, 1 March),
        ten in 2024."""
        self.assertEqual(unpaid_days(1.0, date(2026, 2, 20), [], date(2026, 3, 1)), 9.0)
        self.assertEqual(
            unpaid_days(1.0, date(2024, 2, 20), [], date(2024, 3, 1)), 10.0
        )

    def test_cap(self):
        """100.00 at 0.1 % a day: 30.00 after 300 days, and never more."""
        self.assertAlmostEqual(late_fee(100.0 * 299, 0.1, 100.0, 30.0), 29.90, 10)
        self.assertAlmostEqual(late_fee(100.0 * 400, 0.1, 100.0, 30.0), 30.00, 10)
        self.assertEqual(late_fee(100.0 * 400, 0.1, 100.0, 0.0), 0.0)

    def test_start_and_grace(self):
        """Up to 31 January: 21 days; of them from the 25th 7; after 5 days of grace
        (11–15 January) 16; both: the later of the two."""
        day = date(2026, 1, 31)
        start = date(2026, 1, 25)
        self.assertEqual(unpaid_days(1.0, DUE, [], day), 21.0)
        self.assertEqual(unpaid_days(1.0, DUE, [], day, start=start), 7.0)
        self.assertEqual(unpaid_days(1.0, DUE, [], day, grace_days=5), 16.0)
        self.assertEqual(unpaid_days(1.0, DUE, [], day, start=start, grace_days=5), 7.0)

    def test_credit_from_the_beginning(self):
        """100.00 of which 40.00 was never owed: 21 days × 60."""
        day = date(2026, 1, 31)
        self.assertEqual(unpaid_days(100.0, DUE, [(None, 40.0)], day), 1260.0)

    def test_pauses(self):
        """21 days to 31 January. 13th–15th nothing counts: 18 days × 100; or 40.00 of
        it does not: 21 × 100 − 3 × 40; or, without end, 40.00 never: 21 × 60."""
        day = date(2026, 1, 31)
        whole = Pause(date(2026, 1, 13), date(2026, 1, 15))
        part = Pause(date(2026, 1, 13), date(2026, 1, 15), 40.0)
        always = Pause(None, None, 40.0)
        self.assertEqual(unpaid_days(100.0, DUE, [], day, [whole]), 1800.0)
        self.assertEqual(unpaid_days(100.0, DUE, [], day, [part]), 1980.0)
        self.assertEqual(unpaid_days(100.0, DUE, [], day, [always]), 1260.0)
        # A pause never makes less than nothing of a day.
        self.assertEqual(unpaid_days(100.0, DUE, [], day, [whole, always]), 1080.0)

    def test_dispute_on_several_parts(self):
        self.assertEqual(spread_held(130.0, [100.0, 100.0]), [100.0, 30.0])
        self.assertEqual(spread_held(0.0, [100.0]), [0.0])
