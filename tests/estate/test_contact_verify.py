from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import EstateCommon

KNOWN = {"phone": "0912 000 001", "street": "Main Street 1", "email": "a@example.com"}


class VerifyCommon(EstateCommon):
    """31 August 2026, noon in Taipei. Six months before is 28 February: verified that
    day is fresh, verified the day before is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.cs = cls.make_user("cs")
        cls.community.cs_user_ids = cls.cs
        cls.env.user.tz = "Asia/Taipei"

    @classmethod
    def make_owner(cls, name, phone=None, address=None, **values):
        owner = cls.env["res.partner"].create(
            {
                "name": name,
                **KNOWN,
                "property_phone_verified": phone,
                "property_address_verified": address or phone,
                **values,
            }
        )
        cls.make_unit(name, owner_id=owner.id)
        return owner

    def calls(self, *partners):
        domain = [("partner_id", "in", [partner.id for partner in partners])]
        return self.env["property.call"].search(domain, order="date_due, id")

    def checks(self, partner):
        rows = self.env["property.contact.check"].search(
            [("partner_id", "=", partner.id)], order="id"
        )
        return [(row.field, row.result, row.source) for row in rows]

    def verify(self, partner, user=None, call=None, **values):
        return (
            self.env["property.contact.verify"]
            .with_user(user or self.cs)
            .create(
                {
                    "partner_id": partner.id,
                    "community_id": self.community.id,
                    "call_id": call.id if call else False,
                    **values,
                }
            )
        )

    def day(self, text):
        return fields.Date.to_date(text)


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


@tagged("post_install", "-at_install")
@freeze_time("2026-08-31 04:00:00")
class TestVerifyForm(VerifyCommon):
    def test_confirm_and_correct(self):
        owner = self.make_owner("1")
        call = self.env["property.call"]._open(
            [{"partner_id": owner.id, "community_id": self.community.id}]
        )
        form = self.verify(owner, call=call, source="spouse")
        self.assertEqual((form.phone, form.street), ("0912 000 001", "Main Street 1"))
        form.phone_check = "confirmed"
        form.write({"street": "New Road 2", "other_phones": "0933 (wife)"})
        form.action_save()
        self.assertRecordValues(
            owner,
            [
                {
                    "street": "New Road 2",
                    "property_other_phones": "0933 (wife)",
                    "property_phone_verified": self.day("2026-08-31"),
                    "property_address_verified": self.day("2026-08-31"),
                    "property_email_verified": False,
                    "property_contact_state": "fresh",
                }
            ],
        )
        self.assertEqual(
            self.checks(owner),
            [
                ("phone", "confirmed", "spouse"),
                ("other_phones", "changed", "spouse"),
                ("address", "changed", "spouse"),
            ],
        )
        self.assertEqual((call.state, call.outcome), ("done", False))
        row = owner.property_contact_check_ids.filtered(lambda r: r.field == "address")
        self.assertEqual(
            (row.old_value, row.new_value), ("Main Street 1", "New Road 2")
        )
        self.assertEqual(row.user_id, self.cs)

    def test_by_phone_it_is_a_call(self):
        owner = self.make_owner("1")
        call = self.env["property.call"]._open(
            [{"partner_id": owner.id, "community_id": self.community.id}]
        )
        action = call.with_user(self.cs).action_reached()
        self.assertEqual(action["res_model"], "property.contact.verify")
        form = (
            self.env["property.contact.verify"]
            .with_user(self.cs)
            .with_context(**action["context"])
            .create({"source": "owner", "phone_check": "confirmed"})
        )
        form.action_save()
        self.assertEqual((call.state, call.outcome), ("done", "reached"))
        self.assertEqual(call.called_by, self.cs)

    def test_wrong_and_nothing_new(self):
        owner = self.make_owner("1", "2026-08-01")
        self.verify(owner, source="neighbour", address_check="failed").action_save()
        self.assertEqual(owner.property_contact_state, "failed")
        self.assertFalse(owner.property_address_verified)
        call = self.env["property.call"]._open(
            [{"partner_id": owner.id, "community_id": self.community.id}]
        )
        self.verify(owner, call=call, note="Not in the files").action_nothing()
        self.assertEqual(call.state, "done")
        self.assertEqual(
            self.checks(owner),
            [("address", "failed", "neighbour"), (False, "nothing", "other")],
        )

    def test_what_has_to_be_said(self):
        owner = self.make_owner("1", email=False)
        for values, words in (
            ({"source": "owner"}, "Nothing New"),
            ({"phone_check": "confirmed"}, "who said so"),
            ({"source": "owner", "email_check": "confirmed"}, "missing"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.verify(owner, **values).action_save()

    def test_a_plain_edit_leaves_a_row(self):
        owner = self.make_owner("1", "2026-08-01")
        # Only grouped in another way.
        owner.phone = "0912000001"
        self.assertFalse(self.checks(owner))
        owner.with_user(self.cs).write({"phone": "0912 000 002", "city": "Taipei"})
        self.assertEqual(
            self.checks(owner),
            [("phone", "changed", "edited"), ("address", "changed", "edited")],
        )
        # What is new has not been verified.
        self.assertFalse(owner.property_phone_verified)
        self.assertFalse(owner.property_address_verified)
        # Of strangers to the community nothing is kept.
        self.ann.phone = "1"
        self.assertFalse(self.checks(self.ann))

    def test_history_is_nobodys_to_write(self):
        owner = self.make_owner("1")
        owner.phone = "2"
        row = owner.property_contact_check_ids
        for user in (self.cs, self.make_user("company")):
            with self.assertRaises(UserError):
                row.with_user(user).write({"new_value": "3"})
            with self.assertRaises(UserError):
                row.with_user(user).unlink()
            with self.assertRaises(AccessError):
                row.with_user(user).create(
                    {
                        "partner_id": owner.id,
                        "community_id": self.community.id,
                        "source": "owner",
                        "result": "confirmed",
                    }
                )
        with self.assertRaisesRegex(UserError, "not rewritten"):
            row.sudo().note = "x"
        with self.assertRaisesRegex(UserError, "on record"):
            row.sudo().unlink()

    def test_others_see_and_verify_nothing(self):
        owner = self.make_owner("1")
        owner.phone = "2"
        elsewhere = self.make_community("Elsewhere", "ELS")
        stranger = self.cs.copy({"login": "stranger_verify"})
        elsewhere.cs_user_ids = stranger
        for model in ("property.contact.check", "property.contact.report"):
            self.assertTrue(self.env[model].with_user(self.cs).search([]))
            self.assertFalse(self.env[model].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.verify(owner, user=stranger)
        finance = self.make_user("finance")
        self.community.finance_user_id = finance
        with self.assertRaises(AccessError):
            self.verify(owner, user=finance)
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal_verify",
                "partner_id": owner.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        for model in ("property.contact.check", "property.contact.report"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])

    def test_reachable_share(self):
        self.make_owner("1", "2026-08-01")
        self.make_owner("2", "2026-02-27")
        two = self.make_owner("3", "2026-08-01", email=False)
        self.make_unit("3a", owner_id=two.id)
        mailed = self.make_owner("4", property_email_verified="2026-08-01")
        # Not delivered, and a parking space: not counted.
        self.make_owner("5").property_unit_ids.occupancy_status = "undelivered"
        self.make_owner("6").property_unit_ids.unit_type = "parking"
        # Of four owners two are reachable by phone and by letter, one by e-mail.
        self.assertEqual(self.community.owner_count, 4)
        self.assertEqual(self.community.reach_phone, 0.5)
        self.assertEqual(self.community.reach_address, 0.5)
        self.assertEqual(self.community.reach_email, 0.25)
        report = self.env["property.contact.report"]
        rows = report.search([("community_id", "=", self.community.id)])
        self.assertEqual(sum(rows.mapped("by_any")), 3)
        row = rows.filtered(lambda one: one.partner_id == mailed)
        self.assertEqual((row.by_any, row.by_phone, row.unit_count), (1, 0, 1))
        row = rows.filtered(lambda one: one.partner_id == two)
        self.assertEqual(row.unit_count, 2)


@tagged("post_install", "-at_install")
class TestVacancyReason(VerifyCommon):
    def rows(self, unit):
        return [
            (row.status, row.vacancy_reason, str(row.date_from or ""))
            for row in unit.occupancy_ids.sorted(lambda row: str(row.date_from or ""))
        ]

    def test_a_first_reason_completes_the_row(self):
        with freeze_time("2026-01-05 04:00:00"):
            unit = self.make_unit("1", owner_id=self.ann.id)
        with freeze_time("2026-03-05 04:00:00"):
            unit.vacancy_reason = "remote"
        self.assertEqual(self.rows(unit), [("delivered_vacant", "remote", "")])
        # Another one is a change like any other.
        with freeze_time("2026-04-01 04:00:00"):
            unit.vacancy_reason = "to_let"
        self.assertEqual(
            self.rows(unit),
            [
                ("delivered_vacant", "remote", ""),
                ("delivered_vacant", "to_let", "2026-04-01"),
            ],
        )
        with freeze_time("2026-05-01 04:00:00"):
            unit.occupancy_status = "leased"
            self.assertFalse(unit.vacancy_reason)
        self.assertEqual(self.rows(unit)[-1], ("leased", False, "2026-05-01"))

    def test_with_the_status(self):
        unit = self.make_unit("1", owner_id=self.ann.id)
        with freeze_time("2026-03-05 04:00:00"):
            unit.occupancy_status = "decorating"
        with freeze_time("2026-04-05 04:00:00"):
            unit.write(
                {"vacancy_reason": "season", "occupancy_status": "delivered_vacant"}
            )
        self.assertEqual(
            self.rows(unit)[1:],
            [
                ("decorating", False, "2026-03-05"),
                ("delivered_vacant", "season", "2026-04-05"),
            ],
        )

    def test_only_what_is_vacant_has_a_reason(self):
        unit = self.make_unit(
            "1",
            owner_id=self.ann.id,
            occupancy_status="leased",
            vacancy_reason="remote",
        )
        self.assertFalse(unit.vacancy_reason)
        row = unit.occupancy_ids
        row.write({"status": "delivered_vacant", "vacancy_reason": "other"})
        self.assertEqual(unit.vacancy_reason, "other")
        row.status = "owner_occupied"
        self.assertFalse(unit.vacancy_reason)

    @freeze_time("2026-08-31 04:00:00")
    def test_asked_on_the_phone(self):
        owner = self.make_owner("1")
        unit = owner.property_unit_ids
        form = self.verify(owner, vacancy_reason="second_home")
        self.assertEqual(form.vacant_unit_ids, unit)
        form.action_save()
        self.assertEqual(unit.vacancy_reason, "second_home")

    @freeze_time("2026-08-31 04:00:00")
    def test_from_the_unit(self):
        owner = self.make_owner("1")
        action = owner.property_unit_ids.with_user(self.cs).action_verify_owner()
        form = Form(
            self.env["property.contact.verify"]
            .with_user(self.cs)
            .with_context(**action["context"])
        )
        self.assertEqual((form.partner_id, form.phone), (owner, "0912 000 001"))
        form.source, form.phone_check = "tenant", "confirmed"
        form.save().action_save()
        self.assertEqual(self.checks(owner), [("phone", "confirmed", "tenant")])

    def test_by_building_and_stage(self):
        self.community.stage = "decoration"
        units = self.make_unit("1", owner_id=self.ann.id, vacancy_reason="for_sale")
        units |= self.make_unit("2", owner_id=self.ann.id, vacancy_reason="for_sale")
        rows = self.env["property.unit"]._read_group(
            [("id", "in", units.ids)],
            ["community_stage", "building_id", "vacancy_reason"],
            ["__count"],
        )
        self.assertEqual(rows, [("decoration", self.building, "for_sale", 2)])
