from freezegun import freeze_time

from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestCurrency(ReleaseCommon):
    """Agreements in Gold; 2 Gold are one of the company's currency when they are
    invoiced, 4 Gold from March on. What is owed is a service, not money: it is released
    at the rate of the invoice, and no exchange difference arises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold = cls.setup_other_currency(
            "EUR", rates=[("2016-01-01", 2.0), ("2026-03-01", 4.0)]
        )
        # 98.5 m² at 2.80 are 275.80, in Gold 551.60; eleven months are 6,067.60 Gold,
        # 3,033.80 of company currency.
        cls.agreement = cls.conclude(currency_id=cls.gold.id)

    def test_release(self):
        """A share is 505.63 Gold (505.6333), the last one 505.67. Of company currency
        the first is 3,033.80 × 505.63 ÷ 6,067.60 = 252.82 (252.815); whatever rounding
        left is gone with the last."""
        agreement = self.agreement
        self.assertEqual(agreement.amount, 6067.60)
        self.assertEqual(agreement.line_ids.mapped("amount"), [505.63] * 11 + [505.67])
        self.release("2026-01-31")
        self.assertEqual(self.earned(), 252.82)
        self.assertEqual(self.balance(agreement, currency=True), 5561.97)
        self.release("2026-06-30")
        self.assertTies(agreement, "2026-02-28", "2026-03-31")
        self.release("2026-12-01")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(self.balance(agreement, currency=True), 0.0)
        self.assertEqual(self.earned(), 3033.80)

    def test_entry_is_in_its_currency(self):
        self.release("2026-01-31")
        entry = self.agreement.line_ids.move_id
        self.assertEqual(entry.line_ids.currency_id, self.gold)
        self.assertEqual(entry.line_ids.mapped("amount_currency"), [505.63, -505.63])

    def test_two_currencies_two_entries(self):
        unit = self.make_unit("102", 50)
        other = self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id)
        self.release("2026-01-31")
        self.assertNotEqual(self.entries(other), self.entries(self.agreement))

    def test_ended(self):
        """Ended after five months. List: 5 × 551.60 = 2,758.00 Gold used, 3,309.60 Gold
        paid back, at the rate of the invoice: 1,654.80. Income is 1,379.00, zero is
        left in both currencies although Gold is worth half by then."""
        self.release("2026-05-02")
        self.cancel(self.agreement, "2026-05-31", "2026-05-20")
        note = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", self.agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        self.assertEqual(note.amount_total, 3309.60)
        self.assertEqual(note.amount_total_signed, -1654.80)
        self.assertEqual(self.earned(), 1379.00)
        self.assertEqual(self.balance(self.agreement), 0.0)
        self.assertEqual(self.balance(self.agreement, currency=True), 0.0)
        self.assertTies(self.agreement, "2026-05-19")

    def test_credit_at_another_rate(self):
        """An accountant credits 1,000.00 Gold at the rate of May, 250.00 of company
        currency: what is left goes into income to the last cent in both."""
        self.release("2026-05-02")
        self.credit(self.agreement.move_id, "2026-05-10", [1000.0])
        self.assertTies(self.agreement, "2026-05-09")
        self.release("2026-12-01")
        self.assertEqual(self.balance(self.agreement), 0.0)
        self.assertEqual(self.balance(self.agreement, currency=True), 0.0)
        self.assertEqual(self.earned(), 2783.80)

    def test_supplement(self):
        """A supplement at the new rate: 100.00 Gold are 25.00, all of it released."""
        agreement = self.agreement
        with freeze_time("2026-05-10 04:00"):
            agreement.sudo()._post_document(
                "out_invoice", {agreement.item_ids: 100.0}, "More"
            )
            agreement._settle()
        self.assertEqual(agreement.amount_net, 6167.60)
        self.release("2026-12-01")
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(self.earned(), 3058.80)
