"""Messages that wait in a queue of Odoo's while part of their sum is paid."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.sms.tests.common import SMSCase

from .reminder_common import TEN_BEFORE, ReminderCommon


@tagged("post_install", "-at_install")
@freeze_time(TEN_BEFORE)
class TestReminderQueue(ReminderCommon, SMSCase, MockEmail):
    """Lin's 675.50 are in the queue; then 100.00 are paid: 575.50."""

    def setUp(self):
        super().setUp()
        with self.mockSMSGateway():
            self.started_one = self.started()
        self.first_bill = self.invoice_of(self.billing, self.unit_101)

    def of(self, channel):
        return self.row_of(self.started_one, self.lin, channel)

    def sms_of(self, row):
        return row.delivery_id.sudo().mail_notification_id.sms_id

    def test_sms_is_sent_with_the_sum_of_now(self):
        row = self.of("sms")
        old, message = row.delivery_id, self.sms_of(row)
        self.assertEqual(old.amount, 675.5)
        self.pay(self.first_bill, 100)
        with self.mockSMSGateway():
            message.send()
            self.assertFalse(self._sms)
            self.assertEqual(old.email_state, "canceled")
            self.assertIn("sum has changed", old.email_failure)
            self.assertNotEqual(row.delivery_id, old)
            self.assertEqual((row.state, row.amount), ("planned", 575.5))
            self.assertEqual(row.delivery_id.user_id, old.user_id)
            again = self.sms_of(row)
            again.send()
            self.assertEqual(len(self._sms), 1)
            self.assertIn("575.50", again.body)
        self.assertEqual(row.state, "sent")
        self.assertEqual(row.delivery_id.amount, 575.5)

    def test_unchanged_sum_is_sent_as_it_is(self):
        row = self.of("sms")
        with self.mockSMSGateway():
            self.sms_of(row).send()
            self.assertEqual(len(self._sms), 1)
        self.assertEqual(len(row.notice_id.delivery_ids), 2)

    def test_email_is_sent_with_the_sum_of_now(self):
        row = self.of("email")
        old = row.delivery_id
        mail = old.sudo().mail_notification_id.mail_mail_id
        self.pay(self.first_bill, 100)
        with self.mock_mail_gateway():
            mail.send()
            self.assertFalse(self._mails)
            self.assertEqual((mail.state, old.email_state), ("cancel", "canceled"))
            again = row.delivery_id.sudo().mail_notification_id.mail_mail_id
            self.assertNotEqual(again, mail)
            again.send()
            self.assertEqual(len(self._mails), 1)
            self.assertIn("575.50", self._mails[0]["body"])
        self.assertEqual((row.state, row.amount), ("sent", 575.5))

    def test_who_opted_out_meanwhile_gets_no_other(self):
        row = self.of("sms")
        self.pay(self.first_bill, 100)
        self.env["phone.blacklist"].sudo().add("+886912345678")
        with self.mockSMSGateway():
            self.sms_of(row).send()
            self.assertFalse(self._sms)
        self.assertEqual(row.state, "skipped")

    def test_what_cannot_be_queued_anew_waits(self):
        row = self.of("sms")
        old, message = row.delivery_id, self.sms_of(row)
        self.pay(self.first_bill, 100)
        model = self.registry["property.notice"]

        def break_down(notices):
            raise ValueError("Out of order")

        logger = "odoo.addons.property_fee_collection.models.notice"
        with (
            self.mockSMSGateway(),
            patch.object(model, "_queue_sms", break_down),
            mute_logger(f"{logger}.property_delivery_anew"),
        ):
            message.send()
            self.assertFalse(self._sms)
        self.assertEqual((message.state, row.delivery_id), ("outgoing", old))
