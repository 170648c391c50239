"""Who may see and send reminders (invariant 10)."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sms.tests.common import SMSCase

from .reminder_common import TEN_BEFORE, ReminderCommon


@tagged("post_install", "-at_install")
class TestReminderAccess(ReminderCommon, SMSCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TEN_BEFORE):
            cls.reminder = cls.campaign(by_sms=False)
            cls.reminder.action_start()
        cls.notice = cls.reminder.notice_ids.filtered(lambda n: n.partner_id == cls.lin)
        cls.stranger = new_test_user(
            cls.env,
            "reminder_stranger",
            "base.group_user,property_fee_collection.group_cs",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_other_communities(self):
        for model in ("campaign", "result", "channel"):
            records = self.env[f"property.reminder.{model}"].with_user(self.stranger)
            if model != "channel":
                self.assertFalse(records.search([]), model)
        self.assertFalse(
            self.env["property.reminder"].with_user(self.stranger).search([])
        )
        campaign = self.reminder.with_user(self.stranger)
        for method in ("action_cancel", "action_close", "action_letters_posted"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(campaign, method)()
        with self.assertRaises(AccessError):
            campaign._print_paper("labels")
        with self.assertRaises(AccessError):
            self.campaign(5).with_user(self.stranger).action_start()
        with self.assertRaises(AccessError):
            self.env["property.reminder.campaign"].with_user(self.stranger).create(
                {"community_id": self.community.id, "date_due": "2026-02-10"}
            )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_reminders_by_hand(self):
        row = self.reminder.reminder_ids[:1]
        for user in (self.user_cs, self.user_finance, self.user_company):
            with self.assertRaises(AccessError):
                row.with_user(user).write({"state": "reached"})
            with self.assertRaises(AccessError):
                self.reminder.with_user(user).write({"state": "draft"})
        with self.assertRaises(AccessError):
            self.env["property.reminder.channel"].with_user(self.user_cs).search(
                [], limit=1
            ).write({"cost": 0})

    def test_roles(self):
        for user in (self.user_cs, self.user_manager, self.user_company):
            self.assertTrue(
                self.env["property.reminder.result"].with_user(user).search([])
            )

    def test_portal(self):
        """Lin sees his reminder, and that he can pay; Hale sees nothing of it."""
        users = {
            partner: new_test_user(
                self.env,
                f"portal_{partner.name}",
                "base.group_portal",
                partner_id=partner.id,
                password="portal_password",
            )
            for partner in (self.lin, self.hale)
        }
        path = f"/my/notices/{self.notice.id}"
        self.authenticate(users[self.hale].login, "portal_password")
        answer = self.url_open(path)
        self.assertNotIn(self.notice.name, answer.text)
        pdf = self.url_open(f"{path}/pdf")
        self.assertNotIn("application/pdf", pdf.headers["Content-Type"])
        for what in ("labels", "letters", "poster_a4"):
            answer = self.url_open(f"/property/reminders/{self.reminder.id}/{what}.pdf")
            self.assertNotIn("application/pdf", answer.headers["Content-Type"])
        self.assertFalse(self.notice.reminder_ids.filtered("opened_on"))
        self.authenticate(users[self.lin].login, "portal_password")
        answer = self.url_open(path)
        self.assertIn(self.notice.name, answer.text)
        self.assertIn("View and pay", answer.text)
        self.env.invalidate_all()
        row = self.row_of(self.reminder, self.lin, "email")
        self.assertEqual(row.state, "reached")

    def test_the_link_needs_its_token(self):
        path = f"/my/notices/{self.notice.id}"
        self.authenticate(None, None)
        self.assertNotIn(self.notice.name, self.url_open(path).text)
        wrong = self.url_open(f"{path}?access_token=guess")
        self.assertNotIn(self.notice.name, wrong.text)
        right = self.url_open(f"{path}?access_token={self.notice.access_token}")
        self.assertIn(self.notice.name, right.text)
