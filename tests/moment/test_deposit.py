from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..collection.common import CollectionCommon


@tagged("post_install", "-at_install")
class TestDeposit(CollectionCommon):
    """What is held is the balance of the account of deposits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.company_data["default_journal_bank"]

    def make_deposit(self, amount=2000.0, post=True, **values):
        deposit = (
            self.env["property.deposit"]
            .with_user(self.user_cs)
            .create(
                {
                    "unit_id": self.unit.id,
                    "amount": amount,
                    "date": date(2026, 3, 2),
                    **values,
                }
            )
            .with_env(self.env)
        )
        if post:
            deposit.journal_id = self.bank
            deposit.with_user(self.user_finance).action_post()
        return deposit

    def assertTies(self, held, by_partner=None):
        """The account's balance, and who it is owed to."""
        account = self.company.property_deposit_account_id
        deposits = self.env["property.deposit"].search(
            [("company_id", "=", self.company.id), ("state", "=", "held")]
        )
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(sum(deposits.mapped("amount")), held)
        self.assertEqual(-sum(lines.mapped("balance")), held)
        for partner, amount in (by_partner or {}).items():
            own = lines.filtered_domain([("partner_id", "=", partner.id)])
            self.assertEqual(-sum(own.mapped("balance")), amount)

    def test_taken(self):
        deposit = self.make_deposit()
        self.assertEqual((deposit.state, deposit.partner_id), ("held", self.owner))
        account = self.company.property_deposit_account_id
        self.assertEqual(account.account_type, "liability_current")
        self.assertEqual(
            [
                (line.account_id, line.debit, line.credit, line.partner_id)
                for line in deposit.move_id.line_ids.sorted("debit", reverse=True)
            ],
            [
                (self.bank.default_account_id, 2000.0, 0.0, self.owner),
                (account, 0.0, 2000.0, self.owner),
            ],
        )
        self.assertEqual(deposit.move_id.date, date(2026, 3, 2))
        self.assertTies(2000.0)

    def test_refunded(self):
        deposit = self.make_deposit()
        self.make_deposit(150.0, kind="key_card")
        deposit.with_user(self.user_cs).action_ask_refund()
        self.assertTrue(deposit.is_to_refund)
        self.assertEqual(deposit.activity_ids.user_id, self.user_finance)
        deposit.date_closed = date(2026, 6, 30)
        deposit.with_user(self.user_finance).action_refund()
        self.assertEqual((deposit.state, deposit.is_to_refund), ("refunded", False))
        self.assertEqual(deposit.closing_move_id.date, date(2026, 6, 30))
        self.assertTies(150.0, {self.owner: 150.0})
        with self.assertRaisesRegex(UserError, "held can be paid back"):
            deposit.with_user(self.user_finance).action_refund()

    def test_carried(self):
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        deposit = self.make_deposit()
        heir = deposit._carry(buyer, date(2026, 3, 16))
        self.assertEqual((deposit.state, deposit.carried_to_id), ("carried", heir))
        self.assertEqual(
            (heir.state, heir.partner_id, heir.amount), ("held", buyer, 2000)
        )
        self.assertTies(2000.0, {self.owner: 0.0, buyer: 2000.0})
        heir.with_user(self.user_finance).action_refund()
        self.assertTies(0.0, {buyer: 0.0})

    def test_who_may(self):
        deposit = self.make_deposit(post=False)
        with self.assertRaises(AccessError):
            deposit.with_user(self.user_cs).action_post()
        with self.assertRaises(AccessError):
            deposit.with_user(self.user_cs).write({"state": "held"})
        with self.assertRaisesRegex(UserError, "where the money came in"):
            deposit.with_user(self.user_finance).action_post()
        deposit.journal_id = self.bank
        deposit.with_user(self.user_finance).action_post()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            deposit.with_user(self.user_cs).amount = 1.0
        with self.assertRaises(UserError):
            deposit.unlink()
        with self.assertRaisesRegex(UserError, "recorded can be posted"):
            deposit.with_user(self.user_finance).action_post()
