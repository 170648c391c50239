"""Going to law is asked anew at each step, and for what is owed then (section 2)."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .legal_common import LATE, LegalCommon


@tagged("post_install", "-at_install")
class TestLegalClaim(LegalCommon):
    """Approved on 15 February 2027 over 200.00: January's and February's 100.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.legal = cls.proposed()
        with freeze_time(LATE):
            cls.legal.with_user(cls.user_company).action_approve()
        cls.legal.write(
            {"lawyer_id": cls.lawyer.id, "court": "District Court", "docket": "123"}
        )

    def file(self):
        self.legal.filed_on = "2027-02-15"
        self.legal.action_file()

    def assertRefused(self, *labels):
        """Neither a letter nor a suit, and each says what is missing."""
        for action in (self.legal.action_letter, self.file):
            with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
                action()
            for label in labels:
                self.assertIn(f"• {label}", str(caught.exception))
        self.assertEqual(self.legal.stage, "approved")
        self.assertFalse(self.legal.letter_id)

    def plan(self):
        return (
            self.env["property.plan"]
            .sudo()
            .create(
                {
                    "case_id": self.case.id,
                    "reason": "Lost his work",
                    "line_ids": [
                        (0, 0, {"date": "2027-03-10", "amount": 100.0}),
                        (0, 0, {"date": "2027-04-10", "amount": 100.0}),
                    ],
                }
            )
        )

    @freeze_time(LATE)
    def test_paid(self):
        self.pay(self.january | self.february)
        self.assertRefused(
            "Unpaid for more than twelve months", "Final notice delivered, with proof"
        )

    @freeze_time(LATE)
    def test_disputed(self):
        self.env["property.dispute"].create(
            {"move_id": self.february.id, "responsible_id": self.user_cs.id}
        )
        self.assertRefused("No open dispute")

    @freeze_time(LATE)
    def test_on_a_plan(self):
        self.plan().write({"state": "running", "agreed_on": "2027-02-15"})
        self.assertRefused("No instalment plan in force")

    @freeze_time(LATE)
    def test_on_hold(self):
        self.case.write({"hold_until": "2027-02-15", "hold_reason": "In hospital"})
        self.assertRefused("Not on hold")
        with freeze_time("2027-02-16 04:00:00"):
            self.file()
        self.assertEqual(self.legal.stage, "filed")

    @freeze_time(LATE)
    def test_promised(self):
        self.env["property.promise"].create(
            {"case_id": self.case.id, "amount": 200.0, "date": "2027-02-20"}
        )
        self.assertRefused("No open promise")

    @freeze_time(LATE)
    def test_covered_by_a_credit(self):
        """200.00 on account cover it all; 199.99 leave a cent to be claimed."""
        with self.env.cr.savepoint() as savepoint:
            self.pay_unmatched(self.owner, 200.0)
            self.refresh()
            self.assertRefused("Unpaid for more than twelve months")
            savepoint.rollback()
        self.env.invalidate_all()
        self.pay_unmatched(self.owner, 199.99)
        self.refresh()
        self.file()
        self.assertEqual(self.legal.amount_claimed, 0.01)

    @freeze_time(LATE)
    def test_the_oldest_is_paid(self):
        """Since 10 February 2026: twelve months, not more."""
        self.pay(self.january)
        self.assertRefused("Unpaid for more than twelve months")

    @freeze_time(LATE)
    def test_the_claim_follows_a_part_payment_until_it_is_filed(self):
        """30.00 of January, before and after the suit: 170.00 of 200.00 is claimed."""
        self.assertEqual(self.legal.amount_claimed, 200.0)
        self.pay(self.january, 30.0)
        self.assertEqual(self.legal.amount_claimed, 170.0)
        self.legal.action_letter()
        self.assertEqual(self.legal.letter_id.amount_total, 170.0)
        self.file()
        self.pay(self.january, 30.0)
        self.assertEqual(self.case.amount_overdue, 140.0)
        self.assertEqual(self.legal.amount_claimed, 170.0)

    @freeze_time(LATE)
    def test_a_payment_on_account_counts(self):
        """50.00 matched with nothing: 150.00."""
        self.pay_unmatched(self.owner, 50.0)
        self.refresh()
        self.assertEqual(self.legal.amount_claimed, 150.0)
        self.legal.action_letter()
        self.assertEqual(self.legal.letter_id.amount_total, 150.0)

    @freeze_time(LATE)
    def test_no_more_than_can_be_demanded(self):
        """180.00 was written by hand and stays when 30.00 are paid; 170.00 are left."""
        self.legal.amount_claimed = 180.0
        self.pay(self.january, 30.0)
        self.assertEqual(self.legal.amount_claimed, 180.0)
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            self.file()
        self.assertIn("180.00", str(caught.exception))
        self.assertIn("170.00", str(caught.exception))
        self.assertEqual(self.legal.stage, "approved")
        # Emptied it follows again.
        self.legal.amount_claimed = 0.0
        self.assertEqual(self.legal.amount_claimed, 170.0)
        self.legal.amount_claimed = 120.0
        self.file()
        self.assertEqual((self.legal.stage, self.legal.amount_claimed), ("filed", 120))
        # Nor afterwards, by whatever way.
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.legal.write({"amount_set": 500.0})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.legal.amount_claimed = 170.01
        self.legal.amount_claimed = 170.0

    @freeze_time(LATE)
    def test_the_late_fee_is_claimed_too(self):
        """0.05 % a day of 100.00 is 0.05. From 11 January 2026 to 15 February 2027: 355
        + 46 = 401 days, 20.05; from 11 February 2026: 324 + 46 = 370 days, 18.50.
        Together 38.55, a day later 0.10 more."""
        self.company.write({"property_late_fee": True, "property_late_fee_rate": 0.05})
        self.legal.action_letter()
        self.assertEqual(self.legal.letter_id.amount_total, 238.55)
        self.assertEqual(self.legal.amount_claimed, 238.55)
        with freeze_time("2027-02-16 04:00:00"):
            self.legal.amount_claimed = 238.66
            with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
                self.file()
            self.assertIn("238.65", str(caught.exception))
            self.legal.amount_claimed = 0.0
            self.file()
        self.assertEqual(self.legal.amount_claimed, 238.65)
