from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .legal_common import LegalCommon


@tagged("post_install", "-at_install")
class TestLimitation(LegalCommon):
    """The limitation of each charge and the evidence that moved it."""

    def row(self, move):
        return self.env["property.limitation"].search([("move_id", "=", move.id)])

    def assertRow(self, move, last_day, event=None, on=None):
        row = self.row(move)
        found = str(row.date), row.event or None, row.event_date and str(row.event_date)
        self.assertEqual(found, (last_day, event, on or False))

    @freeze_time("2026-07-10 04:00:00")
    def test_one_row_for_each_charge_that_is_due(self):
        later = self.make_invoice(self.owner, 100.0, "2026-08-10", self.unit)
        self.refresh()
        self.assertRow(self.january, "2029-01-10")
        self.assertRow(self.february, "2029-02-10")
        self.assertFalse(self.row(later))
        self.assertEqual(str(self.case.limitation_date), "2029-01-10")
        self.assertEqual(self.case.limitation_ids.user_id, self.user_cs)

    @freeze_time("2026-07-10 04:00:00")
    def test_twice_is_as_good_as_once(self):
        self.refresh()
        rows = self.case.limitation_ids
        before = rows.read(["date", "event", "write_date"])
        self.refresh()
        self.assertEqual(self.case.limitation_ids, rows)
        self.assertEqual(rows.read(["date", "event", "write_date"]), before)

    @freeze_time("2026-07-10 04:00:00")
    def test_paid_charges_leave(self):
        self.refresh()
        self.pay(self.january)
        # At once the case follows; the row goes in the night.
        self.assertEqual(str(self.case.limitation_date), "2029-02-10")
        self.refresh()
        self.assertFalse(self.row(self.january))
        self.assertTrue(self.row(self.february))

    def test_a_provable_demand_moves_the_charges_it_lists(self):
        """Only January stands on the notice. It was handed over on 4 July at 18:00 UTC:
        in Taipei that is the 5th."""
        with freeze_time("2026-07-04 18:00:00"):
            demand = self.letter("demand", "2026-07-04", self.january)
            self.deliver(demand, "not_met")
            self.refresh()
            self.assertRow(self.january, "2029-01-10")
            self.deliver(demand, "refused", witness="Guard")
            self.refresh()
        self.assertRow(self.january, "2029-07-05", "demand", "2026-07-05")
        self.assertRow(self.february, "2029-02-10")
        self.assertIn("demand-2026-07-04", self.row(self.january).evidence)
        action = self.row(self.january).action_open_evidence()
        self.assertEqual((action["res_model"], action["res_id"]), (
            "property.notice", demand.id
        ))  # fmt: skip

    def sent(self, notice, channel):
        """As the mail server or the gateway took it, or the customer's own opening."""
        return (
            self.env["property.delivery"]
            .sudo()
            .create(
                {
                    "notice_id": notice.id,
                    "channel": channel,
                    "outcome": "electronic",
                    "date": fields.Datetime.now(),
                }
            )
        )

    @freeze_time("2026-07-10 04:00:00")
    def test_an_email_that_was_sent_moves_nothing(self):
        """Nor does a text message: only that he opened it himself, in the portal."""
        demand = self.letter("demand", "2026-07-10")
        for channel in ("email", "sms"):
            self.sent(demand, channel)
            self.refresh()
            self.assertEqual(demand.state, "delivered")
            self.assertRow(self.january, "2029-01-10")
        self.sent(demand, "portal")
        self.refresh()
        self.assertRow(self.january, "2029-07-10", "demand", "2026-07-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_posted_only_with_its_number(self):
        demand = self.letter("demand", "2026-07-10")
        self.deliver(demand, "posted", channel="letter")
        self.refresh()
        self.assertEqual(demand.state, "delivered")
        self.assertRow(self.january, "2029-01-10")
        self.deliver(demand, "posted", channel="registered", tracking_ref="RR1")
        self.refresh()
        self.assertRow(self.january, "2029-07-10", "demand", "2026-07-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_a_void_delivery_proves_nothing(self):
        demand = self.letter("demand", "2026-07-10")
        row = self.deliver(demand)
        row.void_reason = "Wrong customer"
        self.refresh()
        self.assertRow(self.january, "2029-01-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_a_payment_notice_and_a_reminder_are_no_demand(self):
        for kind in ("payment", "reminder"):
            self.deliver(self.letter(kind, "2026-07-10"))
        self.refresh()
        self.assertRow(self.january, "2029-01-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_part_payment_moves_its_charge_only(self):
        payment = self.pay(self.january, 30.0, "2026-06-20")
        self.refresh()
        self.assertRow(self.january, "2029-06-20", "part_payment", "2026-06-20")
        self.assertRow(self.february, "2029-02-10")
        self.assertEqual(self.row(self.january).amount_residual, 70.0)
        payment.action_draft()
        payment.action_cancel()
        self.refresh()
        self.assertRow(self.january, "2029-01-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_a_credit_note_acknowledges_nothing(self):
        credit = self.make_invoice(self.owner, -30.0, "2026-07-10", self.unit)
        lines = (credit | self.january).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.refresh()
        self.assertEqual(self.row(self.january).amount_residual, 70.0)
        self.assertRow(self.january, "2029-01-10")

    def test_a_promise_reaches_as_far_as_its_amount(self):
        """100.00 promised on 10 July: the charge of January, not that of February."""
        with freeze_time("2026-07-10 04:00:00"):
            promise = self.env["property.promise"].create(
                {"case_id": self.case.id, "amount": 100.0, "date": "2026-07-20"}
            )
            self.refresh()
            self.assertRow(self.january, "2029-07-10", "promise", "2026-07-10")
            self.assertRow(self.february, "2029-02-10")
        with freeze_time("2026-07-15 04:00:00"):
            # Kept with January paid: of February he has said nothing all the same.
            self.pay(self.january)
            self.refresh()
            self.assertEqual(promise.state, "kept")
            self.assertRow(self.february, "2029-02-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_a_promise_of_all_moves_all(self):
        self.env["property.promise"].create(
            {"case_id": self.case.id, "amount": 200.0, "date": "2026-07-20"}
        )
        self.refresh()
        self.assertRow(self.january, "2029-07-10", "promise", "2026-07-10")
        self.assertRow(self.february, "2029-07-10", "promise", "2026-07-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_a_plan_moves_what_it_covers_once_it_is_agreed(self):
        plan = self.env["property.plan"].sudo().create(
            {
                "case_id": self.case.id,
                "reason": "Lost his work",
                "line_ids": [
                    (0, 0, {"date": "2026-08-10", "amount": 100.0}),
                    (0, 0, {"date": "2026-09-10", "amount": 100.0}),
                ],
            }
        )  # fmt: skip
        self.refresh()
        self.assertRow(self.january, "2029-01-10")
        plan.write({"state": "running", "agreed_on": "2026-07-08"})
        self.refresh()
        self.assertRow(self.january, "2029-07-08", "plan", "2026-07-08")
        self.assertRow(self.february, "2029-07-08", "plan", "2026-07-08")

    @freeze_time("2026-07-10 04:00:00")
    def test_taiwan_and_none(self):
        self.deliver(self.letter("demand", "2026-07-10"))
        self.company.property_jurisdiction = "tw"
        self.refresh()
        self.assertRow(self.january, "2031-01-10")
        self.company.property_jurisdiction = "none"
        self.refresh()
        self.assertFalse(self.case.limitation_ids)
        self.assertFalse(self.case.limitation_date)

    def test_the_day_after_it_has_expired(self):
        with freeze_time("2029-01-10 04:00:00"):
            self.refresh()
            self.assertFalse(self.row(self.january).is_expired)
            self.assertEqual(str(self.case.limitation_date), "2029-01-10")
        with freeze_time("2029-01-11 04:00:00"):
            self.refresh()
            self.assertTrue(self.row(self.january).is_expired)
            # What can still be saved is what presses.
            self.assertEqual(str(self.case.limitation_date), "2029-02-10")
            self.assertEqual(self.case.amount_expired, 100.0)

    def test_the_queue_and_the_worklist_see_it_coming(self):
        """90 days before 10 January 2029: 12 October 2028."""
        domain = [("is_expired", "=", False), ("date", "<=", "+90d")]
        rows = self.env["property.limitation"]
        with freeze_time("2028-10-11 04:00:00"):
            self.refresh()
            self.assertFalse(rows.search(domain))
            self.assertEqual(self.case.priority_reason, "amount")
        with freeze_time("2028-10-12 04:00:00"):
            self.refresh()
            self.assertEqual(rows.search(domain).move_id, self.january)
            self.assertEqual(self.case.priority_reason, "limitation_near")

    @freeze_time("2026-07-10 04:00:00")
    def test_an_invoice_is_never_written(self):
        self.deliver(self.letter("demand", "2026-07-10"))
        self.env.flush_all()
        moves = type(self.env["account.move"])
        with patch.object(moves, "write", side_effect=AssertionError("written")):
            self.refresh()
        self.assertRow(self.january, "2029-07-10", "demand", "2026-07-10")

    @freeze_time("2026-07-10 04:00:00")
    def test_few_statements_however_many_charges(self):
        self.deliver(self.letter("demand", "2026-07-10"))
        rows = self.env["property.limitation"].sudo()
        charges = rows._due_charges(
            self.community, None, self.community._property_today()
        )
        self.env.flush_all()
        with self.assertQueryCount(5):
            # Demands, part payments, promises, plans, suits: a statement each.
            rows._events(self.community, charges)

    @freeze_time("2026-07-10 04:00:00")
    def test_who_sees_and_that_nobody_writes(self):
        other = self.make_community("Moon Garden", "MOG", cs_user_ids=False)
        other.write({"manager_id": False, "cs_head_id": False})
        self.refresh()
        row = self.row(self.january)
        self.assertEqual(row.with_user(self.user_cs).date, row.date)
        self.assertTrue(row.with_user(self.user_cs).evidence)
        for user in (self.user_cs, self.user_manager, self.user_company):
            with self.assertRaises(AccessError):
                row.with_user(user).write({"date": "2099-01-01"})
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()
        self.community.cs_user_ids = False
        with self.assertRaises(AccessError):
            row.with_user(self.user_cs).read(["date"])
        with self.assertRaises(AccessError):
            self.case.with_user(self.user_manager).write(
                {"limitation_date": "2099-01-01"}
            )
