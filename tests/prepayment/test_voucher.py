import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sell_common import SellCommon

# One white pixel.
SIGNATURE = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAA"
        "AABJRU5ErkJggg=="
    )
)


@tagged("post_install", "-at_install")
@freeze_time("2026-01-15 04:00:00")
class TestVoucher(SellCommon):
    """Twelve months at full price, 3,309.60, and a service that costs 180.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["product.product"].create(
            {"name": "Window cleaning", "type": "service", "standard_price": 180.0}
        )
        cls.offer.write({"free_months": 0, "voucher_product_id": cls.service.id})

    def sold(self, paid=True):
        self.sell(paid_now=paid).action_confirm()
        return self.unit.prepayment_ids.voucher_ids

    def redeem(self, voucher, user=None, **values):
        wizard = (
            self.env["property.voucher.redeem"]
            .with_user(user or self.user_cs)
            .create({"voucher_id": voucher.id, "signature": SIGNATURE, **values})
        )
        wizard.action_redeem()

    def test_given_with_the_agreement(self):
        """Valid for twelve months from the start of the term."""
        voucher = self.sold()
        self.assertRegex(voucher.name, r"^SV/2026/\d{5}$")
        self.assertEqual(voucher.product_id, self.service)
        self.assertEqual(voucher.cost, 180.0)
        self.assertEqual(voucher.date_expiry, date(2026, 12, 31))
        self.assertEqual(voucher.state, "open")
        self.assertEqual(voucher.prepayment_id.amount_total, 3309.60)

    def test_offer_without_service(self):
        self.offer.voucher_product_id = False
        self.assertFalse(self.sold())

    def test_redeemed(self):
        voucher = self.sold()
        voucher.with_user(self.user_cs).action_redeem()
        self.redeem(voucher)
        self.assertEqual(voucher.state, "redeemed")
        self.assertEqual(voucher.redeemed_on, date(2026, 1, 15))
        self.assertEqual(voucher.redeemed_by, self.user_cs)
        self.assertEqual(voucher.recipient, self.owner.name)
        self.assertTrue(voucher.signature)
        with self.assertRaisesRegex(UserError, "redeemed on 01/15/2026 already"):
            self.redeem(voucher)

    def test_not_before_the_invoice_is_paid(self):
        voucher = self.sold(paid=False)
        with self.assertRaisesRegex(UserError, "is not paid yet"):
            voucher.with_user(self.user_cs).action_redeem()
        with self.assertRaisesRegex(UserError, "is not paid yet"):
            self.redeem(voucher)
        self.assertEqual(voucher.state, "open")

    def test_not_in_the_future_nor_too_late(self):
        voucher = self.sold()
        with self.assertRaisesRegex(UserError, "in the future"):
            self.redeem(voucher, date=date(2026, 1, 16))
        with (
            freeze_time("2027-01-01 04:00:00"),
            self.assertRaisesRegex(UserError, "valid up to 12/31/2026 only"),
        ):
            self.redeem(voucher)

    def test_taken_back(self):
        voucher = self.sold()
        self.redeem(voucher)
        with self.assertRaisesRegex(UserError, "Only the customer service head"):
            voucher.with_user(self.user_cs).action_undo_redeem()
        voucher.with_user(self.user_cs_head).action_undo_redeem()
        self.assertEqual(voucher.state, "open")
        self.assertFalse(voucher.signature)
        self.assertIn("Taken back", voucher.message_ids[:1].body)

    def test_nobody_writes_the_state(self):
        voucher = self.sold().with_user(self.user_cs)
        for values in ({"state": "redeemed"}, {"cost": 1}, {"signature": SIGNATURE}):
            with self.assertRaises(AccessError):
                voucher.write(values)

    def test_other_community_reads_nothing(self):
        voucher = self.sold()
        self.community.cs_user_ids = False
        with self.assertRaises(AccessError):
            voucher.with_user(self.user_cs).read(["name"])
        with self.assertRaises(AccessError):
            self.redeem(voucher)

    def run_cron(self, day):
        with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
            cron = self.env.ref("property_fee_collection.cron_vouchers")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_warned_once_and_expired(self):
        """Valid to 31 December: warned from 1 December on, expired on 1 January."""
        voucher = self.sold()
        self.run_cron("2026-11-30")
        self.assertFalse(voucher.activity_ids)
        for _twice in range(2):
            self.run_cron("2026-12-01")
            self.assertEqual(voucher.activity_ids.user_id, self.user_cs)
            self.assertEqual(voucher.activity_ids.date_deadline, date(2026, 12, 31))
        self.run_cron("2026-12-31")
        self.assertEqual(voucher.state, "open")
        self.run_cron("2027-01-01")
        self.assertEqual(voucher.state, "expired")
        self.assertFalse(voucher.activity_ids)

    def test_warns_the_head_when_the_seller_has_left(self):
        voucher = self.sold()
        self.community.cs_user_ids = False
        self.run_cron("2026-12-15")
        self.assertEqual(voucher.activity_ids.user_id, self.user_cs_head)

    def test_redeemed_is_not_warned_of(self):
        voucher = self.sold()
        self.redeem(voucher)
        self.run_cron("2027-01-01")
        self.assertEqual(voucher.state, "redeemed")
        self.assertFalse(voucher.activity_ids)

    def test_who_changes_validity_and_cost(self):
        voucher = self.sold()
        later, cost = {"date_expiry": date(2027, 6, 30)}, {"cost": 190.0}
        for user, values in (
            (self.user_cs, later),
            (self.user_cs, cost),
            (self.user_cs_head, cost),
        ):
            with self.assertRaises(AccessError):
                voucher.with_user(user).write(values)
        voucher.with_user(self.user_cs_head).write(later)
        voucher.with_user(self.user_finance).write(later | cost)
        self.assertEqual(voucher.cost, 190.0)
        self.assertEqual(voucher.date_expiry, date(2027, 6, 30))

    def test_stays_where_it_belongs(self):
        """Unit, payer and community follow the agreement; nobody writes them."""
        voucher = self.sold().with_user(self.user_finance)
        other = self.make_unit("102", 50)
        for values in (
            {"unit_id": other.id},
            {"partner_id": other.owner_id.id},
            {"community_id": self.make_community("Moon Garden", "MOO").id},
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                voucher.write(values)
                self.env.flush_all()

    def test_form(self):
        """What the voucher is for is shown, not chosen."""
        form = self.env.ref("property_fee_collection.property_voucher_view_form")
        for name in ("product_id", "prepayment_id"):
            self.assertIn(f'<field name="{name}" readonly="1"/>', form.arch)
