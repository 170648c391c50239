from datetime import date

from odoo.tests import tagged

from .common import PrepaymentCommon


@tagged("post_install", "-at_install")
class TestPrepayment(PrepaymentCommon):
    def test_twelve_for_eleven(self):
        """12 × 275.80 = 3,309.60, one month free: 3,033.80. A share is 252.82 (exactly
        252.81666…); eleven of them are 2,781.02, the last one is 252.78."""
        agreement = self.make_agreement()
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.date_to, date(2026, 12, 31))
        self.assertEqual(agreement.amount_list, 3309.60)
        self.assertEqual(agreement.amount_discount, 275.80)
        self.assertEqual(agreement.amount, 3033.80)
        self.assertEqual(agreement.line_ids.mapped("amount"), [252.82] * 11 + [252.78])
        move = agreement.move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.amount_untaxed, 3033.80)
        self.assertEqual(
            move.invoice_line_ids.mapped("price_subtotal"), [3309.60, -275.80]
        )
        liability = self.company.property_advance_account_id
        self.assertEqual(move.invoice_line_ids.account_id, liability)
        self.assertEqual(self.unit.paid_through, date(2026, 12, 31))

    def test_billing_leaves_covered_months_out(self):
        """January is paid ahead, the month before is not."""
        self.make_agreement()
        before, covered = self.make_run("2025-12-01"), self.make_run("2026-01-01")
        (before | covered).action_compute()
        self.assertEqual(before.charge_ids.amount, 275.80)
        self.assertFalse(covered.charge_ids)

    def test_neighbours_do_not_pay_for_each_other(self):
        """Checked together, each unit knows its own owner only."""
        other = self.make_unit("102", 98.5)
        mine = self.make_agreement(confirm=False)
        his = self.make_agreement(
            confirm=False, unit_id=other.id, partner_id=self.owner.id
        )
        reasons = (mine | his)._refusals()
        self.assertEqual(reasons[mine], [])
        self.assertIn("neither owns nor occupies", reasons[his][0])

    def test_draft_follows_its_offer(self):
        """Without a free month 3,309.60, with two of ten 8 × 275.80 = 2,206.40; what is
        concluded stays."""
        draft = self.make_agreement(confirm=False)
        self.offer.free_months = 0
        self.assertEqual((draft.free_months, draft.amount), (0, 3309.60))
        self.offer.write({"months": 10, "free_months": 2})
        self.assertEqual((draft.months, draft.amount), (10, 2206.40))
        self.assertEqual(draft.date_to, date(2026, 10, 31))
        draft.action_confirm()
        self.assertEqual(draft.amount, 2206.40)
        self.offer.write({"months": 12, "free_months": 0})
        self.assertEqual((draft.months, draft.amount), (10, 2206.40))
