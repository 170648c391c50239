"""Who handed what to whom, and what it makes of the notice."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import JAN, PIXEL, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeDelivery(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-01 02:00:00"):
            cls.billing = cls.issued(JAN)
        cls.notice = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)

    def test_state_follows_the_best_delivery(self):
        self.deliver(self.notice, "not_met")
        self.assertEqual(self.notice.state, "issued")
        self.assertTrue(self.notice.to_deliver)
        self.deliver(self.notice, "refused", witness="Guard Chen")
        self.assertEqual(self.notice.state, "refused")
        signed = self.deliver(
            self.notice, "acknowledged", recipient="Lin", signature=PIXEL
        )
        self.assertEqual(self.notice.state, "acknowledged")
        self.assertFalse(self.notice.to_deliver)
        self.deliver(self.notice, "not_met")
        self.assertEqual(self.notice.state, "acknowledged")
        signed.void_reason = "Wrong door"
        self.assertEqual(self.notice.state, "refused")
        self.assertEqual(self.notice.delivery_count, 4)

    def test_history_is_not_rewritten(self):
        row = self.deliver(self.notice, "delivered", recipient="Lin")
        for vals in (
            {"outcome": "acknowledged"},
            {"recipient": "X"},
            {"date": "2026-01-01"},
        ):
            with self.assertRaises(UserError):
                row.write(vals)
        with self.assertRaises(UserError):
            row.unlink()
        row.tracking_ref = "EMS 1"

    def test_refusal_needs_a_witness(self):
        for outcome in ("refused", "left_with_witness"):
            with self.assertRaises(UserError):
                self.deliver(self.notice, outcome)

    def test_nothing_comes_of_nothing(self):
        with self.assertRaises(UserError):
            self.deliver(self.notice, False)

    def test_only_what_is_issued_is_delivered(self):
        self.notice.action_cancel()
        with self.assertRaises(UserError):
            self.deliver(self.notice, "delivered", recipient="Lin")

    @freeze_time("2026-03-03 14:30:00")
    def test_no_visit_in_the_quiet_hours(self):
        """14:30 UTC is 22:30 in Taipei and 15:30 in Berlin."""
        row = {"notice_id": self.notice.id, "channel": "door", "outcome": "not_met"}
        self.company.partner_id.tz = "Asia/Taipei"
        with self.assertRaisesRegex(UserError, "22:30"):
            self.env["property.delivery"].create(row)
        with self.assertRaises(UserError):
            self.notice.action_not_met()
        # A letter may be posted at night.
        self.env["property.delivery"].create(
            {**row, "channel": "letter", "outcome": "posted"}
        )
        self.company.partner_id.tz = "Europe/Berlin"
        self.env["property.delivery"].create(row)
        self.company.property_quiet_from = 15
        with self.assertRaises(UserError):
            self.env["property.delivery"].create(row)

    @freeze_time("2026-03-03 02:00:00")
    def test_at_the_door(self):
        """10:00 in Taipei; signed with a drawn signature."""
        self.company.partner_id.tz = "Asia/Taipei"
        notice = self.notice.with_user(self.user_cs)
        notice.action_not_met()
        self.assertEqual(notice.delivery_ids.outcome, "not_met")
        self.assertEqual(notice.last_outcome, "not_met")
        action = notice.action_deliver_signed()
        wizards = notice.env["property.delivery.record"]
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.recipient, "Lin")
            self.assertEqual(form.relation, "owner")
            form.recipient = "Lin's wife"
            self.assertFalse(form.relation)
            form.relation = "spouse"
            form.picture = PIXEL
        form.record.action_save()
        self.assertEqual(notice.state, "acknowledged")
        row = notice.delivery_ids[0]
        self.assertRecordValues(
            row,
            [
                {
                    "channel": "door",
                    "recipient": "Lin's wife",
                    "relation": "spouse",
                    "user_id": self.user_cs.id,
                    "outcome": "acknowledged",
                }
            ],
        )
        self.assertEqual(row.attachment_ids.res_model, "property.delivery")
        self.assertEqual(row.attachment_ids.res_id, row.id)

    def test_signed_needs_proof(self):
        action = self.notice.action_deliver_signed()
        wizards = self.env["property.delivery.record"]
        wizard = wizards.with_context(**action["context"]).create(
            {"channel": "counter"}
        )
        with self.assertRaises(UserError):
            wizard.action_save()

    def test_by_hand_only(self):
        """People choose among what people carry; e-mail and portal are the system's."""
        choices = self.env["property.delivery.record"].fields_get(
            ["channel", "outcome", "relation"], ["selection"]
        )
        self.assertEqual(
            choices["channel"]["selection"],
            [
                ("door", "At the door"),
                ("counter", "At the counter"),
                ("letter", "Letter"),
                ("registered", "Registered letter"),
            ],
        )
        outcomes = dict(choices["outcome"]["selection"])
        self.assertEqual(outcomes["acknowledged"], "Signed for")
        self.assertNotIn("electronic", outcomes)
        self.assertIn(("spouse", "Spouse"), choices["relation"]["selection"])

    def test_forty_are_found_in_room_order(self):
        waiting = self.env["property.notice"].search(
            [("to_deliver", "=", True), ("run_id", "=", self.billing.id)],
            order="sort_key, id",
        )
        self.assertEqual(waiting.partner_id.mapped("name"), ["Lin", "Hale"])
        self.deliver(waiting[0], "delivered", recipient="Lin")
        self.assertNotIn(
            waiting[0], self.env["property.notice"].search([("to_deliver", "=", True)])
        )

    def test_who_has_paid_leaves_the_walk(self):
        notices = self.billing.notice_ids
        domain = [("to_deliver", "=", True), ("run_id", "=", self.billing.id)]
        self.pay(self.notice.move_ids)
        notices.invalidate_recordset(["to_deliver"])
        self.assertFalse(self.notice.to_deliver)
        self.assertEqual(notices.search(domain).partner_id, self.hale)
        domain[0] = ("to_deliver", "=", False)
        self.assertEqual(notices.search(domain), self.notice)
        # In part: the rest is still owed.
        hale = notices - self.notice
        self.pay(hale.move_ids, 100)
        hale.invalidate_recordset(["to_deliver"])
        self.assertTrue(hale.to_deliver)
