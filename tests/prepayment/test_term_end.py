from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestTermEnd(ReleaseCommon):
    """A term is over when its last day has passed, not when its last month begins."""

    def test_last_day(self):
        """At 16:30 in Greenwich on 31 December the new year has begun in Taipei."""
        agreement = self.conclude()
        self.release("2026-12-01")
        self.release("2026-12-31")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(agreement.state, "running")
        self.release("2026-12-31 16:30")
        self.assertEqual(agreement.state, "done")
        self.assertTies(agreement)

    def test_ended_within_the_last_month(self):
        """12 months at 275.80, ended with 11 December: 11/31 of 275.80 are 97.86, so
        177.94 are paid back and taken from the income of December."""
        self.offer.write({"free_months": 0, "refund_rule": "share"})
        agreement = self.conclude()
        self.release("2026-12-02")
        self.cancel(agreement, "2026-12-11", "2026-12-12")
        note = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        self.assertEqual(note.amount_total, 177.94)
        self.assertEqual(self.earned(), 3131.66)
        self.assertEqual(self.cover_of(agreement)[-1], ("2026-12-01", "2026-12-11"))
        self.assertTies(agreement)

    def test_carried_within_the_last_month(self):
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        agreement = self.conclude()
        self.release("2026-12-02")
        with freeze_time("2026-12-12 04:00"):
            agreement._carry(buyer, date(2026, 12, 12))
        self.assertEqual(agreement.partner_id, buyer)
        self.assertEqual(self.unit.paid_through, date(2026, 12, 31))

    def test_renewed_within_the_last_month(self):
        self.company.property_renewal_months = 1
        agreement = self.conclude()
        self.release("2026-12-01")
        with freeze_time("2026-12-01 05:00"):
            self.env["property.prepayment"].sudo()._renew_in(self.community)
        self.assertEqual(agreement.renewal_ids.date_from, date(2027, 1, 1))

    def test_one_month_not_paid(self):
        """Concluded on 1 January for January, due on the 8th: January is released, and
        on the 9th it lapses. The run of January is invoiced: Finance makes another."""
        self.make_unit("102", 100)
        self.offer.write({"months": 1, "free_months": 0})
        agreement = self.conclude(on="2026-01-01 04:00", paid=False)
        self.release("2026-01-02")
        self.assertEqual(self.earned(), 275.80)
        with freeze_time("2026-01-03 04:00"):
            run = self.make_run("2026-01-01")
            run.action_compute()
            self.sign(run)
            run.action_create_invoices()
        self.release("2026-01-09")
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(agreement.move_id.payment_state, "reversed")
        # The 280.00 of 102 only.
        self.assertEqual(self.earned(), 280.00)
        self.assertIn("further billing run", agreement.activity_ids.note)
        further = self.make_run("2026-01-01")
        further.action_compute()
        self.assertEqual(self.charges_of(further)[0][-1], 275.80)
        self.assertTies(agreement)

    def test_backdated_not_paid(self):
        """For 2025, concluded on 28 December 2025: twelve months are released at once,
        the term is over before the invoice falls due on 4 January."""
        agreement = self.conclude("2025-01-01", on="2025-12-28 04:00", paid=False)
        self.release("2025-12-29")
        self.assertEqual(self.earned(), 3033.80)
        self.release("2026-01-02")
        self.assertEqual(agreement.state, "running")
        self.release("2026-01-05")
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(self.earned(), 0.0)
        self.assertFalse(agreement.cover_ids)
        self.assertTrue(agreement.activity_ids)
        self.assertTies(agreement)

    def test_backdated_paid(self):
        agreement = self.conclude("2025-01-01", on="2025-12-28 04:00")
        self.release("2025-12-29")
        self.release("2026-01-01")
        self.assertEqual(agreement.state, "done")
