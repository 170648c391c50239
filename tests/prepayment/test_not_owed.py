from freezegun import freeze_time

from odoo.fields import Date
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestNotOwedYet(ReleaseCommon):
    """3,033.80 of 20 December, due on the 27th: not asked for while the agreement may
    still be paid or lapse, and asked for as any bill afterwards."""

    def part_paid(self):
        """1,000.00 on 22 December: 2,033.80 are open."""
        agreement = self.conclude(paid=False)
        with freeze_time("2025-12-22 04:00"):
            self.pay(agreement, 1000.0)
        return agreement

    def not_owed(self, moves, on):
        with freeze_time(f"{on} 04:00"):
            return moves._property_is_unpaid_advance()

    def arrears(self, on):
        with freeze_time(f"{on} 04:00"):
            found = self.env["property.prepayment"]._arrears_of(
                self.community, self.owner
            )
            return round(found.get(self.owner.id, 0.0), 2)

    def is_asked(self, move):
        lines = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return not any(lines.mapped("no_followup"))

    def test_not_paid(self):
        """Also on the 28th, before the action has run: it lapses, nobody owes it."""
        agreement = self.conclude(paid=False)
        for day in ("2025-12-27", "2025-12-28"):
            self.assertEqual(self.not_owed(agreement.move_id, day), agreement.move_id)
        self.assertFalse(self.is_asked(agreement.move_id))
        self.release("2025-12-28")
        self.assertFalse(self.not_owed(agreement.move_id, "2025-12-28"))

    def test_part_paid(self):
        """On the 27th the rest may still come; from the 28th on it is owed, and the
        agreement goes on."""
        agreement = self.part_paid()
        self.release("2025-12-27")
        self.assertTrue(self.not_owed(agreement.move_id, "2025-12-27"))
        self.assertFalse(self.is_asked(agreement.move_id))
        self.assertFalse(self.arrears("2025-12-27"))
        self.release("2025-12-28")
        self.assertEqual(agreement.state, "running")
        self.assertFalse(self.not_owed(agreement.move_id, "2025-12-28"))
        self.assertTrue(self.is_asked(agreement.move_id))
        self.assertEqual(self.arrears("2025-12-28"), 2033.80)

    def test_consumed(self):
        """The whole year is used: 2,033.80 are owed."""
        agreement = self.part_paid()
        self.release("2027-01-02")
        self.assertEqual(agreement.state, "done")
        self.assertTrue(self.is_asked(agreement.move_id))
        self.assertEqual(self.arrears("2027-01-10"), 2033.80)

    def test_ended(self):
        """Five months at the full price are 1,379.00; 1,000.00 are paid, 379.00 are
        owed."""
        agreement = self.part_paid()
        self.cancel(agreement, "2026-05-31", "2026-05-31")
        self.assertEqual(agreement.move_id.amount_residual, 379.00)
        self.assertTrue(self.is_asked(agreement.move_id))
        self.assertFalse(self.not_owed(agreement.move_id, "2026-06-10"))
        self.assertEqual(self.arrears("2026-06-10"), 379.00)

    def test_later_bill(self):
        """A new price is billed apart: 6 months less one free, 5 × 19.70 = 98.50. That
        is owed as any bill."""
        self.offer.price_rule = "rate"
        agreement = self.conclude(paid=False)
        self.make_rate(3.0, date_from="2026-07-01")
        with freeze_time("2025-12-21 04:00"):
            bill = agreement._adjust(Date.to_date("2026-07-01"))
        self.assertEqual(bill.amount_total, 98.50)
        moves = bill + agreement.move_id
        self.assertEqual(self.not_owed(moves, "2025-12-22"), agreement.move_id)
        self.assertTrue(self.is_asked(bill))

    def test_other_bills(self):
        move = self.env["account.move"].create({"move_type": "out_invoice"})
        self.assertFalse(move._property_is_unpaid_advance())
