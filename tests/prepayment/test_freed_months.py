from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestFreedMonths(ReleaseCommon):
    """Months that are not covered any more are billed, whatever their run had come to:
    101 at 275.80 is paid ahead, 102 (100 m²) is billed 280.00 a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_2 = cls.make_unit("102", 100)

    def run_of(self, period, on, signed=False, invoiced=False):
        with freeze_time(f"{on} 04:00"):
            run = self.make_run(period)
            run.action_compute()
            if signed or invoiced:
                self.sign(run)
            if invoiced:
                run.action_create_invoices()
        return run

    def charged(self, run):
        return [(room, amount) for room, _payer, _fee, amount in self.charges_of(run)]

    def test_computed_before_it_lapsed(self):
        """Due on 4 January, the run of January is computed on the 2nd."""
        self.conclude(on="2025-12-28 04:00", paid=False)
        run = self.run_of("2026-01-01", "2026-01-02")
        self.assertEqual(self.charged(run), [("102", 280.00)])
        self.release("2026-01-05")
        self.assertEqual(run.state, "draft")
        self.assertIn("not paid ahead any more", run.message_ids[:1].body)
        with self.assertRaises(UserError):
            self.sign(run)
        run.action_compute()
        self.assertEqual(self.charged(run), [("101", 275.80), ("102", 280.00)])

    def test_signed_before_it_ended(self):
        """February is signed on 25 January, the agreement ends with January."""
        agreement = self.conclude()
        run = self.run_of("2026-02-01", "2026-01-25", signed=True)
        self.cancel(agreement, "2026-01-31", "2026-01-26")
        self.assertEqual(run.state, "draft")
        self.assertFalse(run.cs_signed_by or run.finance_signed_by)
        with freeze_time("2026-01-27 04:00"), self.assertRaises(UserError):
            run.action_create_invoices()
        run.action_compute()
        self.assertEqual(self.charged(run), [("101", 275.80), ("102", 280.00)])

    def test_invoiced_before_it_ended(self):
        """February is invoiced already: Finance is asked for a further run."""
        agreement = self.conclude()
        run = self.run_of("2026-02-01", "2026-01-25", invoiced=True)
        self.cancel(agreement, "2026-01-31", "2026-01-26")
        self.assertEqual(run.state, "invoiced")
        self.assertIn("further billing run", agreement.activity_ids.note)
        further = self.run_of("2026-02-01", "2026-01-27")
        self.assertEqual(self.charged(further), [("101", 275.80)])

    def test_nothing_is_billed_yet(self):
        agreement = self.conclude()
        self.cancel(agreement, "2026-01-31", "2026-01-26")
        self.assertFalse(agreement.activity_ids)

    def test_part_of_a_month(self):
        """Ended with 15 January: 16/31 of January, 142.35, and all of February."""
        agreement = self.conclude()
        january = self.run_of("2026-01-01", "2026-01-10", signed=True)
        february = self.run_of("2026-02-01", "2026-01-10")
        december = self.run_of("2025-12-01", "2026-01-10")
        self.cancel(agreement, "2026-01-15", "2026-01-12")
        states = (january | february | december).mapped("state")
        self.assertEqual(states, ["draft", "draft", "computed"])
        january.action_compute()
        self.assertEqual(self.charged(january), [("101", 142.35), ("102", 280.00)])

    def test_credited_by_an_accountant(self):
        agreement = self.conclude(paid=False)
        run = self.run_of("2026-01-01", "2025-12-21")
        self.credit(agreement.move_id, "2025-12-22")
        self.assertEqual(run.state, "draft")
