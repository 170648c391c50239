from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestPromise(ContactCommon):
    """300.00 are due; on 2 February 200.00 are promised by the 10th."""

    def made(self, amount=200.0, day="2026-02-10"):
        with freeze_time("2026-02-02 04:00:00"):
            case = self.opened()
            return self.promise(case, amount, day)

    def found(self, promise, day):
        with freeze_time(f"{day} 04:00:00"):
            promise.case_id._touch()
            return promise.state, promise.amount_paid

    def test_kept_by_two_parts_the_second_on_the_last_day(self):
        promise = self.made()
        self.pay(self.invoice, 120.0, "2026-02-05")
        self.assertEqual(self.found(promise, "2026-02-06"), ("open", 120.0))
        self.pay(self.invoice, 80.0, "2026-02-10")
        self.assertEqual(self.found(promise, "2026-02-10"), ("kept", 200.0))
        self.assertEqual(self.found(promise, "2026-02-20"), ("kept", 200.0))

    def test_a_day_late_is_broken(self):
        promise = self.made()
        self.assertEqual(self.found(promise, "2026-02-10"), ("open", 0.0))
        self.pay(self.invoice, 200.0, "2026-02-11")
        self.assertEqual(self.found(promise, "2026-02-11"), ("broken", 0.0))

    def test_partly_kept(self):
        promise = self.made()
        self.pay(self.invoice, 199.99, "2026-02-10")
        self.assertEqual(self.found(promise, "2026-02-11"), ("broken", 199.99))
        partly = self.env["property.promise"].search(
            [("state", "=", "broken"), ("amount_paid", ">", 0)]
        )
        self.assertEqual(partly, promise)

    def test_a_reversed_payment_is_looked_at_again(self):
        promise = self.made()
        payment = self.pay(self.invoice, 200.0, "2026-02-05")
        self.assertEqual(self.found(promise, "2026-02-06"), ("kept", 200.0))
        with freeze_time("2026-02-07 04:00:00"):
            payment.action_draft()
            payment.action_cancel()
            self.assertEqual((promise.state, promise.amount_paid), ("open", 0.0))
        self.assertEqual(self.found(promise, "2026-02-11"), ("broken", 0.0))

    def test_unmatched_money_counts(self):
        promise = self.made()
        self.pay_unmatched(self.owner, 200.0, "2026-02-09")
        self.assertEqual(self.found(promise, "2026-02-09"), ("kept", 200.0))

    def test_a_credit_note_is_no_money(self):
        promise = self.made()
        note = self.make_invoice(self.owner, -200.0, "2026-02-05", self.unit)
        (note | self.invoice).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(self.found(promise, "2026-02-11"), ("broken", 0.0))

    def test_money_paid_before_counts_not(self):
        self.pay(self.invoice, 100.0, "2026-02-01")
        promise = self.made()
        self.assertEqual(self.found(promise, "2026-02-11"), ("broken", 0.0))

    def test_a_new_day_breaks_it_and_the_case_knows(self):
        promise = self.made()
        case = promise.case_id
        with freeze_time("2026-02-02 04:00:00"):
            self.contact(case, "2026-02-02 03:00:00", outcome="promised")
        with freeze_time("2026-02-10 04:00:00"):
            case._follow_up(case.community_id._property_today())
            self.assertEqual(promise.state, "open")
            self.assertEqual(case.suspension, "promised")
        # 17:00 UTC on the 10th is one in the morning of the 11th in Taipei.
        with freeze_time("2026-02-10 17:00:00"):
            case._follow_up(case.community_id._property_today())
            self.assertEqual(promise.state, "broken")
            self.assertFalse(case.suspension)
            self.assertEqual(case.priority_reason, "promise_broken")
            self.assertEqual(str(case.next_action_date), "2026-02-11")
            self.assertEqual(self.reminders(case).summary, "Call")
            case._follow_up(case.community_id._property_today())
            self.assertEqual(len(self.reminders(case)), 1)

    @freeze_time("2026-02-02 04:00:00")
    def test_what_may_be_promised(self):
        case = self.opened()
        with self.refused("today or later"):
            self.promise(case, 10.0, "2026-02-01")
        # 31 days after 2 February is 5 March.
        with self.refused("03/05/2026"):
            self.promise(case, 10.0, "2026-03-06")
        promise = self.env["property.promise"].create(
            {"case_id": case.id, "date": "2026-03-05"}
        )
        self.assertEqual(promise.amount, 300.0)
        with self.refused("promised to pay by 03/05/2026 already"):
            self.promise(case, 10.0, "2026-02-20")
        with self.refused("not rewritten"):
            promise.date = "2026-03-04"

    @freeze_time("2026-02-02 04:00:00")
    def test_struck_by_a_head_with_a_reason(self):
        promise = self.made()
        case = promise.case_id
        self.assertEqual(case.suspension, "promised")
        with self.assertRaises(AccessError):
            promise.with_user(self.user_cs).action_cancel()
        with self.assertRaises(AccessError):
            promise.with_user(self.user_cs).cancel_reason = "No"
        head = promise.with_user(self.user_cs_head)
        with self.refused("Say why"):
            head.action_cancel()
        head.cancel_reason = "Wrong customer"
        head.action_cancel()
        self.assertEqual(promise.state, "cancelled")
        self.assertEqual(promise.cancelled_by, self.user_cs_head)
        self.assertFalse(case.suspension)
        self.assertTrue(self.promise(case, 100.0, "2026-02-10"))

    def test_state_is_no_hand_s_to_set(self):
        promise = self.made()
        for values in ({"state": "kept"}, {"amount_paid": 5.0}):
            with self.assertRaises(AccessError):
                promise.with_user(self.user_manager).write(values)
        with self.assertRaises(AccessError), freeze_time("2026-03-01 04:00:00"):
            self.env["property.promise"].with_user(self.user_cs).create(
                {
                    "case_id": promise.case_id.id,
                    "amount": 1.0,
                    "date": "2026-03-02",
                    "made_on": "2026-01-01",
                }
            )

    def test_an_earlier_promise_never_opens_again(self):
        promise = self.made()
        payment = self.pay(self.invoice, 200.0, "2026-02-03")
        with freeze_time("2026-02-03 04:00:00"):
            self.assertEqual(promise.state, "kept")
            later = self.promise(promise.case_id, 100.0, "2026-02-08")
            payment.action_draft()
            payment.action_cancel()
            self.env.flush_all()
            self.assertEqual((promise.state, later.state), ("broken", "open"))

    def earlier(self, pay):
        """160.00 are owed; 80.00 are paid on 21 January, and on the same day the other
        80.00 are promised by 5 February."""
        unit = self.make_unit("102")
        self.invoice = self.make_invoice(unit.owner_id, 160.0, "2026-01-10", unit)
        with freeze_time("2026-01-21 04:00:00"):
            self.open_cases()
            case = self.case_of(unit.owner_id)
            payment = pay(unit.owner_id)
            self.assertEqual(case.amount_overdue, 80.0)
            # A collector need not be an accountant.
            return payment, self.promise(
                case.with_user(self.user_cs), 80.0, "2026-02-05"
            ).with_env(self.env)

    def test_paid_earlier_that_day_counts_not(self):
        """Until 5 February it holds notices back; then it is broken."""
        _payment, promise = self.earlier(
            lambda _customer: self.pay(self.invoice, 80.0, "2026-01-21")
        )
        for day in ("2026-01-21", "2026-02-05"):
            self.assertEqual(self.found(promise, day), ("open", 0.0))
            with freeze_time(f"{day} 04:00:00"):
                promise.case_id._touch()
                self.assertEqual(promise.case_id.suspension, "promised")
        self.assertEqual(self.found(promise, "2026-02-06"), ("broken", 0.0))

    def test_paid_later_that_day_counts(self):
        """30.00 later on 21 January and 50.00 on the last day: kept."""
        _payment, promise = self.earlier(
            lambda _customer: self.pay(self.invoice, 80.0, "2026-01-21")
        )
        self.pay(self.invoice, 30.0, "2026-01-21")
        self.assertEqual(self.found(promise, "2026-01-21"), ("open", 30.0))
        self.pay(self.invoice, 50.0, "2026-02-05")
        self.assertEqual(self.found(promise, "2026-02-05"), ("kept", 80.0))

    def test_earlier_money_matched_afterwards_counts_not(self):
        payment, promise = self.earlier(
            lambda customer: self.pay_unmatched(customer, 80.0, "2026-01-21")
        )
        self.assertEqual(self.found(promise, "2026-01-22"), ("open", 0.0))
        (payment.move_id | self.invoice).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(self.found(promise, "2026-01-23"), ("open", 0.0))

    def test_earlier_money_taken_back(self):
        """Nothing falls below zero, and the 80.00 that come afterwards keep it."""
        payment, promise = self.earlier(
            lambda _customer: self.pay(self.invoice, 80.0, "2026-01-21")
        )
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self.found(promise, "2026-01-25"), ("open", 0.0))
        self.pay(self.invoice, 80.0, "2026-02-01")
        self.assertEqual(self.found(promise, "2026-02-01"), ("kept", 80.0))

    def test_what_came_before_is_no_hand_s_to_set(self):
        payment, promise = self.earlier(
            lambda _customer: self.pay(self.invoice, 80.0, "2026-01-21")
        )
        promise = promise.with_user(self.user_cs)
        self.assertEqual(self.found(promise, "2026-01-22"), ("open", 0.0))
        self.assertEqual(promise.sudo().earlier_move_ids, payment.move_id)
        with self.assertRaises(AccessError):
            promise.write({"earlier_move_ids": False})
