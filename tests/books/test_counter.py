from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestCounter(BooksCommon):
    def test_found_by_room_name_phone_and_notice(self):
        self.owner.phone = "138 0000 1111"
        son = self.env["res.partner"].create(
            {"name": "Son of Lin", "parent_id": self.owner.id}
        )
        counter = self.env["property.counter"].with_user(self.user_cs)
        for query in (
            "101",
            "1 101",
            "1-101",
            "1號樓101",
            "Owner of 101",
            "00001111",
            son.name,
            self.first.name,
        ):
            self.assertEqual(list(counter._matches(query)), [self.owner], query)
        self.assertFalse(counter._matches("1"))
        self.assertTrue(counter._matches("Owner"))
        self.assertFalse(counter._matches("nobody"))

    def test_several_found(self):
        """Two of the same name: nobody is chosen, the list shows their units."""
        other = self.make_unit("102", owner="Owner of 101 too")
        counter = self.open_counter(partner_id=False, query="Owner of 101")
        self.assertFalse(counter.partner_id)
        self.assertEqual(
            counter.match_ids.mapped("unit_names"),
            [self.unit.display_name, other.display_name],
        )
        counter.match_ids[1].is_this = True
        self.assertEqual(counter.partner_id, other.owner_id)

    def test_own_communities_only(self):
        """The same owner in a community that is not the user's: not found there, and
        what he owes there is not told."""
        other = self.make_community("Other", "OTH", cs_user_ids=[])
        unit = self.unit_elsewhere(other)
        unit.owner_id = self.owner
        self.make_invoice(self.owner, 70, "2026-01-10", unit)
        counter = self.open_counter()
        self.assertFalse(counter._matches("909"))
        self.assertEqual(counter.community_ids, self.community)
        self.assertFalse(counter.elsewhere)
        self.assertEqual(counter.amount_open, 300)

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
        counter.line_ids[0].is_chosen = False
        self.assertEqual(counter.amount, 200)
        counter.action_take()
        self.assertEqual(self.first.amount_residual, 100)
        self.assertEqual(self.second.amount_residual, 0)

    def test_part_payment(self):
        """130 received for 100 and 200: 100 and 30."""
        counter = self.open_counter()
        counter.amount = 130
        self.assertEqual(counter.line_ids.mapped("amount"), [100, 30])
        self.assertEqual(counter.amount_on_account, 0)

    def test_disputed_is_not_chosen(self):
        self.env["property.dispute"].create(
            {
                "move_id": self.first.id,
                "cause": "billing",
                "amount": 100,
                "responsible_id": self.user_cs.id,
                "deadline": "2026-12-31",
            }
        )
        counter = self.open_counter()
        self.assertEqual(counter.line_ids.mapped("is_chosen"), [False, True])
        self.assertEqual(counter.amount, 200)

    def test_bill_asked_for(self):
        action = self.second.with_user(self.user_finance).action_take_money()
        counter = (
            self.env["property.counter"]
            .with_user(self.user_finance)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(counter.line_ids.mapped("is_chosen"), [False, True])
        self.assertEqual(counter.partner_id, self.owner)

    def test_pressed_twice(self):
        counter = self.open_counter()
        first, again = counter.action_take(), counter.action_take()
        self.assertEqual(first["res_id"], again["res_id"])
        self.assertEqual(len(self.receipts()), 1)

    def test_paid_meanwhile(self):
        counter = self.open_counter()
        self.take(300)
        with self.assertRaisesRegex(UserError, "only"):
            counter.action_take()

    def test_units_on_one_receipt(self):
        """100 of one unit, 50 of another: one receipt names both."""
        other = self.make_unit("102")
        other.owner_id = self.owner
        self.second.button_cancel()
        self.make_invoice(self.owner, 50, "2026-01-10", other)
        receipt = self.take()
        self.assertEqual(receipt.amount, 150)
        self.assertEqual(
            set(receipt.line_ids.mapped("unit_name")),
            {self.unit.display_name, other.display_name},
        )

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
        text = self.text_of(receipt._next_pdf())
        for said in ("Copy 2", "100.00", receipt.name, "Owner of 101"):
            self.assertIn(said, text)
        with self.assertRaisesRegex(UserError, "as it was issued"):
            receipt.attachment_id.sudo().raw = b"forged"

    def test_thermal_paper(self):
        """80 mm are 226.8 points; short text makes short paper."""
        self.company.property_receipt_format = "thermal"
        receipt = self.take(100)
        page = self.pages_of(receipt._next_pdf())[0]
        width, height = (float(page.mediabox[side]) for side in (2, 3))
        self.assertAlmostEqual(width, 226.8, delta=2)
        self.assertLess(height - float(page.mediabox[1]), 400)

    def test_void_reverses(self):
        receipt = self.take(100)
        with self.assertRaises(AccessError):
            receipt.with_user(self.user_cs).action_void()
        with self.assertRaisesRegex(UserError, "why"):
            receipt.with_user(self.user_finance).action_void()
        self.void(receipt)
        self.assertEqual(receipt.state, "void")
        self.assertEqual(self.first.amount_residual, 100)
        self.assertEqual(
            sum(receipt.payment_ids.move_id.line_ids.mapped("amount_residual")), 0
        )

    def test_void_says_so(self):
        receipt = self.take(100)
        receipt._next_pdf()
        self.void(receipt)
        text = self.text_of(receipt._next_pdf())
        self.assertIn("Void", text)
        self.assertIn("Wrong customer", text)
        with self.assertRaisesRegex(UserError, "void already"):
            self.void(receipt)

    def test_payment_stands_with_its_receipt(self):
        """Accountants can neither reset, cancel, reverse nor delete it."""
        receipt = self.take(100)
        payment = receipt.sudo().payment_ids
        for change in (
            payment.action_draft,
            payment.action_cancel,
            payment.action_reject,
            payment.unlink,
            payment.move_id.button_draft,
            lambda: payment.move_id._reverse_moves(cancel=True),
            lambda: payment.write({"amount": 1}),
        ):
            with self.assertRaisesRegex(UserError, receipt.name):
                change()
        self.void(receipt)
        self.assertEqual(self.first.amount_residual, 100)

    def test_payment_stays_with_its_receipt(self):
        """Finance takes it neither from the receipt nor to another collector."""
        receipt = self.take(100)
        payment = receipt.sudo().payment_ids.with_user(self.user_finance)
        for name in (
            "property_receipt_id",
            "property_collector_id",
            "property_community_id",
        ):
            with self.assertRaisesRegex(UserError, receipt.name):
                payment.write({name: False})
        handovers = self.env["property.cash.handover"].with_user(self.user_cs)
        handovers.browse(handovers.action_prepare()["res_id"]).action_hand_over()
        with self.assertRaisesRegex(UserError, "handed over"):
            payment.property_handover_id = False

    def test_reason_is_of_who_may_void(self):
        receipt = self.take(100)
        with self.assertRaises(AccessError):
            receipt.with_user(self.user_cs).void_reason = "Mine"
        self.void(receipt)
        with self.assertRaisesRegex(UserError, "void"):
            receipt.with_user(self.user_finance).void_reason = "Another"

    def test_same_bill_twice(self):
        counter = self.open_counter()
        counter.line_ids[:1].sudo().copy({"counter_id": counter.id})
        with self.assertRaisesRegex(UserError, "twice"):
            counter.action_take()

    def test_receipt_is_not_written(self):
        receipt = self.take(100)
        for values in ({"amount": 1}, {"state": "void"}, {"payer_name": "X"}):
            with self.assertRaises(UserError):
                receipt.with_user(self.user_finance).write(values)
        with self.assertRaises(AccessError):
            self.env["property.receipt"].with_user(self.user_finance).create({})

    def test_who_takes_money(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"no_cashier_{groups[-6:]}", groups)
            with self.assertRaises(AccessError):
                self.take(100, user=user)
        stranger = new_test_user(
            self.env, "stranger", "property_fee_collection.group_cs"
        )
        receipt = self.take(100)
        with self.assertRaises(AccessError):
            receipt.with_user(stranger).action_print()
        self.assertFalse(receipt.with_user(stranger).search([]))

    def test_two_currencies(self):
        """A bill of 40 euros is paid into a till for euros, with a receipt of 40."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        bill = self.make_invoice(
            self.owner, 40, "2026-01-10", self.unit, currency_id=euro.id
        )
        till = self.till.copy({"name": "Euros", "code": "EURO", "currency_id": euro.id})
        till.property_at_counter = True
        counter = self.open_counter()
        self.assertIn("40", counter.elsewhere)
        counter = self.open_counter(journal_id=till.id)
        self.assertEqual(counter.line_ids.move_id, bill)
        counter.action_take()
        receipt = counter.receipt_id
        self.assertEqual((receipt.currency_id, receipt.amount), (euro, 40))
        self.assertEqual(bill.amount_residual, 0)

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
