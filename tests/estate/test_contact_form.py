from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .verify_common import VerifyCommon


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

    def test_no_client_can_skip_the_history(self):
        """What a client sends along in the context is no word of the form."""
        owner = self.make_owner("1")
        for value in (True, 1, "BY_FORM", {"a": 1}):
            owner.with_user(self.cs).with_context(property_contact_check=value).write(
                {"phone": f"0912 {len(self.checks(owner))}"}
            )
        self.assertEqual(self.checks(owner), [("phone", "changed", "edited")] * 4)

    def test_nobody_from_elsewhere_is_verified(self):
        """Ann has nothing to do with the community; whoever once had a unit there, and
        the person to talk to of a company, do."""
        with self.assertRaisesRegex(ValidationError, "nothing to do with Sunrise"):
            self.verify(self.ann, source="owner", phone="1")
        firm = self.make_owner("1", is_company=True)
        person = self.env["res.partner"].create({"name": "Zoe", "parent_id": firm.id})
        self.assertTrue(self.verify(person))
        firm.property_unit_ids.owner_id = self.ben
        self.assertTrue(self.verify(firm))
        self.assertTrue(self.verify(self.ben))
