from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestCounter(BooksCommon):
    def test_found_by_room_name_phone_and_notice(self):
        self.owner.phone = "13800001111"
        counter = self.env["property.counter"].with_user(self.user_cs)
        for query in ("101", "1 101", "Owner of 101", "0000111"):
            self.assertEqual(counter._matches(query), self.owner, query)
        self.assertFalse(counter._matches("1"))
        self.assertFalse(counter._matches("nobody"))

    def test_oldest_first(self):
        """150 received: 100 of January, 50 of February."""
        receipt = self.take(150)
        self.assertEqual(receipt.amount, 150)
        self.assertEqual(receipt.line_ids.mapped("amount"), [100, 50])
        self.assertEqual(self.first.amount_residual, 0)
        self.assertEqual(self.second.amount_residual, 150)
        self.assertTrue(receipt.attachment_id)
        self.assertEqual(receipt.user_id, self.user_cs)

    def test_payer_names_what_he_pays(self):
        counter = self.open_counter()
        january, february = counter.line_ids
        january.amount, february.amount, counter.amount = 0, 200, 200
        counter.action_take()
        self.assertEqual(self.first.amount_residual, 100)
        self.assertEqual(self.second.amount_residual, 0)

    def test_more_than_owed_stays_on_account(self):
        """330 for 300: 30 stand on the receipt as on account."""
        counter = self.open_counter()
        counter.amount = 330
        self.assertEqual(counter.amount_on_account, 30)
        action = counter.action_take()
        receipt = self.env["property.receipt"].browse(action["res_id"])
        self.assertEqual(receipt.line_ids.mapped("amount"), [100, 200, 30])

    def test_numbers_without_gap(self):
        first, second = self.take(10), self.take(20)
        one, two = (int(row.name.rsplit("-", 1)[1]) for row in (first, second))
        self.assertEqual(two - one, 1)

    def test_original_once_then_copies(self):
        receipt = self.take(100)
        original = receipt._next_pdf()
        self.assertEqual(original, receipt.attachment_id.raw)
        self.assertNotEqual(receipt._next_pdf(), original)
        self.assertEqual(receipt.copy_count, 1)

    def test_void_reverses(self):
        receipt = self.take(100)
        with self.assertRaises(AccessError):
            receipt.with_user(self.user_cs).action_void()
        finance = receipt.with_user(self.user_finance)
        with self.assertRaisesRegex(UserError, "why"):
            finance.action_void()
        finance.void_reason = "Wrong customer"
        finance.action_void()
        self.assertEqual(receipt.state, "void")
        self.assertEqual(self.first.amount_residual, 100)
        self.assertEqual(
            sum(receipt.payment_ids.move_id.line_ids.mapped("amount_residual")), 0
        )

    def test_receipt_is_not_written(self):
        receipt = self.take(100)
        for values in ({"amount": 1}, {"state": "void"}, {"payer_name": "X"}):
            with self.assertRaises(UserError):
                receipt.with_user(self.user_finance).write(values)
        with self.assertRaises(AccessError):
            self.env["property.receipt"].with_user(self.user_finance).create({})

    def test_bills_of_another_community(self):
        """A line forged by another program is refused."""
        stranger = new_test_user(
            self.env, "stranger_cs", "property_fee_collection.group_cs"
        )
        other = self.make_community("Other", "OTH", cs_user_ids=stranger.ids)
        counter = (
            self.env["property.counter"]
            .with_user(stranger)
            .create(
                {
                    "community_id": other.id,
                    "partner_id": self.owner.id,
                    "journal_id": self.till.id,
                }
            )
        )
        self.env["property.counter.line"].with_user(stranger).sudo().create(
            {"counter_id": counter.id, "move_id": self.first.id, "amount": 100}
        )
        counter.amount = 100
        with self.assertRaisesRegex(UserError, "not open bills"):
            counter.action_take()
