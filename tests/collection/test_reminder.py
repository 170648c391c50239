"""Whom the arrears leave in peace before a due date, and how often an SMS goes out."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.sms.tests.common import SMSCase

from .contact_common import ContactCommon

# Ten days before 10 February; in Taipei 10 o'clock in the morning.
NOW = "2026-01-31 02:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReminderCollection(ContactCommon, SMSCase):
    """The owner of 101 owes 300.00 since 10 January; 255.50 fall due on 10 February."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.write({"phone": "+886912345678", "email": "owner@example.com"})
        with freeze_time(NOW):
            cls.february = cls.make_invoice(cls.owner, 255.5, "2026-02-10", cls.unit)

    def campaign(self):
        campaigns = self.env["property.reminder.campaign"].with_user(self.user_cs)
        return campaigns.create(
            {
                "community_id": self.community.id,
                "date_due": fields.Date.to_date("2026-02-10"),
                "days_before": 10,
                "by_poster": False,
            }
        )

    def rows(self, campaign):
        return [
            (row.channel or "", row.state, row.reason or "", row.amount)
            for row in campaign.sudo().reminder_ids.sorted("id")
        ]

    def dispute(self, amount):
        return self.env["property.dispute"].create(
            {"move_id": self.february.id, "cause": "billing", "amount": amount}
        )

    def test_only_this_due_date(self):
        self.assertEqual(
            self.rows(self.campaign()),
            [("sms", "planned", "", 255.5), ("email", "planned", "", 255.5)],
        )

    def test_dispute(self):
        self.dispute(255.5)
        self.assertEqual(
            self.rows(self.campaign()),
            [("", "skipped", "in dispute or set aside", 0)],
        )

    def test_what_is_not_disputed_is_asked_for(self):
        """255.50 - 55.50 = 200.00"""
        self.dispute(55.5)
        self.assertEqual({row[3] for row in self.rows(self.campaign())}, {200})

    def test_disputed_between_preview_and_sending(self):
        campaign = self.campaign()
        with self.mockSMSGateway():
            campaign.action_start()
            row = campaign.sudo().reminder_ids[0]
            self.dispute(255.5)
            row.delivery_id.sudo().mail_notification_id.sms_id.send()
            self.assertFalse(self._sms)
        self.assertEqual(row.state, "skipped")

    def test_promise(self):
        self.promise(self.opened(), 300, "2026-02-05")
        [(channel, state, reason, _amount)] = self.rows(self.campaign())
        self.assertEqual((channel, state), ("", "skipped"))
        self.assertIn("promised to pay by 02/05/2026", reason)

    def test_hold(self):
        case = self.opened()
        case.write({"hold_until": "2026-03-01", "hold_reason": "Ill"})
        case.sudo()._touch()
        [(_channel, state, reason, _amount)] = self.rows(self.campaign())
        self.assertEqual(state, "skipped")
        self.assertIn("On hold until", reason)

    def test_no_followup(self):
        self.february.no_followup = True
        self.assertEqual(
            self.rows(self.campaign()),
            [("", "skipped", "in dispute or set aside", 0)],
        )

    def test_weekly_cap(self):
        """Called three times within the week: the SMS waits, the e-mail goes out. On 5
        February three calls of 29 to 31 January are within seven days still, on the 6th
        two are left."""
        case = self.opened()
        with self.mockSMSGateway():
            campaign = self.campaign()
            for day in ("2026-01-29", "2026-01-30", "2026-01-31"):
                self.contact(case, f"{day} 01:30:00")
            campaign.action_start()
            sms, mail = campaign.sudo().reminder_ids.sorted("id")
            self.assertFalse(sms.delivery_id)
            self.assertIn("3 times within seven days", sms.reason)
            self.assertTrue(mail.delivery_id)
            for day, is_sent in (("02-04", False), ("02-05", True)):
                with freeze_time(f"2026-{day} 02:30:00"):
                    campaign.sudo().reminder_ids._send_all()
                    self.assertEqual(bool(sms.delivery_id), is_sent, day)

    def test_an_sms_counts(self):
        """Two calls and the reminder are three contacts: another call is one too
        many."""
        case = self.opened()
        self.contact(case, "2026-01-30 01:30:00")
        self.contact(case, "2026-01-30 02:30:00")
        with self.mockSMSGateway():
            self.campaign().action_start()
        with self.refused("One contact too many"):
            self.contact(case, "2026-01-31 01:30:00")
