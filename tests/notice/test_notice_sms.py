"""SMS through Odoo's queue: the states are Odoo's own."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sms.tests.common import SMSCase

from ...models.notice.contact_hours import quiet_ends
from ...models.notice.delivery_facts import is_wrong_data
from .common import JAN, NoticeCommon

# 10 o'clock in the morning in Taipei; 23:30 there; 8 in the morning there.
MORNING, NIGHT = "2026-03-02 02:00:00", "2026-03-02 15:30:00"
NEXT_MORNING = "2026-03-03 00:00:00"


@tagged("post_install", "-at_install")
@freeze_time(MORNING)
class TestNoticeSms(NoticeCommon, SMSCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        with freeze_time(MORNING):
            cls.billing = cls.issued(JAN)
        cls.notice = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)
        cls.lin.phone = "+886912345678"

    def queue(self):
        self.notice.with_user(self.user_cs).action_send_sms()
        row = self.notice.delivery_ids
        self.assertEqual(len(row), 1)
        return row, row.sudo().mail_notification_id.sms_id

    def run_queue(self):
        """As the scheduled action does."""
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_queued_then_sent_then_delivered(self):
        with self.mockSMSGateway():
            row, sms = self.queue()
            self.assertEqual((sms.state, sms.number), ("outgoing", "+886912345678"))
            self.assertEqual((row.channel, row.email_state), ("sms", "ready"))
            self.assertFalse(row.outcome)
            self.run_queue()
            self.assertEqual(len(self._sms), 1)
        # Handed to the provider is not yet received.
        self.assertEqual(row.email_state, "pending")
        self.assertFalse(row.outcome)
        self.assertEqual(self.notice.state, "issued")
        sms.sms_tracker_id._action_update_from_sms_state("sent")
        self.assertEqual((row.email_state, row.outcome), ("sent", "electronic"))
        self.assertEqual(self.notice.state, "delivered")

    def test_what_it_says(self):
        """Lin owes 675.50 on 10 January: his name, sum, date and link, of nobody
        else."""
        with self.mockSMSGateway():
            _row, sms = self.queue()
        for word in (
            "Sunrise Garden",
            "Lin",
            self.notice.name,
            "675.50",
            "01/10/2026",
            self.notice._pay_url(),
        ):
            self.assertIn(word, sms.body)
        self.assertNotIn("Hale", sms.body)

    def test_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        template = self.env.ref("property_fee_collection.sms_template_notice")
        template.with_context(lang="zh_TW").body = "{{ object.name }} 請繳費"
        self.lin.lang = "zh_TW"
        self.notice.action_cancel()
        self.billing.with_user(self.user_cs).action_issue_notices()
        self.notice = self.notice_of(self.billing, self.lin)
        with self.mockSMSGateway():
            _row, sms = self.queue()
        self.assertEqual(sms.body, f"{self.notice.name} 請繳費")

    def test_failures_are_odoos_own(self):
        """Whose fault it is decides whether the number is asked for again."""
        for error, failure in (
            ("credit", "sms_credit"),
            ("wrong_number_format", "sms_number_format"),
            ("server_error", "sms_server"),
        ):
            with self.subTest(error), self.mockSMSGateway(sim_error=error):
                self.notice.with_user(self.user_cs).action_send_sms()
                row = self.notice.delivery_ids.sorted("id")[-1]
                self.run_queue()
                self.assertEqual(row.email_state, "exception")
                self.assertEqual(row.email_failure_type, failure)
                self.assertEqual(row.outcome, "undeliverable")
        self.assertEqual(self.notice.state, "undeliverable")

    def test_bounced(self):
        with self.mockSMSGateway():
            row, sms = self.queue()
            sms.send()
        sms.sms_tracker_id._action_update_from_provider_error("invalid_destination")
        self.assertEqual(row.email_state, "bounce")
        self.assertEqual(row.email_failure_type, "sms_invalid_destination")
        self.assertEqual(row.outcome, "undeliverable")

    def refusal(self):
        with self.assertRaises(UserError) as caught:
            self.notice.with_user(self.user_cs).action_send_sms()
        return str(caught.exception)

    def test_refusals(self):
        with self.mockSMSGateway():
            self.lin.phone = False
            self.assertIn("Lin has no phone", self.refusal())
            self.lin.phone = "ask his wife"
            self.assertIn("is not a phone number", self.refusal())
            self.lin.phone = "+886912345678"
            self.env["phone.blacklist"].sudo().add("+886912345678")
            self.assertIn("opted out", self.refusal())
            self.env["phone.blacklist"].sudo().remove("+886912345678")
            with freeze_time(NIGHT):
                self.assertIn("between 22:00 and 08:00", self.refusal())
            self.queue()
            self.assertIn("already in the SMS queue", self.refusal())
            self.pay(self.notice.move_ids)
            self.assertIn("paid meanwhile", self.refusal())
            self.notice.with_user(self.user_cs).action_cancel()
            self.assertIn("not issued", self.refusal())
        self.assertEqual(len(self.notice.delivery_ids), 1)

    def check_called_off(self, send):
        with self.mockSMSGateway():
            row, sms = self.queue()
            self.pay(self.notice.move_ids)
            send(sms)
            self.assertFalse(self._sms)
        self.assertEqual(sms.state, "canceled")
        self.assertEqual(row.email_state, "canceled")
        self.assertIn("Paid or cancelled", row.email_failure)
        self.assertFalse(row.outcome)
        self.assertEqual(self.notice.state, "issued")

    def test_paid_while_in_the_queue(self):
        self.check_called_off(lambda sms: self.run_queue())

    def test_paid_before_it_is_sent_by_hand(self):
        self.check_called_off(lambda sms: sms.send())

    def test_the_queue_waits_for_the_morning(self):
        """Queued before 22:00, looked at after: nobody is woken up, and whatever else
        is in the queue goes off."""
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()
        with self.mockSMSGateway():
            row, sms = self.queue()
            other = self.env["sms.sms"].create({"number": "+32470", "body": "Other"})
            with freeze_time(NIGHT):
                self.run_queue()
            self.assertEqual([sent["body"] for sent in self._sms], ["Other"])
            self.assertEqual(other.state, "pending")
            self.assertEqual((sms.state, row.email_state), ("outgoing", "ready"))
            triggers = self.env["ir.cron.trigger"].sudo()
            due = triggers.search([("cron_id", "=", cron.id)]).mapped("call_at")
            self.assertIn(datetime.fromisoformat(NEXT_MORNING), due)
            with freeze_time(NIGHT):
                sms.send()
            self.assertEqual(sms.state, "outgoing")
            with freeze_time(NEXT_MORNING):
                self.run_queue()
            self.assertEqual(sms.state, "pending")

    def test_many_that_wait_do_not_block_the_queue(self):
        """A batch of one: the one that waits for the morning comes first by number."""
        self.env["ir.config_parameter"].sudo().set_param("sms.session.batch.size", "1")
        with self.mockSMSGateway():
            _row, sms = self.queue()
            other = self.env["sms.sms"].create({"number": "+32470", "body": "Other"})
            self.assertLess(sms.id, other.id)
            with freeze_time(NIGHT):
                self.run_queue()
            self.assertEqual(other.state, "pending")

    def test_only_those_who_issue(self):
        stranger = new_test_user(self.env, "notice_sms_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.notice.with_user(stranger).action_send_sms()
        self.assertFalse(self.notice.delivery_ids)

    def test_when_quiet_hours_end(self):
        for moment, end in (
            ("2026-03-02 23:30", "2026-03-03 08:00"),
            ("2026-03-03 00:00", "2026-03-03 08:00"),
            ("2026-03-03 07:59", "2026-03-03 08:00"),
            ("2026-03-03 08:00", "2026-03-04 08:00"),
        ):
            self.assertEqual(
                quiet_ends(datetime.fromisoformat(moment), 8.0),
                datetime.fromisoformat(end),
            )

    def test_whose_fault_it_is(self):
        for status, failure, expected in (
            ("bounce", "mail_bounce", True),
            ("bounce", False, True),
            ("exception", "sms_number_format", True),
            ("exception", "sms_credit", False),
            ("exception", "mail_smtp", False),
            ("sent", False, False),
        ):
            self.assertEqual(is_wrong_data(status, failure), expected, failure)
