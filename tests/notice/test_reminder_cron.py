"""``cron_reminders``: late, twice, killed, by two workers (invariant 7)."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sms.tests.common import SMSCase

from ..workers import WorkersCase
from .reminder_common import TEN_BEFORE, THREE_BEFORE, ReminderCommon


@tagged("post_install", "-at_install")
class TestReminderCron(ReminderCommon, SMSCase):
    def days(self, community=None):
        return self.campaigns(community).mapped("days_before")

    def test_opens_a_preview_and_asks_once(self):
        with freeze_time("2025-12-30 02:00:00"):
            self.run_cron()
        self.assertFalse(self.campaigns())
        with freeze_time(TEN_BEFORE):
            self.run_cron()
            self.run_cron()
        campaign = self.campaigns()
        self.assertEqual((self.days(), campaign.state), ([10], "draft"))
        self.assertEqual(campaign.activity_ids.user_id, self.user_cs_head)
        self.assertEqual(len(campaign.activity_ids), 1)
        self.assertTrue(campaign.by_sms and campaign.by_email and campaign.by_poster)
        self.assertFalse(campaign.by_phone or campaign.by_letter)
        with freeze_time(THREE_BEFORE):
            self.run_cron()
        later = self.campaigns()[1]
        self.assertEqual(self.days(), [10, 3])
        self.assertTrue(later.by_phone)
        self.assertFalse(later.by_sms or later.by_email)
        with freeze_time(THREE_BEFORE), self.mockSMSGateway():
            campaign.with_user(self.user_cs_head).action_start()
        self.assertFalse(campaign.activity_ids)

    def test_late_runs_catch_up(self):
        with freeze_time("2026-01-10 02:00:00"):
            self.run_cron()
        self.assertEqual(self.days(), [10, 3])

    def test_too_late(self):
        with freeze_time("2026-01-11 02:00:00"):
            self.run_cron()
        self.assertFalse(self.campaigns())

    def test_today_is_the_communitys(self):
        """17:00 UTC on the 30th is the 31st in Taipei."""
        with freeze_time("2025-12-30 17:00:00"):
            self.run_cron()
        self.assertEqual(self.days(), [10])

    def test_days_of_the_community(self):
        self.community.reminder_days = "5"
        with freeze_time("2026-01-05 02:00:00"):
            self.run_cron()
        self.assertEqual(self.days(), [5])
        self.assertTrue(self.campaigns().by_sms)

    def test_paid_or_paused_opens_nothing(self):
        self.pay(self.invoice_of(self.billing, self.unit_103))
        self.billing.move_ids.no_followup = True
        with freeze_time(TEN_BEFORE):
            self.run_cron()
        self.assertFalse(self.campaigns())

    def test_cancelled_does_not_come_back(self):
        with freeze_time(TEN_BEFORE):
            self.run_cron()
            self.campaigns().with_user(self.user_cs).action_cancel()
            self.run_cron()
        self.assertEqual(self.campaigns().mapped("state"), ["cancelled"])

    def test_sends_by_itself_where_wanted(self):
        self.company.property_reminder_auto = True
        with freeze_time(TEN_BEFORE), self.mockSMSGateway():
            self.run_cron()
            self.issue_in_background()
            self.run_cron()
            campaign = self.campaigns()
            self.assertEqual(campaign.state, "running")
            self.assertFalse(campaign.sending)
            self.assertEqual(set(campaign.notice_ids.mapped("state")), {"issued"})
            rows = campaign.reminder_ids.filtered("delivery_id")
            # Lin: SMS and e-mail; Hale: e-mail.
            self.assertEqual(len(rows), 3)
            self.assertEqual(rows.delivery_id.user_id, self.user_cs_head)
            self.run_cron()
            deliveries = self.env["property.delivery"].search_count(
                [("notice_id", "in", campaign.notice_ids.ids)]
            )
            self.assertEqual(deliveries, 3)

    def issue_in_background(self):
        cron = self.env.ref("property_fee_collection.cron_issue_notices")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_killed_after_issuing(self):
        """The notices are there, nothing is sent yet: the next run goes on."""
        with freeze_time(TEN_BEFORE), self.mockSMSGateway():
            campaign = self.campaign()
            campaign.sudo()._start()
            campaign.sudo()._draft_notices()._issue()
            self.assertEqual(len(campaign.notice_ids), 2)
            self.assertFalse(campaign.sudo().reminder_ids.delivery_id)
            self.run_cron()
            self.assertEqual(len(campaign.sudo().reminder_ids.delivery_id), 3)
            self.assertEqual(len(campaign.notice_ids), 2)

    def test_many_in_the_background(self):
        """More than may be sent at once: notices and messages in batches of one, the
        author hears when it is done."""
        for name in ("direct_notices", "direct_reminders"):
            self.env["ir.config_parameter"].set_param(
                f"property_fee_collection.{name}", 1
            )
        self.env["ir.config_parameter"].set_param(
            "property_fee_collection.reminder_batch", 1
        )
        with freeze_time(TEN_BEFORE), self.mockSMSGateway():
            campaign = self.started()
            self.assertEqual(campaign.notice_waiting_count, 2)
            self.assertFalse(campaign.reminder_ids.delivery_id)
            self.run_cron()
            self.assertFalse(campaign.reminder_ids.delivery_id)
            self.issue_in_background()
            self.assertFalse(campaign.notice_waiting_count)
            self.run_cron()
        self.assertEqual(len(campaign.reminder_ids.delivery_id), 3)
        self.assertFalse(campaign.sending)
        told = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("partner_ids", "in", self.user_cs.partner_id.ids),
                    ("model", "=", campaign._name),
                    ("res_id", "=", campaign.id),
                ]
            )
        )
        self.assertEqual(len(told), 1)
        self.assertIn("3 reminders are on their way", told.body)

    def test_closed_after_the_due_date(self):
        with freeze_time(THREE_BEFORE):
            campaign = self.started(3)
            call = self.row_of(campaign, self.lin, "phone").call_id
            preview = self.campaign(2)
        with freeze_time("2026-01-10 02:00:00"):
            self.run_cron()
        self.assertEqual((campaign.state, preview.state), ("running", "draft"))
        with freeze_time("2026-01-11 02:00:00"):
            self.run_cron()
        self.assertEqual((campaign.state, preview.state), ("done", "cancelled"))
        self.assertEqual(call.state, "cancelled")

    def test_month_end(self):
        """Due on 1 March 2026: ten days before is 19 February."""
        invoice = self.invoice_of(self.billing, self.unit_103)
        other = self.make_community("Moon Court", "MNC")
        move = invoice.copy({"property_run_id": False})
        move.write(
            {
                "property_community_id": other.id,
                "property_unit_id": False,
                "invoice_date": fields.Date.to_date("2026-02-01"),
                "invoice_date_due": fields.Date.to_date("2026-03-01"),
            }
        )
        move.action_post()
        with freeze_time("2026-02-18 02:00:00"):
            self.run_cron()
        self.assertFalse(self.campaigns(other))
        with freeze_time("2026-02-19 02:00:00"):
            self.run_cron()
        self.assertEqual(self.days(other), [10])


@tagged("post_install", "-at_install")
class TestReminderWorkers(WorkersCase):
    """Two workers open, fill, start and send the reminders of one community."""

    def setUp(self):
        super().setUp()
        self.community_id = self.do(self.set_up)

    def set_up(self, env):
        community = self.make_community(env)
        company = community.company_id
        company.write(
            {
                "property_reminder_auto": True,
                "property_quiet_from": 0,
                "property_quiet_to": 0,
            }
        )
        moves = self.make_debts(community, 12, 100)
        for number, partner in enumerate(moves.partner_id):
            partner.email = f"owner{number}@example.com"
        return community.id

    def job(self, env):
        env["property.reminder.campaign"]._cron_reminders()
        env["property.notice"]._cron_issue_notices()
        env["property.reminder.campaign"]._cron_reminders()

    @mute_logger("odoo.sql_db")
    def test_each_is_reminded_once(self):
        # Five days before: the campaign of ten days before is caught up with.
        with freeze_time("2026-01-05 02:00:00"):
            self.race(self.job)
        self.do(self.check)

    def check(self, env):
        campaigns = env["property.reminder.campaign"].search(
            [("community_id", "=", self.community_id)]
        )
        self.assertEqual(campaigns.mapped("days_before"), [10])
        self.assertEqual(campaigns.state, "running")
        self.assertEqual(len(campaigns.notice_ids), 12)
        self.assertEqual(set(campaigns.notice_ids.mapped("state")), {"issued"})
        mails = campaigns.reminder_ids.filtered(lambda row: row.channel == "email")
        self.assertEqual(len(mails), 12)
        self.assertEqual(len(mails.delivery_id), 12)
        self.assertEqual(
            env["property.delivery"].search_count(
                [("notice_id", "in", campaigns.notice_ids.ids)]
            ),
            12,
        )
