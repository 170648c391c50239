"""Late fees of customers: read in sets, invoiced once (procedure, section 4)."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CollectionCommon


def on(day):
    return fields.Date.to_date(day)


@tagged("post_install", "-at_install")
class TestLateFee(CollectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {
                "name": "Late fee",
                "type": "service",
                "taxes_id": False,
                "property_account_income_id": cls.company_data[
                    "default_account_revenue"
                ].id,
            }
        )
        cls.company.write(
            {
                "property_late_fee": True,
                "property_late_fee_rate": 0.05,
                "property_late_fee_product_id": cls.product.id,
            }
        )
        with freeze_time("2026-01-20 04:00:00"):
            cls.bill = cls.make_invoice(cls.owner, 1000.0, "2026-01-10", cls.unit)
            cls.open_cases()
        cls.case = cls.case_of(cls.owner)

    def owed(self, day, move=None):
        return self.case._late_fee(on(day)).get((move or self.bill).id, 0.0)

    def test_off_by_default(self):
        company = self.env["res.company"].create({"name": "Another"})
        self.assertFalse(company.property_late_fee)
        self.assertEqual(company.property_late_fee_cap, 30.0)
        self.company.property_late_fee = False
        self.assertEqual(self.case._late_fee(on("2026-12-31")), {})

    def test_survives_the_payment_of_the_bill(self):
        """10 days × 1000 + 21 days × 600 at 0.05 %: 5.00 + 6.30 = 11.30."""
        self.pay(self.bill, 400.0, "2026-01-20")
        self.assertEqual(self.owed("2026-01-20"), 5.0)
        self.assertEqual(self.owed("2026-01-21"), 5.3)
        self.pay(self.bill, day="2026-02-10")
        self.assertEqual(self.bill.amount_residual, 0.0)
        self.assertEqual(self.owed("2026-02-10"), 11.3)
        self.assertEqual(self.owed("2026-06-30"), 11.3)
        # Asked as of a day before the last payment it was as it was then.
        self.assertEqual(self.owed("2026-01-31"), 8.3)

    def test_several_bills(self):
        """500.00 due on 10 February, to the end of February: 18 days × 500 × 0.05 % =
        4.50; the first 49 days × 1000 × 0.05 % = 24.50; of another customer nothing."""
        second = self.make_invoice(self.owner, 500.0, "2026-02-10", self.unit)
        stranger = self.make_unit("102")
        self.make_invoice(stranger.owner_id, 500.0, "2026-02-10", stranger)
        self.assertEqual(
            self.case._late_fee(on("2026-02-28")),
            {self.bill.id: 24.5, second.id: 4.5},
        )

    def test_paid_in_time_or_not_yet_due(self):
        self.pay(self.bill, day="2026-01-10")
        self.make_invoice(self.owner, 500.0, "2026-02-10", self.unit)
        self.assertEqual(self.case._late_fee(on("2026-02-10")), {})

    def test_cap(self):
        """At 0.05 % the 30 % of 1000.00 are reached after 600 days."""
        self.assertEqual(self.owed("2027-09-01"), 299.5)
        self.assertEqual(self.owed("2027-09-02"), 300.0)
        self.assertEqual(self.owed("2029-01-01"), 300.0)
        self.company.property_late_fee_cap = 10.0
        self.assertEqual(self.owed("2029-01-01"), 100.0)

    def test_rounded_once_for_each_bill(self):
        """333.33 due on the 10th, 111.11 paid on each of the 11th, 12th and 13th: the
        segments are 0.166665, 0.11111 and 0.055555 at 0.05 %; each rounded they would
        make 0.34, together they are 0.33333."""
        bill = self.make_invoice(self.owner, 333.33, "2026-03-10", self.unit)
        for day in (11, 12, 13):
            self.pay(bill, 111.11, f"2026-03-{day}")
        self.assertEqual(self.owed("2026-03-31", bill), 0.33)

    def test_credit_note_from_its_date(self):
        """400.00 credited on 20 January: as if 400.00 were paid then. To 31 January 10
        × 1000 + 11 × 600 = 16,600 → 8.30."""
        note = self.bill._reverse_moves(
            [{"invoice_date": on("2026-01-20"), "date": on("2026-01-20")}]
        )
        note._property_scale_to(400.0)
        note.action_post()
        self.assertEqual(self.owed("2026-01-31"), 8.3)

    def test_paused_invoice(self):
        self.bill.no_followup = True
        self.assertEqual(self.owed("2026-01-31"), 0.0)

    def dispute(self, amount, state=None, opened="2026-01-15", answered="2026-01-19"):
        with freeze_time(f"{opened} 04:00:00"):
            dispute = self.env["property.dispute"].create(
                {"move_id": self.bill.id, "amount": amount, "explanation": "So it is."}
            )
        if state:
            with freeze_time(f"{answered} 04:00:00"):
                getattr(dispute, f"action_{state}")()
        return dispute

    def test_open_dispute(self):
        """400.00 of 1000.00 disputed: nothing on them, also not for the days before; to
        31 January 21 × 600 = 12,600 → 6.30."""
        self.dispute(400.0)
        self.assertEqual(self.owed("2026-01-31"), 6.3)

    def test_rejected_dispute(self):
        """Open from 15 to 19 January, 5 days: 21 × 1000 − 5 × 400 = 19,000 → 9.50."""
        self.dispute(400.0, "reject")
        self.assertEqual(self.owed("2026-01-31"), 9.5)

    def test_upheld_dispute(self):
        """What was never owed never bore a fee: 6.30, before the credit note and after
        it, and part payments reduce the rest only."""
        dispute = self.dispute(400.0, "uphold")
        self.assertEqual(self.owed("2026-01-31"), 6.3)
        with freeze_time("2026-01-25 04:00:00"):
            action = dispute.action_credit()
            wizard = (
                self.env["account.move.reversal"]
                .with_context(**action["context"])
                .create({"journal_id": self.bill.journal_id.id})
            )
            wizard.refund_moves()
            wizard.new_move_ids.action_post()
        self.assertEqual(self.bill.amount_residual, 600.0)
        self.assertEqual(self.owed("2026-01-31"), 6.3)
        # 300.00 paid on the 21st: 11 × 600 + 10 × 300 = 9,600 → 4.80.
        self.pay(self.bill, 300.0, "2026-01-21")
        self.assertEqual(self.owed("2026-01-31"), 4.8)

    def test_plan(self):
        """Agreed on 16 January, broken on 12 March (first instalment due on 9 February,
        31 days): 11–15 January 5 days, 13–31 March 19 days; 24 × 1000 → 12.00."""
        with freeze_time("2026-01-16 04:00:00"):
            plan = self.env["property.plan"].create(
                {
                    "case_id": self.case.id,
                    "reason": "Illness",
                    "line_ids": [
                        fields.Command.create({"date": "2026-02-09", "amount": 1000.0})
                    ],
                    "decision_reason": "Agreed.",
                }
            )
            plan.with_user(self.user_company).action_approve()
            plan.action_start()
        self.assertEqual(self.owed("2026-02-28"), 2.5)
        with freeze_time("2026-03-12 04:00:00"):
            plan._evaluate()
            self.assertEqual(plan.state, "broken")
        self.assertEqual(self.owed("2026-03-31"), 12.0)

    def test_second_currency(self):
        """100.00 EUR booked at 50.00: to 31 January 21 days × 100 × 0.05 % = 1.05 EUR,
        at the bill's own rate 0.525, rounded 0.53; a later rate changes nothing."""
        euro = self.setup_other_currency(
            "EUR", rates=[("2016-01-01", 2.0), ("2026-01-15", 4.0)]
        )
        bill = self.make_invoice(
            self.owner, 100.0, "2026-01-10", self.unit, currency_id=euro.id
        )
        self.assertEqual(self.owed("2026-01-31", bill), 0.53)

    def test_from_and_grace(self):
        self.company.property_late_fee_from = "2026-01-25"
        self.assertEqual(self.owed("2026-01-31"), 3.5)
        self.company.property_late_fee_from = False
        self.company.property_late_fee_grace_days = 5
        self.assertEqual(self.owed("2026-01-31"), 8.0)

    def bill_fee(self, day):
        with freeze_time(f"{day} 04:00:00"):
            action = self.case.with_user(self.user_finance).action_bill_late_fee()
        return self.env["account.move"].browse(action["domain"][0][2])

    def test_invoiced_once_and_bears_none(self):
        """To 31 January 10.50, invoiced; to 28 February 24.50, of which 14.00 are left.
        The invoice of 10.50, due on 10 February, bears nothing."""
        invoice = self.bill_fee("2026-01-31")
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 10.5))
        self.assertEqual(invoice.property_community_id, self.community)
        self.assertEqual(invoice.property_unit_id, self.unit)
        self.assertEqual(invoice.invoice_date_due, on("2026-02-10"))
        self.assertEqual(self.owed("2026-01-31"), 0.0)
        with self.assertRaisesRegex(UserError, "no late fee"):
            self.bill_fee("2026-01-31")
        self.assertEqual(self.case._late_fee(on("2026-02-28")), {self.bill.id: 14.0})
        # It is a charge like another: it opens the case's total.
        with freeze_time("2026-02-28 04:00:00"):
            self.case._touch()
            self.assertEqual(self.case.amount_overdue, 1010.5)

    def test_cancelled_invoice_counts_no_more(self):
        invoice = self.bill_fee("2026-01-31")
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.owed("2026-01-31"), 10.5)
        self.assertEqual(self.bill_fee("2026-01-31").amount_total, 10.5)

    def test_cap_counts_what_is_invoiced(self):
        self.company.property_late_fee_cap = 1.0
        self.assertEqual(self.bill_fee("2026-01-31").amount_total, 10.0)
        self.assertEqual(self.owed("2026-12-31"), 0.0)

    def test_only_finance_invoices(self):
        for user in (self.user_cs, self.user_cs_head, self.user_manager):
            with self.assertRaises(AccessError):
                self.case.with_user(user).action_bill_late_fee()
        self.company.property_late_fee_product_id = False
        with self.assertRaisesRegex(UserError, "late fee product"):
            self.case.with_user(self.user_finance).action_bill_late_fee()

    def test_seen_by_the_collector(self):
        with freeze_time("2026-01-31 04:00:00"):
            self.assertEqual(self.case.with_user(self.user_cs).late_fee, 10.5)

    def test_queries_do_not_grow(self):
        """Four statements for the community, however many customers and bills."""
        for room in ("201", "202", "203"):
            unit = self.make_unit(room)
            self.make_invoice(unit.owner_id, 100.0, "2026-01-10", unit)
        self.open_cases()
        cases = self.env["property.collection.case"].search(
            [("community_id", "=", self.community.id)]
        )
        cases._late_fee(on("2026-01-31"))
        with self.assertQueryCount(4):
            fees = cases._late_fee(on("2026-01-31"))
        # 21 days × 100 × 0.05 %: 1.05 each.
        self.assertEqual(sorted(fees.values()), [1.05, 1.05, 1.05, 10.5])
