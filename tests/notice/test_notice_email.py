"""E-mail through Odoo's queue: the states are Odoo's own."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from .common import JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeEmail(NoticeCommon, MockEmail):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = cls.issued(JAN)
        cls.notice = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)
        cls.user_cs.email = "cs@example.com"

    def queue(self):
        with self.mock_mail_gateway():
            self.notice.with_user(self.user_cs).action_send_email()
        row = self.notice.delivery_ids
        self.assertEqual(len(row), 1)
        return row

    def test_queued_then_sent(self):
        row = self.queue()
        mail = row.sudo().mail_notification_id.mail_mail_id
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual((row.channel, row.email_state), ("email", "ready"))
        self.assertFalse(row.outcome)
        self.assertEqual(self.notice.state, "issued")
        with self.mock_mail_gateway():
            mail.send()
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(self._mails[0]["email_to"], ['"Lin" <lin@example.com>'])
        self.assertIn(self.notice.name, self._mails[0]["subject"])
        [(name, content, _type)] = self._mails[0]["attachments"]
        self.assertEqual(name, f"{self.notice.name}.pdf")
        self.assertEqual(content, self.notice._stored_pdf())
        self.assertEqual(row.email_state, "sent")
        self.assertEqual(row.outcome, "electronic")
        self.assertEqual(self.notice.state, "delivered")

    def test_failed_with_reason(self):
        row = self.queue()
        mail = row.sudo().mail_notification_id.mail_mail_id
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_mail"):
            self.send_email_mocked.side_effect = OSError("mailbox full")
            mail.send()
        self.assertEqual(row.email_state, "exception")
        self.assertIn("mailbox full", row.email_failure)
        self.assertEqual(row.outcome, "undeliverable")
        self.assertEqual(self.notice.state, "undeliverable")

    def test_bounced(self):
        row = self.queue()
        notification = row.sudo().mail_notification_id
        with self.mock_mail_gateway():
            notification.mail_mail_id.send()
        # What Odoo writes when the bounce comes back.
        notification.write({"notification_status": "bounce", "failure_reason": "550"})
        self.assertEqual(row.email_state, "bounce")
        self.assertEqual(row.email_failure, "550")
        self.assertEqual(self.notice.state, "undeliverable")

    def test_paid_before_queuing(self):
        self.pay(self.notice.move_ids)
        with self.assertRaisesRegex(UserError, "paid meanwhile"):
            self.notice.with_user(self.user_cs).action_send_email()
        self.assertFalse(self.notice.delivery_ids)

    def test_paid_while_in_the_queue(self):
        row = self.queue()
        mail = row.sudo().mail_notification_id.mail_mail_id
        self.pay(self.notice.move_ids)
        with self.mock_mail_gateway():
            mail.send()
        self.assertFalse(self._mails)
        self.assertEqual(mail.state, "cancel")
        self.assertEqual(row.email_state, "canceled")
        # Withheld is not undeliverable: nobody has to call on him.
        self.assertFalse(row.outcome)
        self.assertEqual(self.notice.state, "issued")
        self.notice.invalidate_recordset(["to_deliver"])
        self.assertFalse(self.notice.to_deliver)

    def test_refusals_are_listed(self):
        other = self.notice_of(self.billing, self.hale)
        self.hale.email = False
        both = (self.notice | other).with_user(self.user_cs)
        with self.mock_mail_gateway():
            action = both.action_send_email()
        self.assertIn("Hale has no e-mail address", action["params"]["message"])
        self.assertFalse(other.delivery_ids)
        self.assertEqual(len(self.notice.delivery_ids), 1)
        # Twice: it waits in the queue already.
        with self.assertRaisesRegex(UserError, "already in the mail queue"):
            self.notice.with_user(self.user_cs).action_send_email()

    def test_opted_out(self):
        self.env["mail.blacklist"].sudo()._add("lin@example.com")
        with self.assertRaisesRegex(UserError, "opted out"):
            self.notice.with_user(self.user_cs).action_send_email()
