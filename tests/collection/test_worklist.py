from freezegun import freeze_time

from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestWorklist(ContactCommon):
    """First arrears, what comes next, and the order of the day."""

    def due_today(self, user=None):
        return (
            self.env["property.collection.case"]
            .with_user(user or self.user_cs)
            .search([("next_action_date", "<=", "today"), ("state", "!=", "closed")])
        )

    @freeze_time("2026-01-11 04:00:00")
    def test_first_arrears_are_for_the_collector(self):
        case = self.opened()
        reminder = self.reminders(case)
        self.assertEqual(case.next_action, "first_contact")
        self.assertEqual(str(case.next_action_date), "2026-01-11")
        self.assertEqual(reminder.user_id, self.user_cs)
        self.assertEqual(str(reminder.date_deadline), "2026-01-11")
        self.assertIn("find the reason", reminder.summary)
        self.assertIn(case, self.due_today())
        self.assertFalse(self.open_cases())
        self.assertEqual(len(self.reminders(case)), 1)

    @freeze_time("2026-02-03 04:00:00")
    def test_one_reminder_moves_along(self):
        case = self.opened()
        first = self.reminders(case)
        self.contact(case, "2026-02-03 03:00:00", outcome="no_answer")
        self.env.cr.precommit.run()
        self.assertEqual(self.reminders(case), first)
        self.assertEqual(first.summary, "Call")
        self.assertEqual(str(first.date_deadline), "2026-02-05")
        self.assertNotIn(case, self.due_today())

    @freeze_time("2026-02-03 04:00:00")
    def test_payment_ends_it(self):
        case = self.opened()
        self.pay(self.invoice)
        self.env.cr.precommit.run()
        self.assertEqual((case.state, case.next_action), ("closed", "none"))
        self.assertFalse(case.next_action_date)
        self.assertFalse(self.reminders(case))

    @freeze_time("2026-02-03 04:00:00")
    def test_a_new_collector_gets_the_reminder(self):
        case = self.opened()
        case.user_id = self.user_cs_head
        self.env.cr.precommit.run()
        self.assertEqual(self.reminders(case).user_id, self.user_cs_head)

    @freeze_time("2026-02-03 04:00:00")
    def test_put_off_until_the_next_contact(self):
        case = self.opened()
        case.with_user(self.user_cs).postponed_to = "2026-02-20"
        self.assertEqual(str(case.next_action_date), "2026-02-20")
        self.assertNotIn(case, self.due_today())
        self.contact(case, "2026-02-03 03:00:00", outcome="no_answer")
        self.assertFalse(case.postponed_to)
        self.assertEqual(str(case.next_action_date), "2026-02-05")

    def test_order_of_the_day(self):
        """Broken promise of 20, final deadline passed on 50, then 900 before 800."""
        with freeze_time("2026-02-01 04:00:00"):
            owners = {}
            for room, amount in (("A", 800), ("B", 900), ("C", 50), ("D", 20)):
                unit = self.make_unit(room)
                owners[room] = unit.owner_id
                self.make_invoice(unit.owner_id, amount, "2026-01-10", unit)
            self.open_cases()
            cases = {room: self.case_of(owner) for room, owner in owners.items()}
            self.promise(cases["D"], 20.0, "2026-02-05")
            self.final_notice(cases["C"], "2026-02-09")
        with freeze_time("2026-02-10 04:00:00"):
            every = self.env["property.collection.case"].concat(*cases.values())
            every._follow_up(self.community._property_today())
            order = self.env["property.collection.case"].search(
                [("id", "in", every.ids)]
            )
            self.assertEqual(
                [case.partner_id.name[-1] for case in order], ["D", "C", "B", "A"]
            )
            self.assertEqual(
                [case.priority_reason for case in order],
                ["promise_broken", "deadline_passed", "amount", "amount"],
            )
            self.assertEqual(
                order.mapped("priority_text"),
                [
                    "Promise of 02/05/2026 broken",
                    "Final deadline 02/09/2026 passed",
                    "Months unpaid: 1",
                    "Months unpaid: 1",
                ],
            )

    def final_notice(self, case, deadline):
        # Composing and issuing are tested elsewhere; here only the deadline matters.
        notice = (
            self.env["property.notice"]
            .sudo()
            .create(
                {
                    "kind": "final",
                    "partner_id": case.partner_id.id,
                    "community_id": case.community_id.id,
                    "case_id": case.id,
                    "anchor_date": case.anchor_date,
                    "deadline": deadline,
                }
            )
        )
        notice.write({"date_issued": "2026-02-01", "state": "issued"})
        return notice

    @freeze_time("2026-02-03 04:00:00")
    def test_team_load(self):
        case = self.opened()
        self.contact(case, "2026-02-02 04:00:00", user_id=self.user_cs.id)
        self.env.flush_all()
        row = (
            self.env["property.collector.report"]
            .with_user(self.user_cs_head)
            .search([("user_id", "=", self.user_cs.id)])
        )
        self.assertEqual(
            (row.case_count, row.amount_overdue, row.contact_count), (1, 300.0, 1)
        )
        self.assertEqual(row.no_reason_count, 1)
