"""Sending and handing over demands: not too often, not to whom nothing is demanded of,
and what comes back asks for better data."""

from base64 import b64decode

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.sms.tests.common import SMSCase

from ..notice.common import PIXEL
from .notice_common import CollectionNoticeCommon

NOW = "2026-04-02 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNoticeSend(CollectionNoticeCommon, SMSCase, MockEmail):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.january = cls.make_invoice(cls.lin, 100, "2026-01-10", cls.unit)
            cls.february = cls.make_invoice(cls.lin, 110, "2026-02-10", cls.unit)
            cls.statement = cls.make_statement("2026-03-01")
            cls.notice = cls.issue(cls.make_notice(months=1))
        cls.user_cs.email = "cs@example.com"

    def sms(self):
        self.notice.with_user(self.user_cs).action_send_sms()
        row = self.notice.delivery_ids.sorted("id")[-1]
        return row.sudo().mail_notification_id.sms_id

    def refusal(self, action="action_send_sms"):
        with self.assertRaises(UserError) as caught:
            getattr(self.notice.with_user(self.user_cs), action)()
        return str(caught.exception)

    def test_words_of_a_demand(self):
        """100 + 110 are overdue; 7 days from 2 April."""
        with self.mockSMSGateway():
            sms = self.sms()
        self.assertIn("210.00", sms.body)
        self.assertIn("04/09/2026", sms.body)
        self.assertIn("overdue", sms.body)
        with self.mock_mail_gateway():
            self.notice.with_user(self.user_cs).action_send_email()
            mail = self.notice.delivery_ids.filtered(lambda row: row.channel == "email")
            mail.sudo().mail_notification_id.mail_mail_id.send()
        body = self._mails[0]["body"]
        self.assertIn("demand notice", body)
        self.assertIn("210.00", body)
        [(name, content, _type)] = self._mails[0]["attachments"]
        self.assertEqual(content, self.notice._stored_pdf())

    def test_words_of_a_final_notice(self):
        final = self.issue(self.make_notice(months=6))
        with self.mock_mail_gateway():
            final.with_user(self.user_cs).action_send_email()
            final.delivery_ids.sudo().mail_notification_id.mail_mail_id.send()
        self.assertIn("final notice", self._mails[0]["body"])

    def test_a_promise_or_hold_stops_it(self):
        """Also what is already in the queue."""
        with self.mockSMSGateway():
            sms = self.sms()
            self.notice.case_id.sudo().write(
                {"hold_until": "2026-04-20", "hold_reason": "In hospital"}
            )
            self.assertIn("On hold until 04/20/2026", self.refusal())
            self.assertIn("On hold", self.refusal("action_send_email"))
            sms.send()
            self.assertEqual(sms.state, "canceled")
            self.assertFalse(self._sms)

    def test_only_what_is_disputed_is_left(self):
        """Paid but for a disputed sum, nothing is asked for."""
        self.env["property.dispute"].create(
            {"move_id": self.february.id, "amount": 110, "cause": "billing"}
        )
        self.pay(self.january)
        with self.mockSMSGateway():
            self.assertIn("paid meanwhile", self.refusal())

    def test_weekly_cap(self):
        """Three contacts within seven days are allowed; SMS count."""
        self.company.property_contact_cap = 2
        with self.mockSMSGateway():
            for _time in range(2):
                sms = self.sms()
                sms.send()
            self.assertIn("2 times within seven days", self.refusal())
            self.assertIn("from 04/09/2026", self.refusal())
            with freeze_time("2026-04-09 03:00:00"):
                self.sms()

    def test_a_wrong_number_is_verified_anew(self):
        self.lin.write({"property_phone_verified": "2026-01-01"})
        with self.mockSMSGateway(sim_error="wrong_number_format"):
            self.sms().send()
        self.assertFalse(self.lin.property_phone_verified)
        self.assertIn("Not reached by SMS", self.lin.message_ids[0].body)

    def test_an_empty_account_is_not_his_fault(self):
        self.lin.write({"property_phone_verified": "2026-01-01"})
        with self.mockSMSGateway(sim_error="credit"):
            self.sms().send()
        self.assertTrue(self.lin.property_phone_verified)

    def test_a_bounced_mail(self):
        with self.mock_mail_gateway():
            self.notice.with_user(self.user_cs).action_send_email()
            notification = self.notice.delivery_ids.sudo().mail_notification_id
            notification.mail_mail_id.send()
        notification.write({"notification_status": "bounce", "failure_reason": "550"})
        self.assertIn("550", self.lin.message_ids[0].body)

    def leave(self, **values):
        return (
            self.env["property.delivery"]
            .with_user(self.user_cs)
            .create(
                {
                    "notice_id": self.notice.id,
                    "channel": "counter",
                    "outcome": "left_with_witness",
                    **values,
                }
            )
        )

    def test_left_with_picture_and_witness(self):
        picture = [Command.create({"name": "door.png", "raw": b64decode(PIXEL)})]
        for values in (
            {"witness": "Guard Wu"},
            {"attachment_ids": picture},
            # A signature is no picture of the door.
            {"witness": "Guard Wu", "signature": PIXEL},
        ):
            with self.assertRaises(UserError):
                self.leave(**values)
        row = self.leave(witness="Guard Wu", attachment_ids=picture)
        self.assertEqual(self.notice.state, "delivered")
        self.assertEqual(row.witness, "Guard Wu")

    def test_the_little_form_asks_for_the_picture(self):
        wizard = self.env["property.delivery.record"].with_user(self.user_cs)
        wizard = wizard.create(
            {
                "notice_ids": [Command.set(self.notice.ids)],
                "channel": "counter",
                "outcome": "left_with_witness",
                "witness": "Guard Wu",
            }
        )
        self.assertTrue(wizard.needs_picture)
        with self.assertRaises(UserError):
            wizard.action_save()
        wizard.picture = PIXEL
        wizard.action_save()
        self.assertEqual(self.notice.state, "delivered")
