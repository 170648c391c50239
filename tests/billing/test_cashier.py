from odoo.exceptions import UserError
from odoo.tests import tagged

from ..collection.common import CollectionCommon


@tagged("post_install", "-at_install")
class TestCashier(CollectionCommon):
    """Two bills of one owner: 100 and 200."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.second = cls.make_invoice(cls.owner, 200, "2026-02-10", cls.unit)
        cls.journal = cls.company_data["default_journal_cash"]

    def take(self, amount, *parts):
        return self.env["property.cashier"]._take(
            self.owner, self.community, self.journal, amount, parts
        )

    def residuals(self):
        return self.first.amount_residual, self.second.amount_residual

    def on_account(self):
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.owner.id),
                ("account_type", "=", "asset_receivable"),
                ("amount_residual", "<", 0),
            ]
        )
        return -sum(lines.mapped("amount_residual"))

    def test_all_in_one_payment(self):
        payments = self.take(300, (self.first, 100), (self.second, 200))
        self.assertEqual(payments.mapped("amount"), [300])
        self.assertEqual(self.residuals(), (0, 0))

    def test_cash_is_in_the_till(self):
        payment = self.take(100, (self.first, 100))
        till = payment.move_id.line_ids.filtered(
            lambda line: line.account_id == self.journal.default_account_id
        )
        self.assertEqual(till.balance, 100)
        self.assertEqual(self.first.payment_state, "paid")

    def test_last_one_in_part(self):
        payments = self.take(150, (self.first, 100), (self.second, 50))
        self.assertEqual(payments.mapped("amount"), [150])
        self.assertEqual(self.residuals(), (0, 150))

    def test_younger_one_first(self):
        """The payer names what he pays."""
        self.take(200, (self.second, 200))
        self.assertEqual(self.residuals(), (100, 0))

    def test_both_in_part(self):
        payments = self.take(60, (self.first, 40), (self.second, 20))
        self.assertEqual(sorted(payments.mapped("amount")), [20, 40])
        self.assertEqual(self.residuals(), (60, 180))

    def test_overpaid_stays_on_account(self):
        self.take(350, (self.first, 100), (self.second, 200))
        self.assertEqual(self.residuals(), (0, 0))
        self.assertEqual(self.on_account(), 50)

    def test_part_and_rest_on_account(self):
        """20 of the second one, 100 for the first, 30 on account: the 30 do not run
        into the second one."""
        self.take(150, (self.first, 100), (self.second, 20))
        self.assertEqual(self.residuals(), (0, 180))
        self.assertEqual(self.on_account(), 30)

    def test_paid_meanwhile(self):
        self.take(80, (self.first, 80))
        with self.assertRaisesRegex(UserError, "only .*20.00"):
            self.take(100, (self.first, 100))

    def test_less_received_than_paid(self):
        with self.assertRaisesRegex(UserError, "only .*50.00 was received"):
            self.take(50, (self.first, 100))
        with self.assertRaisesRegex(UserError, "how much"):
            self.take(0)
