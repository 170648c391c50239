from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .verify_common import VerifyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-31 04:00:00")
class TestVerifyCycle(VerifyCommon):
    def run_cron(self):
        cron = self.env.ref("property_fee_collection.cron_verify_contacts")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_who_is_called(self):
        fresh = self.make_owner("1", "2026-02-28")
        stale = self.make_owner("2", "2026-02-27")
        half = self.make_owner("3", "2026-08-01", "2026-02-27")
        missing = self.make_owner("4", "2026-08-01")
        missing.phone = False
        failed = self.make_owner("5", "2026-08-01")
        failed.property_phone_failed = "2026-08-20"
        former = self.make_owner("6", "2025-01-01")
        former.property_unit_ids.owner_id = fresh
        self.run_cron()
        self.assertFalse(self.calls(fresh, former))
        called = self.calls(stale, half, missing, failed)
        self.assertEqual(called.partner_id, stale | half | missing | failed)
        self.assertEqual(set(called.mapped("kind")), {"verify"})
        self.assertEqual(called.user_id, self.cs)
        # The worst first: failed, missing, then the one never or longest not asked.
        self.assertEqual(called[:2].partner_id.ids, [failed.id, missing.id])
        self.assertIn("Wrong number", called[0].subject)
        self.assertIn("phone number", called[1].subject)
        # A second run finds nobody left.
        self.run_cron()
        self.assertEqual(len(self.calls(stale, half, missing, failed)), 4)

    def test_occupants_only_who_pay(self):
        tenant, guest = self.env["res.partner"].create(
            [{"name": "Tenant"}, {"name": "Guest"}]
        )
        owner = self.make_owner("1", "2026-08-01")
        unit = owner.property_unit_ids
        unit.occupant_id = tenant
        unit.tenure_ids.filtered(lambda row: row.role == "occupant").is_payer = True
        self.make_unit("2", owner_id=owner.id, occupant_id=guest.id)
        self.run_cron()
        self.assertTrue(self.calls(tenant))
        self.assertFalse(self.calls(guest, owner))

    def test_the_developer_is_not_asked(self):
        self.community.developer_id = self.ann
        self.make_unit("1", owner_id=self.ann.id)
        self.run_cron()
        self.assertFalse(self.calls(self.ann))

    def test_the_cycle_is_the_communitys(self):
        # One month before 31 August is 31 July.
        self.community.contact_cycle_months = 1
        fresh = self.make_owner("1", "2026-07-31")
        stale = self.make_owner("2", "2026-07-30")
        self.assertEqual(fresh.property_contact_state, "fresh")
        self.assertEqual(stale.property_contact_state, "stale")
        self.run_cron()
        self.assertFalse(self.calls(fresh))
        self.assertTrue(self.calls(stale))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.community.contact_cycle_months = 0
            self.community.flush_recordset()

    def test_of_two_communities_the_strictest_says_when(self):
        strict = self.make_community("Strict", "STR", contact_cycle_months=2)
        owner = self.make_owner("1", "2026-06-29")
        self.assertEqual(owner.property_contact_state, "fresh")
        self.env["property.unit"].create(
            {
                "name": "1",
                "building_id": self.make_building("S", strict).id,
                "owner_id": owner.id,
            }
        )
        owner.invalidate_recordset(["property_contact_state"])
        # Two months before 31 August is 30 June.
        self.assertEqual(owner.property_contact_state, "stale")
        found = owner.search(
            [("id", "=", owner.id), ("property_contact_state", "=", "stale")]
        )
        self.assertEqual(found, owner)
        self.run_cron()
        # One call in one of them is enough.
        self.assertEqual(len(self.calls(owner)), 1)
        owner.property_phone_verified = owner.property_address_verified = "2026-06-30"
        self.assertEqual(owner.property_contact_state, "fresh")

    def test_whoever_was_asked_in_vain_is_left_alone_for_a_month(self):
        owner = self.make_owner("1", "2026-02-27")
        self.run_cron()
        self.calls(owner).with_user(self.cs).action_cancel()
        for day in ("2026-08-31", "2026-09-29"):
            with freeze_time(f"{day} 04:00:00"):
                self.run_cron()
                self.assertEqual(len(self.calls(owner)), 1)
        # One month before 30 September is 30 August, the call was closed on the 31st;
        # one month before 1 October is 1 September.
        with freeze_time("2026-10-01 04:00:00"):
            self.run_cron()
            self.assertEqual(len(self.calls(owner)), 2)

    def test_a_wrong_number_is_asked_for_at_once(self):
        owner = self.make_owner("1", "2026-08-01")
        owner._property_data_failed("phone", "wrong_number", "A shop")
        call = self.calls(owner)
        self.assertEqual((call.kind, call.date_due), ("verify", self.day("2026-08-31")))
        self.assertEqual(owner.property_contact_state, "failed")
        self.assertFalse(owner.property_phone_verified)
        self.assertEqual(self.checks(owner), [("phone", "failed", "wrong_number")])
        # Verified again, by whichever way, it is no longer wrong.
        owner.property_phone_verified = "2026-08-31"
        self.assertEqual(owner.property_contact_state, "fresh")

    def test_a_call_that_waits_is_due_now(self):
        owner = self.make_owner("1", "2026-02-27")
        self.run_cron()
        call = self.calls(owner)
        call.date_due = "2026-09-20"
        owner._property_data_failed("address", "returned_mail", "Moved away")
        self.assertEqual(self.calls(owner), call)
        self.assertEqual(call.date_due, self.day("2026-08-31"))
        self.assertEqual(call.subject, "Moved away")

    def test_calls_are_spread_over_the_days(self):
        # Twenty a day for one member of the staff: the 21st is for tomorrow.
        owners = self.env["res.partner"].browse()
        for number in range(21):
            owners |= self.make_owner(str(number), "2026-02-01")
        self.run_cron()
        days = self.calls(*owners).mapped("date_due")
        self.assertEqual(days.count(self.day("2026-08-31")), 20)
        self.assertEqual(days.count(self.day("2026-09-01")), 1)

    def test_more_owners_need_no_more_queries(self):
        def queries(first, last):
            for number in range(first, last):
                self.make_owner(str(number), "2026-02-01")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            opened = self.community._open_verify_calls()
            self.env.flush_all()
            self.assertEqual(len(opened), last - first)
            return self.env.cr.sql_log_count - before

        queries(0, 2)
        few = queries(2, 4)
        self.assertLessEqual(queries(4, 44), few)
