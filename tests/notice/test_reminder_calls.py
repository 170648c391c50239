"""Calls before the due date: shared by due dates, with the sum of today."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .reminder_common import THREE_BEFORE, ReminderCommon

CRON = "odoo.addons.property_fee_collection.models.notice.property_reminder_"


@tagged("post_install", "-at_install")
@freeze_time(THREE_BEFORE)
class TestReminderCalls(ReminderCommon):
    """Lin owes 675.50 on 10 January and 50.00 on the 12th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bills = cls.billing.move_ids.filtered(lambda m: m.partner_id == cls.lin)
        cls.extra = cls.make_bill("2026-01-12", 50)

    @classmethod
    def make_bill(cls, due, amount, partner=None, **values):
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.lin).id,
                "invoice_date": "2025-12-28",
                "invoice_date_due": due,
                "property_community_id": cls.community.id,
                "invoice_line_ids": [
                    fields.Command.create(
                        {"name": "Second bill", "price_unit": amount, "tax_ids": []}
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def by_phone(self, due="2026-01-10", community=None):
        others = ("sms", "email", "letter", "poster", "event")
        return self.started(
            3,
            date_due=due,
            community_id=(community or self.community).id,
            by_phone=True,
            **{f"by_{name}": False for name in others},
        )

    def two(self):
        """The reminders of both due dates, and the call they share."""
        rows = [
            self.row_of(self.by_phone(due), self.lin, "phone")
            for due in ("2026-01-10", "2026-01-12")
        ]
        self.assertEqual(rows[0].call_id, rows[1].call_id)
        return (*rows, rows[0].call_id)

    def test_two_due_dates_share_a_call_over_the_sum(self):
        """675.50 + 50.00."""
        _first, _second, call = self.two()
        self.assertEqual((call.amount, call.amount_now), (725.5, 725.5))
        self.assertIn("01/10/2026, 01/12/2026", call.subject)

    def test_both_paid(self):
        first, second, call = self.two()
        self.pay(self.bills | self.extra)
        self.run_cron()
        for row in (first, second):
            self.assertEqual((row.state, row.reason), ("skipped", "paid"))
        self.assertEqual(call.state, "cancelled")

    def test_first_paid_second_is_still_called_for(self):
        first, second, call = self.two()
        self.pay(self.bills)
        self.run_cron()
        self.assertEqual((first.state, first.reason), ("skipped", "paid"))
        self.assertFalse(first.call_id)
        self.assertEqual((second.state, second.call_id), ("planned", call))
        self.assertEqual((call.state, call.amount), ("open", 50))
        self.assertNotIn("01/10/2026", call.subject)
        call.with_user(self.user_cs).action_reached()
        self.assertEqual((first.state, second.state), ("skipped", "reached"))

    def test_first_campaign_is_over(self):
        """On the 11th the first is closed; the call goes on about the 50.00."""
        first, second, call = self.two()
        with freeze_time("2026-01-11 02:00:00"):
            self.run_cron()
            self.assertEqual(first.campaign_id.state, "done")
            self.assertEqual((first.state, second.state), ("skipped", "planned"))
            self.assertEqual((call.state, call.amount), ("open", 50))
        with freeze_time("2026-01-13 02:00:00"):
            self.run_cron()
        self.assertEqual((second.state, call.state), ("skipped", "cancelled"))

    def test_part_payment_before_the_call(self):
        """675.50 - 100.00 is seen at once, and by the cron."""
        row = self.row_of(self.by_phone(), self.lin, "phone")
        self.pay(self.bills[0], 100)
        call = row.call_id
        call.invalidate_recordset()
        self.assertEqual((call.amount, call.amount_now), (675.5, 575.5))
        self.assertEqual(call.with_user(self.user_cs).amount_now, 575.5)
        self.run_cron()
        self.assertEqual((call.amount, row.amount), (575.5, 575.5))
        self.pay(self.bills)
        call.invalidate_recordset()
        self.assertEqual(call.amount_now, 0)
        call.with_user(self.user_cs).action_reached()
        self.assertEqual(call.amount_now, 575.5)

    def test_one_community_does_not_keep_the_others(self):
        """Something breaks in the first community: the call of the second is taken off
        the list all the same, and the head of customer service is told once."""
        other = self.make_community("Moon Court", "MNC")
        other.cs_user_ids = self.user_cs
        bill = self.make_bill("2026-01-10", 80, property_community_id=other.id)
        broken = self.row_of(self.by_phone(), self.lin, "phone")
        row = self.row_of(self.by_phone(community=other), self.lin, "phone")
        self.pay(self.bills | bill)
        model = self.registry["property.notice.composer"]
        asked = model._reminder_owed

        def break_down(composer, community, *args):
            if community == self.community:
                raise ValueError("Out of order")
            return asked(composer, community, *args)

        with (
            patch.object(model, "_reminder_owed", break_down),
            mute_logger(f"{CRON}campaign_cron"),
        ):
            self.run_cron()
            self.run_cron()
        self.assertEqual((row.state, row.call_id.state), ("skipped", "cancelled"))
        self.assertEqual((broken.state, broken.call_id.state), ("planned", "open"))
        [task] = self.community.activity_ids
        self.assertEqual(task.user_id, self.user_cs_head)
        self.assertIn("Out of order", task.note)
        self.assertFalse(other.activity_ids)

    def test_one_campaign_that_cannot_be_closed(self):
        first, second = self.by_phone(), self.by_phone("2026-01-12")
        model = self.registry["property.reminder.campaign"]
        close = model._close

        def break_down(campaign):
            if campaign == first:
                raise ValueError("Out of order")
            return close(campaign)

        with (
            freeze_time("2026-01-13 02:00:00"),
            patch.object(model, "_close", break_down),
            mute_logger(f"{CRON}campaign_cron"),
        ):
            self.run_cron()
        self.assertEqual((first.state, second.state), ("running", "done"))
        self.assertIn("Out of order", first.activity_ids.note)

    def test_far_away_due_dates_are_refused(self):
        """Today is 7 January 2026 in Taipei."""
        for due in ("0001-01-01", "2025-01-06", "2028-01-08", "9999-12-31"):
            with self.assertRaisesRegex(Exception, "between a year ago"):
                self.campaign(3, date_due=due)
        for due in ("2025-01-07", "2028-01-07"):
            self.assertTrue(self.campaign(3, date_due=due))
        draft = self.campaign(5)
        draft = draft.new({"date_due": "0001-01-01", "days_before": 10})
        self.assertFalse(draft.date_planned)
