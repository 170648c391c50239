from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestVisit(ContactCommon):
    def plan(self, case, user=None, **values):
        return (
            self.env["property.visit"]
            .with_user(user or self.user_cs)
            .create(
                {
                    "case_id": case.id,
                    "date": "2026-02-05 02:00:00",
                    "user_id": self.user_cs.id,
                    **values,
                }
            )
        )

    @freeze_time("2026-02-03 04:00:00")
    def test_the_workplace_is_off_limits(self):
        case = self.opened()
        with self.refused("does not visit"):
            self.plan(case, kind="workplace", address="Factory 3")
        with self.refused("does not visit"):
            self.contact(case, "2026-02-03 03:00:00", "workplace")

    @freeze_time("2026-02-03 04:00:00")
    def test_each_one_needs_the_manager(self):
        self.company.property_workplace_visits = True
        case = self.opened()
        with self.refused("approval first"):
            self.contact(case, "2026-02-03 03:00:00", "workplace")
        with self.refused("where the customer works"):
            self.plan(case, kind="workplace")
        visit = self.plan(case, kind="workplace", address="Factory 3")
        self.assertEqual(visit.state, "to_approve")
        self.assertEqual(visit.activity_ids.user_id, self.user_manager)
        self.assertIn("Factory 3", visit.activity_ids.note)
        with self.refused("approval first"):
            self.contact(case, "2026-02-03 03:00:00", "workplace")
        with self.refused("waits for the manager"):
            visit.action_done()
        for user in (self.user_cs, self.user_cs_head):
            with self.assertRaises(AccessError):
                visit.with_user(user).action_approve()
        visit.with_user(self.user_manager).action_approve()
        self.assertEqual(visit.state, "approved")
        self.assertEqual(visit.approved_by, self.user_manager)
        self.assertFalse(visit.activity_ids)
        contact = self.contact(
            case, "2026-02-03 03:00:00", "workplace", "reached", user_id=self.user_cs.id
        )
        self.assertEqual((contact.visit_id, visit.state), (visit, "done"))
        # One approval is good for one visit.
        with self.refused("approval first"):
            self.contact(case, "2026-02-03 03:30:00", "workplace")

    @freeze_time("2026-02-03 04:00:00")
    def test_nobody_approves_what_he_asked_for(self):
        self.company.property_workplace_visits = True
        visit = self.plan(
            self.opened(), self.user_manager, kind="workplace", address="Factory 3"
        )
        with self.refused("Somebody else", AccessError):
            visit.action_approve()
        self.assertTrue(visit.activity_ids.user_id.has_group("base.group_user"))
        self.assertNotEqual(visit.activity_ids.user_id, self.user_manager)
        visit.with_user(self.user_company).action_approve()
        self.assertEqual(visit.state, "approved")

    @freeze_time("2026-02-03 04:00:00")
    def test_rejected_with_a_reason(self):
        self.company.property_workplace_visits = True
        visit = self.plan(self.opened(), kind="workplace", address="Factory 3")
        boss = visit.with_user(self.user_manager)
        with self.refused("Say why"):
            boss.action_reject()
        with self.assertRaises(AccessError):
            visit.decision_reason = "Fine"
        boss.decision_reason = "He has only just started there"
        boss.action_reject()
        self.assertEqual(visit.state, "rejected")

    @freeze_time("2026-02-03 04:00:00")
    def test_what_was_approved_is_approved_anew_when_it_changes(self):
        self.company.property_workplace_visits = True
        visit = self.plan(self.opened(), kind="workplace", address="Factory 3")
        visit.with_user(self.user_manager).action_approve()
        visit.address = "Factory 4"
        self.assertEqual((visit.state, visit.approved_by.id), ("to_approve", False))
        self.assertEqual(len(visit.activity_ids), 1)
        with self.assertRaises(AccessError):
            visit.state = "approved"

    @freeze_time("2026-02-03 04:00:00")
    def test_quiet_hours_hold_for_plans(self):
        case = self.opened()
        with self.refused("22:00 and 08:00"):
            self.plan(case, date="2026-02-05 14:00:00")
        visit = self.plan(case)
        self.assertEqual((visit.state, visit.kind), ("planned", "door"))
        self.assertEqual(visit.address, self.unit.display_name)
        self.assertEqual(case.next_action, "visit")
        self.assertEqual(str(case.next_action_date), "2026-02-05")
        with self.refused("22:00 and 08:00"):
            visit.date = "2026-02-05 23:30:00"

    @freeze_time("2026-02-05 04:00:00")
    def test_a_visit_at_the_door_ends_with_its_contact(self):
        case = self.opened()
        visit = self.plan(case, date="2026-02-05 02:00:00")
        action = visit.action_done()
        self.assertEqual(action["context"]["default_visit_id"], visit.id)
        wizard = self.env["property.contact.record"].with_user(self.user_cs)
        wizard.with_context(**action["context"]).create({}).with_context(
            outcome="no_answer"
        ).action_outcome()
        self.assertEqual(visit.state, "done")
        self.assertEqual(visit.contact_ids.channel, "door")
        with self.refused("over"):
            visit.action_cancel()
