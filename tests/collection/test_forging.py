from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 04:00:00")
class TestForging(CollectionCommon):
    """What belongs to a case stays with it, and a case with its customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_invoice(cls.owner, 100.0, "2026-01-10", cls.unit)
        cls.case = cls.open_cases()
        cls.other = cls.make_community("Moon Garden", "MOG", cs_user_ids=False)
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger"})
        cls.make_invoice(
            cls.stranger, 70.0, "2026-01-10", property_community_id=cls.other.id
        )
        cls.foreign = cls.open_cases(cls.other)

    def refused(self, records, user, vals):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            records.with_user(user).write(vals)

    def test_the_customer_of_a_case_is_nobodys_to_change(self):
        for vals in (
            {"partner_id": self.stranger.id},
            {"community_id": self.other.id},
            {"company_id": self.company.id},
        ):
            self.refused(self.case, self.user_cs, vals)
            self.refused(self.case, self.user_company, vals)

    def test_what_follows_from_the_case_is_not_written(self):
        contact = self.env["property.contact"].create(
            {"case_id": self.case.id, "channel": "counter", "outcome": "reached"}
        )
        promise = self.env["property.promise"].create(
            {"case_id": self.case.id, "amount": 10, "date": "2026-04-20"}
        )
        for record in (contact, promise):
            self.refused(record, self.user_cs, {"partner_id": self.stranger.id})
            self.refused(record, self.user_company, {"community_id": self.other.id})
        promise.cancel_reason = "Noted twice"
        promise.with_user(self.user_cs_head).action_cancel()
        again = self.env["property.promise"].with_user(self.user_cs)
        again = again.create(
            {
                "case_id": self.case.id,
                "partner_id": self.stranger.id,
                "amount": 5,
                "date": "2026-04-21",
            }
        )
        self.assertEqual(again.partner_id, self.owner)

    def test_the_form_of_a_contact_opens_no_foreign_case(self):
        records = self.env["property.contact.record"].with_user(self.user_cs)
        self.assertTrue(
            records.create({"case_id": self.case.id}).partner_phone is not None
        )
        with self.assertRaises(AccessError):
            records.create({"case_id": self.foreign.id})

    def test_the_collector_is_of_the_team(self):
        outsider = new_test_user(self.env, login="outsider", groups="base.group_user")
        with self.assertRaises(UserError):
            self.case.with_user(self.user_cs_head).user_id = outsider
        self.case.with_user(self.user_cs_head).user_id = self.user_manager

    def test_a_step_in_use_stays(self):
        self.env["property.notice"].sudo().create(
            {
                "kind": "demand",
                "partner_id": self.owner.id,
                "community_id": self.community.id,
                "case_id": self.case.id,
                "step_id": self.case.step_id.id,
                "anchor_date": self.case.anchor_date,
            }
        )
        with self.assertRaisesRegex(UserError, "Notices were issued"):
            self.case.step_id.unlink()

    def test_a_policy_needs_steps(self):
        policies = self.env["property.collection.policy"]
        with self.assertRaises(UserError):
            policies.create({"name": "Empty"})
        with self.assertRaises(UserError):
            policies.create({"name": "Empty", "step_ids": [Command.clear()]})
