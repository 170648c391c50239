from freezegun import freeze_time

from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestContactRecord(ContactCommon):
    """One tap after a call, 3 February 2026, noon in Taipei."""

    @freeze_time("2026-02-03 04:00:00")
    def test_no_answer_is_one_tap(self):
        case = self.opened()
        wizard = self.say(case).with_context(outcome="no_answer")
        self.assertEqual(wizard.action_outcome()["type"], "ir.actions.act_window_close")
        self.assertEqual(case.contact_ids.outcome, "no_answer")
        self.assertEqual(case.contact_ids.user_id, self.user_cs)
        # Tried again in two days; nobody was met, so no reason is asked.
        self.assertEqual(case.next_action, "call")
        self.assertEqual(str(case.next_action_date), "2026-02-05")
        self.assertFalse(case.is_reason_missing)

    @freeze_time("2026-02-03 04:00:00")
    def test_the_reason_is_required_once_the_customer_was_met(self):
        case = self.opened()
        wizard = self.say(case).with_context(outcome="refused")
        # More has to be said: the form stays.
        self.assertEqual(wizard.action_outcome()["res_id"], wizard.id)
        with self.refused("why the customer does not pay"):
            wizard.action_save()
        self.assertFalse(case.contact_ids)
        wizard.write({"reason": "own", "reason_note": "Out of work"})
        wizard.action_save()
        self.assertEqual((case.reason, case.reason_note), ("own", "Out of work"))
        self.assertEqual(case.next_action, "visit")
        self.assertEqual(str(case.next_action_date), "2026-02-10")
        with self.refused("reason is required"):
            case.reason = False
        # Known from now on: the next time one tap is enough.
        again = self.say(case).with_context(outcome="refused")
        self.assertEqual(again.action_outcome()["type"], "ir.actions.act_window_close")

    @freeze_time("2026-02-03 04:00:00")
    def test_a_promise(self):
        case = self.opened()
        wizard = self.say(case, outcome="promised", reason="own")
        self.assertEqual(wizard.promise_amount, 300.0)
        with self.refused("until when"):
            wizard.action_save()
        wizard.promise_date = "2026-02-12"
        self.assertIn("02/13/2026", wizard.next_text)
        wizard.action_save()
        promise = case.promise_ids
        self.assertEqual((promise.amount, promise.state), (300.0, "open"))
        self.assertEqual(promise.user_id, self.user_cs)
        self.assertEqual(case.next_action, "follow_promise")
        self.assertEqual(str(case.next_action_date), "2026-02-13")
        self.assertEqual(case.suspension, "promised")

    @freeze_time("2026-02-03 04:00:00")
    def test_poor_service_opens_a_task_and_nothing_stops(self):
        case = self.opened()
        wizard = self.say(case, outcome="refused", reason="service")
        self.assertTrue(wizard.needs_task)
        self.assertEqual(wizard.responsible_id, self.user_cs_head)
        wizard.write({"task": "Repair the lift", "deadline": "2026-02-08"})
        wizard.action_save()
        task = case.improvement_ids
        self.assertEqual((task.cause, task.description), ("service", "Repair the lift"))
        self.assertEqual(str(task.deadline), "2026-02-08")
        self.assertEqual(task.activity_ids.user_id, self.user_cs_head)
        self.assertFalse(case.suspension)
        self.assertEqual(case.amount_overdue, 300.0)
        self.say(case, outcome="refused").action_save()
        self.assertEqual(len(case.improvement_ids), 1)

    @freeze_time("2026-02-03 04:00:00")
    def test_a_dispute_opens_its_form(self):
        case = self.opened()
        action = self.say(
            case, outcome="disputed", reason="third_party", note="Not my meter"
        ).action_save()
        self.assertEqual(action["res_model"], "property.dispute")
        self.assertEqual(action["context"]["default_move_id"], self.invoice.id)
        self.assertEqual(action["context"]["default_cause"], "third_party")
        self.assertEqual(case.improvement_ids.cause, "third_party")

    @freeze_time("2026-02-03 15:00:00")
    def test_a_refusal_says_why(self):
        # 23:00 in Taipei
        wizard = self.say(self.opened()).with_context(outcome="no_answer")
        with self.refused("23:00"):
            wizard.action_outcome()


@tagged("post_install", "-at_install")
class TestImprovement(ContactCommon):
    def task(self, **values):
        with freeze_time("2026-02-03 04:00:00"):
            case = self.opened()
            case.reason = "service"
            case.improvement_ids.write(values)
            return case.improvement_ids

    def asked(self, task):
        return task.activity_ids.user_id

    def follow_up(self, task, day):
        with freeze_time(f"{day} 04:00:00"):
            task.case_id._follow_up(task.community_id._property_today())

    def test_late_tasks_reach_the_head_then_the_manager_once_each(self):
        task = self.task(responsible_id=self.user_cs.id)
        self.assertEqual(str(task.deadline), "2026-02-10")
        self.assertEqual(self.asked(task), self.user_cs)
        self.follow_up(task, "2026-02-10")
        self.assertFalse(task.escalated_to)
        self.follow_up(task, "2026-02-11")
        self.follow_up(task, "2026-02-17")
        self.assertEqual(task.escalated_to, "head")
        self.assertEqual(self.asked(task), self.user_cs | self.user_cs_head)
        self.assertEqual(len(task.activity_ids), 2)
        self.follow_up(task, "2026-02-18")
        self.follow_up(task, "2026-02-19")
        self.assertEqual(task.escalated_to, "manager")
        self.assertEqual(len(task.activity_ids), 3)
        self.assertIn(self.user_manager, self.asked(task))

    def test_a_head_who_is_late_himself_is_skipped(self):
        task = self.task()
        self.assertEqual(task.responsible_id, self.user_cs_head)
        self.follow_up(task, "2026-02-11")
        self.assertEqual(task.escalated_to, "manager")
        self.assertEqual(self.asked(task), self.user_cs_head | self.user_manager)

    def test_done_with_a_result(self):
        task = self.task()
        with self.refused("what came of it"):
            task.action_done()
        task.result = "The lift runs"
        task.with_user(self.user_cs_head).action_done()
        self.assertEqual(task.state, "done")
        self.assertFalse(task.activity_ids)
        self.follow_up(task, "2026-03-11")
        self.assertFalse(task.escalated_to)
        self.assertIn("The lift runs", task.case_id.message_ids[0].body)
