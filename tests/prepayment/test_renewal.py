from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sell_common import SellCommon


@tagged("post_install", "-at_install")
class TestRenewal(SellCommon):
    """Paid ahead for 2026; two months before its end the next year is prepared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-15 04:00:00"):
            cls.agreement = cls.make_agreement("2026-01-01")

    def run_cron(self, day="2026-10-31"):
        with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
            cron = self.env.ref("property_fee_collection.cron_renewals")
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.agreement.renewal_ids

    def calls(self):
        return self.env["property.call"].search(
            [("kind", "=", "renewal"), ("partner_id", "=", self.owner.id)]
        )

    def test_two_months_before(self):
        """31 December is within two months from 31 October on."""
        self.assertFalse(self.run_cron("2026-10-30"))
        renewal = self.run_cron("2026-10-31")
        self.assertEqual(renewal.state, "draft")
        self.assertEqual(renewal.date_from, date(2027, 1, 1))
        self.assertEqual(renewal.offer_id, self.offer)
        self.assertEqual(renewal.partner_id, self.owner)
        self.assertEqual(renewal.amount_total, 3033.80)
        self.assertEqual(renewal.user_id, self.agreement.user_id)
        call = self.calls()
        self.assertEqual((call.state, call.amount), ("open", 3033.80))
        self.assertEqual(call.prepayment_id, renewal)
        self.assertEqual(call.date_due, date(2026, 10, 31))

    def test_twice(self):
        first = self.run_cron()
        self.assertEqual(self.run_cron(), first)
        self.assertEqual(len(self.calls()), 1)

    def test_index(self):
        self.run_cron()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            second = self.make_agreement("2027-01-01", confirm=False)
            # sudo: no client says what an agreement renews
            second.sudo().renewal_of_id = self.agreement
            self.env.flush_all()

    def test_months_of_the_company(self):
        self.company.property_renewal_months = 0
        self.assertFalse(self.run_cron("2026-12-01"))
        self.company.property_renewal_months = 3
        self.assertTrue(self.run_cron("2026-10-01"))

    def test_best_offer_when_the_old_one_is_over(self):
        """Of two offers of twelve months the one with two of them free."""
        self.offer.date_to = date(2026, 6, 30)
        offers = self.env["property.prepayment.offer"]
        offers.search([("id", "!=", self.offer.id)]).active = False
        better = offers.create({"name": "12 → 2", "months": 12, "free_months": 2})
        offers.create({"name": "12 → 0", "months": 12, "free_months": 0})
        offers.create({"name": "24 → 6", "months": 24, "free_months": 6})
        self.assertEqual(self.run_cron().offer_id, better)

    def test_no_offer(self):
        self.env["property.prepayment.offer"].search([]).active = False
        self.assertFalse(self.run_cron())
        self.assertFalse(self.calls())

    def test_sold_meanwhile(self):
        with freeze_time("2026-10-01 04:00:00"):
            self.make_agreement("2027-01-01")
        self.assertFalse(self.run_cron())

    def test_changed_hands(self):
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.unit.tenure_ids.date_to = date(2026, 9, 30)
        self.env["property.unit.tenure"].create(
            {
                "unit_id": self.unit.id,
                "partner_id": buyer.id,
                "role": "owner",
                "date_from": date(2026, 10, 1),
            }
        )
        self.assertEqual(self.run_cron().partner_id, buyer)

    def test_two_units_one_call(self):
        """An owner of two units is called once, about both."""
        other = self.make_unit("102", 50, owner=None, owner_id=self.owner.id)
        with freeze_time("2026-01-15 04:00:00"):
            self.make_agreement("2026-01-01", unit_id=other.id)
        self.run_cron()
        call = self.calls()
        self.assertEqual(len(call), 1)
        action = call.action_sell_prepayment()
        self.assertEqual(
            sorted(action["context"]["default_unit_ids"]),
            sorted((self.unit | other).ids),
        )

    def test_confirmed_takes_the_call_off(self):
        renewal = self.run_cron()
        with freeze_time("2026-11-02 04:00:00"):
            renewal.with_user(self.user_cs).action_confirm()
        self.assertEqual(renewal.state, "running")
        self.assertEqual(self.calls().state, "cancelled")
        self.assertFalse(self.run_cron("2026-11-03") - renewal)

    def test_sold_at_the_counter(self):
        """The wizard takes the draft up; it is not doubled."""
        renewal = self.run_cron()
        with freeze_time("2026-11-02 04:00:00"):
            self.sell(paid_now=True).action_confirm()
        self.assertEqual(renewal.state, "running")
        self.assertEqual(self.unit.prepayment_ids, self.agreement | renewal)
        self.assertEqual(renewal.move_id.amount_residual, 0)

    def test_declined(self):
        renewal = self.run_cron()
        wizard = self.env["property.prepayment.decline"].with_user(self.user_cs)
        wizard.create(
            {"prepayment_ids": renewal.ids, "reason": "Moves abroad"}
        ).action_decline()
        self.assertFalse(renewal.exists())
        self.assertEqual(self.agreement.renewal_declined, "Moves abroad")
        self.assertEqual(self.calls().state, "cancelled")
        self.assertFalse(self.run_cron("2026-11-15"))

    def test_refused_on_the_phone(self):
        renewal = self.run_cron()
        with freeze_time("2026-11-02 04:00:00"):
            self.calls().with_user(self.user_cs).action_refused()
        self.assertFalse(renewal.exists())
        self.assertTrue(self.agreement.renewal_declined)

    def test_dropped_when_the_agreement_ends_early(self):
        renewal = self.run_cron()
        # sudo: as when a unit is sold
        self.agreement.sudo().state = "cancelled"
        self.run_cron("2026-11-01")
        self.assertFalse(renewal.exists())

    def test_why_not(self):
        """The draft says what keeps it from being confirmed."""
        renewal = self.run_cron()
        with freeze_time("2026-11-02 04:00:00"):
            self.assertFalse(renewal.refusal)
            self.make_arrears(due="2026-10-10")
            renewal.invalidate_recordset(["refusal"])
            self.assertIn("has to be settled first", renewal.refusal)

    def test_other_community(self):
        renewal = self.run_cron()
        self.community.cs_user_ids = False
        wizard = self.env["property.prepayment.decline"].with_user(self.user_cs)
        with self.assertRaises(AccessError):
            wizard.create(
                {"prepayment_ids": renewal.ids, "reason": "No"}
            ).action_decline()
        self.assertTrue(renewal.exists())

    def test_by_method_only(self):
        """What a draft renews, and why an agreement is not renewed, no client says."""
        agreements = self.env["property.prepayment"].with_user(self.user_cs)
        with self.assertRaises(AccessError):
            agreements.create(
                {
                    "unit_id": self.unit.id,
                    "offer_id": self.offer.id,
                    "date_from": date(2027, 1, 1),
                    "renewal_of_id": self.agreement.id,
                }
            )
        for values in (
            {"renewal_declined": "No"},
            {"renewal_of_id": self.agreement.id},
        ):
            with self.assertRaises(AccessError):
                self.agreement.with_user(self.user_cs).write(values)
