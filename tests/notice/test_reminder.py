"""Campaigns from the preview to the result."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.sms.tests.common import SMSCase

from .reminder_common import (
    NIGHT_BEFORE,
    TEN_BEFORE,
    THREE_BEFORE,
    ReminderCommon,
)


@tagged("post_install", "-at_install")
@freeze_time(TEN_BEFORE)
class TestReminder(ReminderCommon, SMSCase):
    def test_preview(self):
        """Ten days before: SMS, e-mail and posters. Hale has no phone."""
        campaign = self.campaign()
        self.assertEqual(
            self.rows_of(campaign),
            [
                ("Lin", "sms", "planned", ""),
                ("Lin", "email", "planned", ""),
                ("Hale", "sms", "skipped", "no phone"),
                ("Hale", "email", "planned", ""),
            ],
        )
        amounts = campaign.sudo().reminder_ids.mapped("amount")
        self.assertEqual(amounts, [675.5, 675.5, 336, 336, 0])
        # 675.50 + 336.00; two customers.
        self.assertEqual(campaign.amount_planned, 1011.5)
        self.assertEqual(campaign.customer_count, 2)
        self.assertFalse(campaign.notice_ids)
        self.assertEqual(str(campaign.date_planned), "2025-12-31")

    def test_who_gets_none(self):
        self.pay(self.invoice_of(self.billing, self.unit_103))
        self.lin.property_no_reminders = True
        self.assertEqual(
            self.rows_of(self.campaign()),
            [
                ("Lin", "", "skipped", "wants no reminders"),
                ("Hale", "", "skipped", "paid"),
            ],
        )

    def test_opted_out_of_one_channel(self):
        self.env["phone.blacklist"].sudo().add("+886912345678")
        self.env["mail.blacklist"].sudo()._add("hale@example.com")
        self.assertEqual(
            self.rows_of(self.campaign()),
            [
                ("Lin", "sms", "skipped", "has opted out"),
                ("Lin", "email", "planned", ""),
                ("Hale", "sms", "skipped", "no phone"),
                ("Hale", "email", "skipped", "has opted out"),
            ],
        )

    def test_credits_count(self):
        """Hale has 100.00 on account: 336.00 - 100.00 = 236.00. Another 236.00 and
        nothing is left to ask for."""
        self.on_account(self.hale, 100)
        campaign = self.campaign()
        self.assertEqual(self.row_of(campaign, self.hale, "email").amount, 236)
        self.on_account(self.hale, 236)
        campaign.action_refresh()
        self.assertIn(
            ("Hale", "", "skipped", "covered by credits"), self.rows_of(campaign)
        )

    def test_credits_pay_older_debts_first(self):
        """Hale owes 300.00 since December; his 350.00 on account pay these first, so
        that 50.00 count for January: 336.00 - 50.00 = 286.00."""
        move = self.invoice_of(self.billing, self.unit_103).copy(
            {"invoice_date": "2025-12-01", "invoice_date_due": "2025-12-10"}
        )
        move.property_run_id = False
        move.invoice_line_ids.write({"price_unit": 300, "quantity": 1})
        move.invoice_date_due = fields.Date.to_date("2025-12-10")
        move.action_post()
        self.assertEqual(move.amount_residual, 300)
        self.on_account(self.hale, 350)
        campaign = self.campaign()
        self.assertEqual(self.row_of(campaign, self.hale, "email").amount, 286)

    def on_account(self, partner, amount):
        payment = self.env["account.payment"].create(
            {
                "partner_id": partner.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": amount,
                "date": "2025-12-30",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        return payment

    def test_sent(self):
        with self.mockSMSGateway():
            campaign = self.started()
            self.assertEqual(campaign.state, "running")
            notice = campaign.notice_ids.filtered(lambda n: n.partner_id == self.lin)
            self.assertEqual((notice.kind, notice.state), ("reminder", "issued"))
            self.assertEqual(notice.amount_total, 675.5)
            self.assertEqual(str(notice.deadline), "2026-01-10")
            self.assertTrue(notice.attachment_id)
            sms = self.row_of(campaign, self.lin, "sms")
            self.assertEqual(
                (sms.state, sms.reason, sms.cost), ("planned", "in the queue", 0)
            )
            message = sms.delivery_id.sudo().mail_notification_id.sms_id
            self.assertIn("675.50", message.body)
            self.assertIn(notice._pay_url(), message.body)
            message.send()
            self.assertEqual((sms.state, sms.cost), ("sent", 0.05))
            message.sms_tracker_id._action_update_from_sms_state("sent")
        self.assertEqual((sms.state, sms.reason), ("reached", ""))
        self.assertEqual(
            [(line.unit_name, line.amount) for line in notice.line_ids],
            [("1 101", 255.5), ("1 102", 280), ("2 201", 140)],
        )
        # By hand: one poster row, sent; none hung up yet.
        poster = campaign.reminder_ids.filtered(lambda row: row.channel == "poster")
        self.assertEqual((poster.state, poster.cost), ("sent", 0))
        campaign.poster_count = 4
        self.assertEqual(poster.cost, 12)

    def test_failed(self):
        with self.mockSMSGateway(sim_error="wrong_number_format"):
            campaign = self.started()
            row = self.row_of(campaign, self.lin, "sms")
            row.delivery_id.sudo().mail_notification_id.sms_id.send()
        self.assertEqual(row.state, "failed")
        self.assertTrue(row.reason)

    def test_paid_between_preview_and_sending(self):
        campaign = self.campaign()
        self.pay(self.invoice_of(self.billing, self.unit_103))
        with self.mockSMSGateway():
            campaign.action_start()
        self.assertEqual(campaign.sudo().notice_ids.partner_id, self.lin)
        self.assertIn(("Hale", "", "skipped", "paid"), self.rows_of(campaign))

    def test_paid_while_in_the_queue(self):
        with self.mockSMSGateway():
            campaign = self.started()
            row = self.row_of(campaign, self.lin, "sms")
            self.pay(campaign.notice_ids.move_ids)
            row.delivery_id.sudo().mail_notification_id.sms_id.send()
            self.assertFalse(self._sms)
        self.assertEqual(row.state, "skipped")
        self.assertIn("Paid or cancelled", row.reason)

    def test_nobody_left(self):
        campaign = self.campaign()
        self.pay(self.billing.move_ids)
        with self.assertRaisesRegex(UserError, "Nobody is left"):
            campaign.action_start()
        self.assertEqual(campaign.state, "draft")

    def test_quiet_hours(self):
        """At half past eleven at night only e-mails are queued; the SMS follows at
        eight in the morning."""
        with self.mockSMSGateway():
            with freeze_time(NIGHT_BEFORE):
                campaign = self.started()
                row = self.row_of(campaign, self.lin, "sms")
                self.assertEqual((row.state, row.reason), ("planned", "quiet hours"))
                self.assertEqual(str(row.retry_on), "2026-01-01 00:00:00")
                self.assertTrue(self.row_of(campaign, self.lin, "email").delivery_id)
                self.run_cron()
                self.assertFalse(row.delivery_id)
            with freeze_time("2026-01-01 00:00:00"):
                self.run_cron()
                self.assertTrue(row.delivery_id)

    def test_second_campaign_of_the_due_date(self):
        """Three days before: a call to whoever has not opened his e-mail. Hale has no
        phone; Lin's SMS was delivered."""
        with self.mockSMSGateway():
            first = self.started()
            row = self.row_of(first, self.lin, "sms")
            message = row.delivery_id.sudo().mail_notification_id.sms_id
            message.send()
        self.hale.phone = "+886912000111"
        with freeze_time(THREE_BEFORE), self.mockSMSGateway():
            second = self.campaign(3, by_sms=True)
            self.assertEqual(
                self.rows_of(second),
                [
                    ("Lin", "sms", "skipped", "reminded through this channel already"),
                    ("Lin", "phone", "planned", ""),
                    ("Hale", "sms", "planned", ""),
                    ("Hale", "phone", "planned", ""),
                ],
            )
            message.sms_tracker_id._action_update_from_sms_state("sent")
            second.action_start()
            self.assertEqual(
                self.rows_of(second)[1],
                ("Lin", "phone", "skipped", "reached by a cheaper channel"),
            )
            # Hale's SMS has just gone out: he is not rung up at the same moment.
            call = self.row_of(second, self.hale, "phone")
            self.assertFalse(call.call_id)
            self.assertIn("waits", call.reason)
            # One notice for both campaigns.
            notices = self.env["property.notice"].search(
                [("kind", "=", "reminder"), ("partner_id", "=", self.hale.id)]
            )
            self.assertEqual(len(notices), 1)
            self.assertEqual(notices.campaign_id, first)

    def test_call(self):
        with freeze_time(THREE_BEFORE):
            campaign = self.started(3)
            row = self.row_of(campaign, self.lin, "phone")
            call = row.call_id
            self.assertEqual((call.kind, call.amount), ("reminder", 675.5))
            self.assertEqual((row.state, row.reason), ("planned", "on the call list"))
            self.assertFalse(campaign.notice_ids)
            call.with_user(self.user_cs).action_no_answer()
            self.assertEqual(row.state, "planned")
            call.with_user(self.user_cs).action_reached()
            self.assertEqual((row.state, row.cost), ("reached", 0.5))

    def test_call_leaves_the_list_when_paid(self):
        with freeze_time(THREE_BEFORE):
            campaign = self.started(3)
            row = self.row_of(campaign, self.lin, "phone")
            self.pay(self.billing.move_ids)
            self.run_cron()
            self.assertEqual(row.call_id.state, "cancelled")
            self.assertEqual((row.state, row.reason), ("skipped", "paid"))

    def test_link_opened(self):
        with self.mockSMSGateway():
            campaign = self.started()
        notice = campaign.notice_ids.filtered(lambda n: n.partner_id == self.lin)
        row = self.row_of(campaign, self.lin, "email")
        notice._note_seen_in_portal(self.user_cs)
        self.assertNotEqual(row.state, "reached")
        notice._note_seen_in_portal(self.env.ref("base.public_user"))
        self.assertEqual(row.state, "reached")

    def test_leave_out(self):
        campaign = self.campaign()
        row = self.row_of(campaign, self.lin, "sms").with_user(self.user_cs)
        row.action_leave_out()
        campaign.action_refresh()
        text = f"left out by {self.user_cs.name}"
        self.assertEqual(self.rows_of(campaign)[0], ("Lin", "", "skipped", text))
        campaign.sudo().reminder_ids[0].with_user(self.user_cs).action_take_in()
        self.assertEqual(self.rows_of(campaign)[0], ("Lin", "sms", "planned", ""))

    def test_results(self):
        """Lin pays everything on 9 January, Hale on the 12th: one of two e-mails, the
        SMS; it cost 0.05."""
        with self.mockSMSGateway():
            campaign = self.started()
            row = self.row_of(campaign, self.lin, "sms")
            row.delivery_id.sudo().mail_notification_id.sms_id.send()
        mails = campaign.reminder_ids.filtered(lambda r: r.channel == "email")
        mails.delivery_id.sudo().mail_notification_id.notification_status = "sent"
        for partner, day in ((self.lin, "2026-01-09"), (self.hale, "2026-01-12")):
            moves = self.billing.move_ids.filtered(
                lambda m, partner=partner: m.partner_id == partner
            )
            with freeze_time(f"{day} 04:00:00"):
                self.pay(moves)
        self.env.flush_all()
        campaign.invalidate_recordset()
        results = {row.channel: row for row in campaign.result_ids}
        email, sms = results["email"], results["sms"]
        self.assertEqual((email.sent, email.paid, email.cost), (2, 1, 0))
        self.assertEqual((sms.sent, sms.paid, sms.skipped), (1, 1, 1))
        self.assertEqual((sms.cost, sms.cost_per_paid), (0.05, 0.05))
        [(cost,)] = self.env["property.reminder.result"]._read_group(
            [("campaign_id", "=", campaign.id)], [], ["cost_per_paid:avg"]
        )
        # 0.05 for two payers, one of each channel.
        self.assertAlmostEqual(cost, 0.025)

    def test_only_in_a_preview(self):
        with self.mockSMSGateway():
            campaign = self.started().with_user(self.user_cs)
        with self.assertRaisesRegex(UserError, "does not change"):
            campaign.by_letter = True
        with self.assertRaisesRegex(UserError, "sent already"):
            campaign.action_start()
        with self.assertRaisesRegex(UserError, "stays on record"):
            campaign.unlink()

    def test_after_the_due_date(self):
        campaign = self.campaign()
        with (
            freeze_time("2026-01-11 02:00:00"),
            self.assertRaisesRegex(UserError, "overdue"),
        ):
            campaign.action_start()

    def test_cancelled(self):
        with freeze_time(THREE_BEFORE):
            campaign = self.started(3)
            call = self.row_of(campaign, self.lin, "phone").call_id
            campaign.with_user(self.user_cs).action_cancel()
            self.assertEqual(campaign.state, "cancelled")
            self.assertEqual(call.state, "cancelled")
            self.assertFalse(
                campaign.reminder_ids.filtered(lambda row: row.state == "planned")
            )

    def test_cancelled_while_in_the_queue(self):
        with self.mockSMSGateway():
            campaign = self.started()
            row = self.row_of(campaign, self.lin, "sms")
            campaign.with_user(self.user_cs).action_cancel()
            row.delivery_id.sudo().mail_notification_id.sms_id.send()
            self.assertFalse(self._sms)
        self.assertEqual(row.state, "skipped")

    def test_days_are_numbers(self):
        with self.assertRaisesRegex(ValidationError, "whole days"):
            self.company.property_reminder_days = "ten"
        with self.assertRaisesRegex(ValidationError, "whole days"):
            self.community.reminder_days = "70"
        self.community.reminder_days = "5、 2"
        self.assertEqual(self.community._reminder_days(), (5, 2))

    def test_not_to_deliver(self):
        """Nobody walks from door to door with reminders."""
        with self.mockSMSGateway():
            campaign = self.started()
        self.assertFalse(any(campaign.notice_ids.mapped("to_deliver")))
        waiting = self.env["property.notice"].search([("to_deliver", "=", True)])
        self.assertFalse(waiting & campaign.notice_ids)

    def test_preview_is_read_in_sets(self):
        """Twice the customers, no more queries."""
        counts = []
        for size in (5, 20):
            partners = self.env["res.partner"].create(
                [
                    {"name": f"Owner {n}", "phone": "+886912345678", "street": "5"}
                    for n in range(size)
                ]
            )
            invoice = self.invoice_of(self.billing, self.unit_103)
            moves = self.env["account.move"].browse()
            for partner in partners:
                moves += invoice.copy(
                    {"partner_id": partner.id, "property_run_id": False}
                )
            moves.write(
                {
                    "invoice_date": "2026-01-01",
                    "invoice_date_due": fields.Date.to_date("2026-01-10"),
                }
            )
            moves.action_post()
            campaign = self.campaigns() or self.campaign()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            campaign.sudo()._fill()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 3, counts)
        self.assertEqual(campaign.customer_count, 27)

    def test_waits_two_days(self):
        """A message nobody opens for two days has not reached its customer."""
        with self.mockSMSGateway():
            campaign = self.started(by_sms=False, by_phone=True)
            mail = self.row_of(campaign, self.lin, "email")
            mail.delivery_id.sudo().mail_notification_id.notification_status = "sent"
            row = self.row_of(campaign, self.lin, "phone")
            self.assertFalse(row.call_id)
            now = fields.Datetime.now()
            with freeze_time(now + timedelta(days=1, hours=1)):
                self.run_cron()
                self.assertFalse(row.call_id)
            with freeze_time(now + timedelta(days=2, hours=2)):
                self.run_cron()
                self.assertEqual(row.call_id.state, "open")
