from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestCarry(ReleaseCommon):
    """The unit is sold, the buyer comes on 12 May and takes the agreement over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.env["res.partner"].create({"name": "Buyer"})

    def carry(self, agreement, day="2026-05-12", on="2026-05-12"):
        with freeze_time(f"{on} 04:00"):
            agreement._carry(self.buyer, Date.to_date(day))

    def owed_to(self, partner):
        [[total]] = self.env["account.move.line"]._read_group(
            [
                ("account_id", "=", self.liability.id),
                ("partner_id", "=", partner.id),
                ("parent_state", "=", "posted"),
            ],
            [],
            ["balance:sum"],
        )
        return round(-total, 2)

    def test_liability_moves(self):
        """Five months have begun, also if they were not released yet: 1,769.70 are owed
        to the buyer from then on; the agreement owes what it owed."""
        agreement = self.conclude()
        self.release("2026-03-02")
        self.carry(agreement)
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertEqual(agreement.state, "running")
        self.assertEqual(self.owed_to(self.owner), 0.0)
        self.assertEqual(self.owed_to(self.buyer), 1769.70)
        self.assertEqual(self.balance(agreement), 1769.70)
        self.assertTies(agreement, "2026-05-11", "2026-05-12")
        self.release("2026-06-01")
        june = self.entries(agreement).sorted("date")[-1]
        self.assertEqual(june.line_ids.partner_id, self.buyer)
        self.release("2027-01-01")
        self.assertEqual(self.owed_to(self.buyer), 0.0)
        self.assertEqual(self.earned(), 3033.80)
        self.assertEqual(agreement.state, "done")

    def test_refund_is_the_buyers(self):
        """Ended after nine months by the buyer. List: 9 × 275.80 = 2,482.20, so 551.60
        are paid back, to him."""
        agreement = self.conclude()
        self.carry(agreement)
        self.release("2026-09-02")
        self.cancel(agreement, "2026-09-30", "2026-09-20")
        note = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        self.assertEqual(note.partner_id, self.buyer)
        self.assertEqual(note.amount_total, 551.60)
        self.assertEqual(self.owed_to(self.buyer), 0.0)

    def test_cover_goes_on(self):
        agreement = self.conclude()
        self.carry(agreement)
        self.assertEqual(len(agreement.cover_ids), 12)
        self.assertEqual(self.unit.paid_through, date(2026, 12, 31))

    def test_day_to_come(self):
        """Agreed on 2 May for the 12th: nothing moves before that day."""
        agreement = self.conclude()
        self.carry(agreement, on="2026-05-02")
        entries = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "entry"),
            ]
        )
        self.assertFalse(entries)
        self.release("2026-05-11")
        self.assertEqual(agreement.partner_id, self.owner)
        self.release("2026-05-12")
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertEqual(self.owed_to(self.buyer), 1769.70)
        entry = entries.search([("property_prepayment_id", "=", agreement.id)])
        self.assertIn(date(2026, 5, 12), entry.mapped("date"))

    def test_last_month(self):
        """In December every month is released: nothing is left to be owed, but what
        comes back until the year ends is the buyer's."""
        agreement = self.conclude()
        self.release("2026-12-02")
        self.carry(agreement, day="2026-12-12", on="2026-12-12")
        self.assertEqual(agreement.partner_id, self.buyer)
        self.assertEqual(self.balance(agreement), 0.0)

    def receivable(self, partner):
        [[total]] = self.env["account.move.line"]._read_group(
            [
                ("account_type", "=", "asset_receivable"),
                ("partner_id", "=", partner.id),
                ("parent_state", "=", "posted"),
            ],
            [],
            ["balance:sum"],
        )
        return round(total, 2)

    def test_lapses_unpaid(self):
        """Concluded on 28 April, due on 5 May, carried on the 2nd, paid by nobody: on
        the 6th nobody owes anything, and nobody is owed anything."""
        agreement = self.conclude("2026-05-01", on="2026-04-28 04:00", paid=False)
        self.carry(agreement, "2026-05-02", "2026-05-02")
        self.release("2026-05-06")
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(agreement.move_id.payment_state, "reversed")
        for partner in (self.owner, self.buyer):
            self.assertEqual(self.receivable(partner), 0.0)
            self.assertEqual(self.owed_to(partner), 0.0)
        self.assertTies(agreement)

    def test_ended_part_paid(self):
        """2,000.00 of 3,033.80 are paid, 1,033.80 are open. Carried in May with
        1,769.70 owed and ended with May: 1,033.80 are credited to the seller, who never
        paid them, the rest of 735.90 to the buyer."""
        agreement = self.conclude(paid=False)
        with freeze_time("2025-12-22 04:00"):
            self.pay(agreement, 2000.0)
        self.carry(agreement)
        with freeze_time("2026-05-20 04:00"):
            agreement._cancel(Date.to_date("2026-05-31"), "share")
        self.assertEqual(agreement.move_id.amount_residual, 0.0)
        self.assertEqual(self.receivable(self.owner), 0.0)
        self.assertEqual(self.receivable(self.buyer), -735.90)
        for partner in (self.owner, self.buyer):
            self.assertEqual(self.owed_to(partner), 0.0)
        self.assertTies(agreement)

    def test_ended(self):
        agreement = self.conclude()
        self.cancel(agreement, "2026-05-11", "2026-05-12")
        with self.assertRaises(UserError):
            self.carry(agreement)
