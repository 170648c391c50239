from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

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

    def test_one_person_one_job(self):
        """Nothing is approved before it is handed over, and whoever approved 148 of
        150 does not confirm it."""
        self.take(150)
        handover = self.prepare()
        handover.difference_reason = "Two missing"
        manager = handover.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "handed over"):
            manager.action_approve_difference()
        handover.action_hand_over()
        finance = handover.with_user(self.user_finance)
        finance.write({"journal_id": self.safe.id, "amount_received": 148})
        finance.difference_reason = "Two missing"
        self.user_finance.group_ids += self.env.ref(
            "property_fee_collection.group_manager"
        )
        finance.action_approve_difference()
        with self.assertRaisesRegex(UserError, "Who approved"):
            finance.action_confirm()

    def test_entry_of_a_handover_stands(self):
        self.take(100)
        handover = self.prepare()
        handover.action_hand_over()
        finance = handover.with_user(self.user_finance)
        finance.journal_id = self.safe
        finance.action_confirm()
        move = finance.move_id
        for change in (move.button_draft, lambda: move._reverse_moves(cancel=True)):
            with self.assertRaisesRegex(UserError, "confirmed"):
                change()

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
        draft = handovers.search([("community_id", "=", self.community.id)])
        self.assertEqual(draft.activity_ids.user_id, self.user_finance)
        self.assertEqual(len(draft.activity_ids), 1)
        self.assertIn("100.00", draft.activity_ids.summary)
        draft.with_user(self.user_cs).action_hand_over()
        self.assertEqual(draft.activity_ids.summary, "Count and confirm")

    def test_limit_over_communities(self):
        """Allowed are 150; 100 here and 60 in the next community are 160."""
        self.company.property_cash_limit = 150
        other = self.make_community("Next", "NXT", cs_user_ids=self.user_cs.ids)
        unit = self.unit_elsewhere(other)
        self.make_invoice(unit.owner_id, 60, "2026-01-10", unit)
        handovers = self.env["property.cash.handover"]
        self.take(100)
        handovers._report_held(self.community)
        self.assertFalse(handovers.search([("is_reported", "=", True)]))
        self.open_counter(partner_id=unit.owner_id.id).action_take()
        handovers._report_held(self.community)
        reported = handovers.search([("is_reported", "=", True)])
        self.assertEqual(reported.community_id, self.community)

    def test_given_back(self):
        """Back with the collector it is held again, joins what was taken meanwhile and
        keeps its number."""
        self.take(100)
        handover = self.prepare()
        handover.action_hand_over()
        number = handover.name
        self.take(50)
        self.prepare()
        finance = handover.with_user(self.user_finance)
        with self.assertRaises(AccessError):
            handover.return_reason = "No"
        with self.assertRaisesRegex(UserError, "why"):
            finance.action_return()
        finance.return_reason = "A receipt is missing"
        finance.action_return()
        self.assertEqual(self.takings(), (150, 150, 0))
        self.assertEqual((handover.state, handover.amount_total), ("draft", 150))
        handover.action_hand_over()
        self.assertEqual(handover.name, number)
        self.assertEqual(handover.amount_received, 150)

    def test_made_by_an_accountant(self):
        """A payment of 100 that was registered in the accounting screens gets its
        receipt with the handover; community and collector follow from it."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.first.ids)
            .create({"journal_id": self.till.id})
        )
        payment = wizard._create_payments()
        handover = self.env["property.cash.handover"].create(
            {"payment_ids": [Command.set(payment.ids)], "amount_declared": 95}
        )
        self.assertEqual(handover.community_id, self.community)
        self.assertEqual(handover.user_id, payment.create_uid)
        self.assertEqual((handover.amount_total, handover.amount_declared), (100, 95))
        receipt = payment.property_receipt_id
        self.assertEqual(receipt.handover_id, handover)
        self.assertEqual(receipt.line_ids.mapped("amount"), [100])
        self.assertEqual(receipt.line_ids.move_id, self.first)
        self.assertEqual(self.takings(), (100, 100, 0))
        with self.assertRaisesRegex(UserError, "already"):
            handover.create({"payment_ids": [Command.set(payment.ids)]})

    def test_one_currency_a_slip(self):
        """100 of the company and 40 euros worth 20: two slips, and 40 euros = 20 go
        into the safe for euros."""
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        till, safe = (
            self.till.copy({"name": name, "code": name[:4], "currency_id": euro.id})
            for name in ("Till of euros", "Safe of euros")
        )
        till.property_at_counter = True
        self.make_invoice(self.owner, 40, "2026-01-10", self.unit, currency_id=euro.id)
        self.take(100)
        self.open_counter(journal_id=till.id).action_take()
        handovers = self.env["property.cash.handover"].with_user(self.user_cs)
        both = handovers.search(handovers.action_prepare()["domain"])
        self.assertEqual(sorted(both.mapped("amount_total")), [40, 100])
        slip = both.filtered(lambda row: row.currency_id == euro)
        slip.action_hand_over()
        finance = slip.with_user(self.user_finance)
        finance.journal_id = self.safe
        with self.assertRaisesRegex(UserError, "does not fit"):
            finance.action_confirm()
        finance.journal_id = safe
        finance.action_confirm()
        items = {
            line.account_id: (line.amount_currency, line.balance)
            for line in slip.sudo().move_id.line_ids
        }
        self.assertEqual(
            items,
            {
                safe.default_account_id: (40, 20),
                till.default_account_id: (-40, -20),
            },
        )

    def test_slip(self):
        receipt = self.take(100)
        handover = self.prepare()
        text = self.text_of(handover._slip())
        for said in (receipt.name, "100.00", "Collector", "Counted by"):
            self.assertIn(said, text)

    def test_ledger_beside_receipts(self):
        """100 taken stand in the books. 30 that an accountant entered for the community
        without a receipt are the difference."""
        self.take(100)
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.owner.id,
                "payment_type": "inbound",
                "amount": 30,
                "journal_id": self.till.id,
                "property_community_id": self.community.id,
            }
        )
        payment.outstanding_account_id = self.till.default_account_id
        payment.action_post()
        self.env.flush_all()
        rows = self.env["property.takings"].search(
            [("community_id", "=", self.community.id)]
        )
        self.assertEqual(sum(rows.mapped("amount_booked")), 130)
        self.assertEqual(sum(rows.mapped("amount_check")), 30)
        self.assertEqual(rows.filtered("amount_check").state, "missing")
        # 80 go back to the owner out of the till: 130 - 80 = 50.
        back = payment.copy({"payment_type": "outbound", "amount": 80})
        back.property_community_id = self.community
        back.outstanding_account_id = self.till.default_account_id
        back.action_post()
        self.env.flush_all()
        rows = rows.search([("community_id", "=", self.community.id)])
        self.assertEqual(sum(rows.mapped("amount_booked")), 50)

    def test_strangers(self):
        self.take(100)
        handover = self.prepare()
        stranger = new_test_user(
            self.env, "stranger", "property_fee_collection.group_cs"
        )
        for user in (stranger, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                handover.with_user(user).action_hand_over()
        with self.assertRaises(AccessError):
            handover.with_user(self.user_cs).action_confirm()
        handover.action_hand_over()
        with self.assertRaises(AccessError):
            handover.amount_received = 1
