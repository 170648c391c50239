from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import EstateCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 04:00:00")
class TestCall(EstateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.cs, cls.finance = cls.make_user("cs"), cls.make_user("finance")
        cls.community.cs_user_ids = cls.cs
        cls.community.finance_user_id = cls.finance

    @classmethod
    def open_calls(cls, *partners, **values):
        return cls.env["property.call"]._open(
            [
                {"partner_id": one.id, "community_id": cls.community.id, **values}
                for one in partners
            ]
        )

    def test_one_open_call_of_a_kind_and_community(self):
        calls = self.open_calls(self.ann, self.ben, self.ann)
        self.assertEqual(calls.partner_id, self.ann | self.ben)
        self.assertEqual(set(calls.mapped("date_due")), {self.day("2026-03-02")})
        self.assertFalse(self.open_calls(self.ann))
        calls.action_cancel()
        self.assertTrue(self.open_calls(self.ann))

    def day(self, text):
        return self.env["property.call"]._fields["date_due"].to_date(text)

    def test_today_is_the_day_of_the_community(self):
        # 17:00 UTC on 31 March is 1 April in Taipei.
        with freeze_time("2026-03-31 17:00:00"):
            self.assertEqual(self.open_calls(self.cat).date_due, self.day("2026-04-01"))

    def test_calls_go_to_who_has_the_fewest(self):
        other = self.cs.copy({"login": "second_cs"})
        self.community.cs_user_ids = self.cs | other
        first = self.open_calls(self.ann, user_id=self.cs.id)
        second = self.open_calls(self.ben, self.cat)
        # One each at first: the other one is the next, then both have one.
        self.assertEqual(first.user_id, self.cs)
        self.assertEqual(second.mapped("user_id"), other | self.cs)

    def test_no_answer_comes_back_in_two_days(self):
        call = self.open_calls(self.ann).with_user(self.cs)
        with freeze_time("2026-03-31 04:00:00"):
            call.action_no_answer()
        self.assertRecordValues(
            call,
            [
                {
                    "state": "open",
                    "outcome": "no_answer",
                    "attempts": 1,
                    "date_due": self.day("2026-04-02"),
                    "called_by": self.cs.id,
                }
            ],
        )
        with freeze_time("2026-04-02 04:00:00"):
            call._record("reached")
        self.assertEqual((call.state, call.attempts), ("done", 2))
        with self.assertRaisesRegex(UserError, "off the list"):
            call.action_no_answer()
        with self.assertRaisesRegex(UserError, "off the list"):
            call.date_due = "2026-05-01"
        with self.assertRaisesRegex(UserError, "on record"):
            call.sudo().unlink()

    def test_not_at_night(self):
        call = self.open_calls(self.ann).with_user(self.cs)
        # 14:00 UTC is 22:00 in Taipei.
        with (
            freeze_time("2026-03-02 14:00:00"),
            self.assertRaisesRegex(UserError, "22:00 in Sunrise"),
        ):
            call.action_reached()
        self.assertEqual(call.state, "open")

    def test_state_follows_from_the_buttons(self):
        call = self.open_calls(self.ann).with_user(self.cs)
        for name, value in (("state", "done"), ("outcome", "reached"), ("attempts", 9)):
            with self.assertRaises(AccessError):
                call.write({name: value})
        values = {"partner_id": self.ben.id, "community_id": self.community.id}
        made = call.create({**values, "date_due": "2026-03-02"})
        self.assertEqual(made.state, "open")
        with self.assertRaises(AccessError):
            call.create({**values, "date_due": "2026-03-02", "state": "done"})

    def test_others_see_nothing_and_finance_calls_nobody(self):
        call = self.open_calls(self.ann)
        self.assertEqual(call.with_user(self.finance).partner_id, self.ann)
        with self.assertRaises(AccessError):
            call.with_user(self.finance).action_reached()
        elsewhere = self.make_community("Elsewhere", "ELS")
        stranger = self.cs.copy({"login": "stranger"})
        elsewhere.cs_user_ids = stranger
        self.assertFalse(call.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            call.with_user(stranger).action_no_answer()
        with self.assertRaises(AccessError):
            call.with_user(stranger).create(
                {
                    "partner_id": self.ben.id,
                    "community_id": self.community.id,
                    "date_due": "2026-03-02",
                }
            )
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal_call",
                "partner_id": self.ann.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        with self.assertRaises(AccessError):
            call.with_user(portal).read(["note"])
        with self.assertRaises(AccessError):
            call.with_user(portal).action_reached()
