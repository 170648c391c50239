from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestCashHandover(BooksCommon):
    def prepare(self):
        handovers = self.env["property.cash.handover"].with_user(self.user_cs)
        action = handovers.action_prepare()
        return handovers.browse(action["res_id"])

    def takings(self):
        """(taken, held, handed over) of cash"""
        self.env.invalidate_all()
        rows = self.env["property.takings"].search(
            [("community_id", "=", self.community.id)]
        )
        names = ("amount_taken", "amount_held", "amount_handed")
        return tuple(sum(rows.mapped(name)) for name in names)

    def test_from_hand_to_hand(self):
        """100 and 50 are taken; 150 are held, handed over, counted, confirmed."""
        self.take(100)
        self.take(50)
        self.assertEqual(self.takings(), (150, 150, 0))
        handover = self.prepare()
        self.assertEqual(handover.amount_total, 150)
        handover.action_hand_over()
        self.assertEqual(self.takings(), (150, 0, 150))
        finance = handover.with_user(self.user_finance)
        finance.journal_id = self.safe
        finance.action_confirm()
        self.assertEqual(handover.state, "confirmed")
        balances = {
            line.account_id: line.balance for line in handover.sudo().move_id.line_ids
        }
        self.assertEqual(
            balances,
            {self.safe.default_account_id: 150, self.till.default_account_id: -150},
        )

    def test_difference_needs_reason_and_approval(self):
        """148 counted of 150: 2 go to the loss account of the safe."""
        self.take(150)
        handover = self.prepare()
        handover.action_hand_over()
        finance = handover.with_user(self.user_finance)
        finance.write({"journal_id": self.safe.id, "amount_received": 148})
        with self.assertRaisesRegex(UserError, "explain"):
            finance.action_confirm()
        finance.difference_reason = "Two coins missing"
        with self.assertRaisesRegex(UserError, "approval"):
            finance.action_confirm()
        with self.assertRaises(AccessError):
            finance.action_approve_difference()
        handover.with_user(self.user_manager).action_approve_difference()
        finance.action_confirm()
        lost = handover.sudo().move_id.line_ids.filtered(
            lambda line: line.account_id == self.safe.loss_account_id
        )
        self.assertEqual(lost.balance, 2)

    def test_approval_is_of_what_stands_there(self):
        self.take(150)
        handover = self.prepare()
        handover.action_hand_over()
        finance = handover.with_user(self.user_finance)
        finance.write({"amount_received": 148, "difference_reason": "Two missing"})
        handover.with_user(self.user_manager).action_approve_difference()
        finance.amount_received = 100
        self.assertFalse(handover.approved_by)

    def test_nobody_confirms_his_own(self):
        self.take(150, user=self.user_finance)
        handovers = self.env["property.cash.handover"].with_user(self.user_finance)
        handover = handovers.browse(handovers.action_prepare()["res_id"])
        handover.action_hand_over()
        with self.assertRaisesRegex(UserError, "his own"):
            handover.action_confirm()

    def test_twice(self):
        self.take(100)
        handover = self.prepare()
        self.assertEqual(self.prepare(), handover)
        handover.action_hand_over()
        with self.assertRaisesRegex(UserError, "already"):
            handover.action_hand_over()
        with self.assertRaisesRegex(UserError, "no cash"):
            self.prepare()

    def test_void_takes_it_out(self):
        receipt = self.take(100)
        handover = self.prepare()
        finance = receipt.with_user(self.user_finance)
        finance.void_reason = "Wrong owner"
        finance.action_void()
        self.assertEqual(handover.amount_total, 0)
        self.assertEqual(self.takings(), (0, 0, 0))

    def test_late_cash_is_reported_once(self):
        self.take(100)
        receipts = self.env["property.receipt"].search([])
        self.env.cr.execute(
            "UPDATE property_receipt SET date = date - 5 WHERE id IN %s",
            [tuple(receipts.ids)],
        )
        receipts.invalidate_recordset()
        handovers = self.env["property.cash.handover"]
        for _run in range(2):
            handovers._report_held(self.community)
        reports = self.community.activity_ids.filtered("automated")
        self.assertEqual(len(reports), 1)
        self.assertEqual(reports.user_id, self.user_finance)
