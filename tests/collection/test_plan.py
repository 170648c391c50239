"""Instalment plans: who decides, what is dunned, kept and broken (clause 4.3.2)."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestPlan(PlanCommon):
    def test_proposal_reaches_the_company(self):
        """It covers the bills open, due and undisputed that day; whoever may decide has
        it among his activities."""
        self.make_invoice(self.owner, 50.0, "2026-03-20", self.unit)
        plan = self.propose()
        self.assertEqual(plan.move_ids, self.january | self.february)
        self.assertEqual(plan.amount_covered, 1000.0)
        self.assertEqual(plan.proposed_by, self.user_cs)
        decider = plan.activity_ids.user_id
        self.assertTrue(decider.has_group("property_fee_collection.group_company"))
        self.assertTrue(self.case._has_open_hardship())
        with self.assertRaisesRegex(UserError, "what the hardship is"):
            self.propose(kind="waiver", reason=" ")

    def test_named_in_the_community_decides_first(self):
        other = new_test_user(
            self.env,
            login="property_company_2",
            groups="base.group_user,property_fee_collection.group_company",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.community.manager_id = other
        self.assertEqual(self.propose().activity_ids.user_id, other)

    def test_without_company_users_the_manager_is_asked(self):
        group = self.env.ref("property_fee_collection.group_company")
        group.user_ids = [Command.clear()]
        self.assertEqual(self.propose().activity_ids.user_id, self.user_manager)

    def test_the_wizard_spreads(self):
        plan = self.propose()
        form = Form(
            self.env["property.plan.spread"]
            .with_user(self.user_cs)
            .with_context(default_plan_id=plan.id)
        )
        # The community's due day is the tenth.
        self.assertEqual(form.first_date, fields.Date.to_date("2026-04-10"))
        form.count = 3
        form.save().action_spread()
        self.assertEqual(plan.line_ids.mapped("amount"), [333.33, 333.33, 333.34])
        self.assertEqual(plan.amount_difference, 0.0)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["property.plan.spread"].create({"plan_id": plan.id, "count": 0})

    def test_must_add_up_to_the_cent(self):
        plan = self.propose(("2026-04-10", 500.0), ("2026-05-10", 499.99))
        self.assertEqual(plan.amount_difference, 0.01)
        with self.assertRaisesRegex(UserError, "must sum to"):
            self.approve(plan)
        with self.assertRaisesRegex(UserError, "must sum to"):
            self.approve(self.propose(kind="instalments", case_id=self.other_case().id))

    def other_case(self):
        unit = self.make_unit("102")
        self.make_invoice(unit.owner_id, 10.0, "2026-01-10", unit)
        self.open_cases()
        return self.case_of(unit.owner_id)

    def test_who_decides(self):
        """Neither Finance nor the manager, nor whoever proposed it himself."""
        plan = self.propose(("2026-04-10", 1000.0))
        for user in (self.user_finance, self.user_cs_head, self.user_manager):
            with self.assertRaises(AccessError):
                plan.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                plan.with_user(user).decision_reason = "I say so."
        plan.with_user(self.user_cs).action_withdraw()
        own = self.propose(("2026-04-10", 1000.0)).sudo()
        own.proposed_by = self.user_company
        with self.assertRaisesRegex(AccessError, "cannot decide"):
            own.with_user(self.user_company).action_approve()

    def test_decided_once_with_reasons(self):
        plan = self.propose(("2026-04-10", 1000.0))
        company = plan.with_user(self.user_company)
        with self.assertRaisesRegex(UserError, "reasons of the decision"):
            company.action_approve()
        company.decision_reason = "Not proven."
        company.action_reject()
        self.assertEqual(plan.state, "rejected")
        self.assertEqual(plan.decided_by, self.user_company)
        self.assertFalse(self.case._has_open_hardship())
        # The proposer hears of it.
        self.assertEqual(plan.activity_ids.user_id, self.user_cs)
        with self.assertRaisesRegex(UserError, "decided already"):
            company.action_approve()

    def test_what_was_decided_on_stays(self):
        plan = self.propose(("2026-04-10", 1000.0))
        self.approve(plan)
        plan = plan.with_user(self.user_cs)
        for change in (
            lambda: plan.write({"reason": "Another"}),
            lambda: plan.line_ids.write({"amount": 1.0}),
            lambda: plan.line_ids.unlink(),
            lambda: plan.item_ids.write({"amount": 1.0}),
            lambda: plan.item_ids.unlink(),
            lambda: plan.line_ids.create(
                {"plan_id": plan.id, "date": "2026-07-10", "amount": 1.0}
            ),
            plan.action_refresh_items,
            plan.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_one_in_force_and_one_proposal(self):
        plan = self.propose(("2026-04-10", 1000.0))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.propose()
        self.approve(plan)
        second = self.propose(("2026-04-10", 1000.0))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.approve(second)
            second.flush_recordset()

    def test_kept(self):
        """While every due instalment is paid, no notice: suspended, state plan."""
        plan = self.thirds()
        self.assertEqual(plan.agreed_on, fields.Date.to_date("2026-03-15"))
        self.assertEqual((self.case.state, self.case.suspension), ("plan", "planned"))
        self.assertEqual(self.case._demand_lines(fields.Date.to_date("2026-04-10")), [])
        with freeze_time("2026-04-08 04:00:00"):
            self.pay(self.january, 333.33)
        self.assertEqual(self.paid(plan), [333.33, 0.0, 0.0])
        with freeze_time("2026-05-10 04:00:00"):
            self.on("2026-05-10")
            self.assertEqual(self.case.suspension, "planned")
            # The counting goes on: January to May are four months.
            self.assertEqual(self.case.months_unpaid, 4)

    def test_late_instalment_is_demanded_instead_of_the_bills(self):
        """On 11 April the first instalment is late: 333.33 are demanded, counted from
        10 April; a bill outside the plan would be demanded next to it."""
        plan = self.thirds()
        with freeze_time("2026-04-11 04:00:00"):
            day = fields.Date.to_date("2026-04-11")
            self.on("2026-04-11")
            self.assertEqual(plan.state, "running")
            self.assertEqual((self.case.state, self.case.suspension), ("plan", False))
            (line,) = self.case._demand_lines(day)
            self.assertEqual(line["amount"], 333.33)
            self.assertEqual(line["item_name"], "Instalment 1 of 3")
            self.assertEqual(line["date_from"], fields.Date.to_date("2026-04-10"))
            self.assertEqual(self.case._moves_in_plan(), self.january | self.february)
            anchor = fields.Date.to_date("2026-04-10")
            self.assertEqual(self.case._notice_anchor(day), (anchor, 0))
            # Part of it: 33.33 paid, 300.00 are late.
            self.pay(self.january, 33.33)
            (line,) = self.case._demand_lines(day)
            self.assertEqual(line["amount"], 300.0)
        with freeze_time("2026-05-02 04:00:00"):
            day = fields.Date.to_date("2026-05-02")
            self.assertEqual(self.case._notice_anchor(day), (anchor, 1))
            # A bill of March came afterwards: it is older than the instalment.
            self.make_invoice(self.owner, 70.0, "2026-03-20", self.unit)
            march = fields.Date.to_date("2026-03-20")
            self.assertEqual(self.case._notice_anchor(day), (march, 2))

    def test_broken_on_day_31(self):
        """Due on 10 April: on 10 May, thirty days later, it runs; on 11 May it is
        broken and the whole debt is dunned from 10 January again."""
        plan = self.thirds()
        with freeze_time("2026-05-10 04:00:00"):
            self.on("2026-05-10")
            self.assertEqual(plan.state, "running")
        with freeze_time("2026-05-11 04:00:00"):
            self.on("2026-05-11")
            self.assertEqual(plan.state, "broken")
            self.assertEqual(plan.ended_on, fields.Date.to_date("2026-05-11"))
            self.assertEqual((self.case.state, self.case.suspension), ("open", False))
            self.assertEqual(self.case.anchor_date, fields.Date.to_date("2026-01-10"))
            self.assertEqual(self.case.amount_overdue, 1000.0)
            self.assertIsNone(self.case._demand_lines(plan.ended_on))
            self.assertIsNone(self.case._notice_anchor(plan.ended_on))
            told = plan.activity_ids.filtered(lambda a: a.user_id == self.user_cs)
            self.assertEqual(len(told), 1)
            # Told once, however often the day's run comes by.
            self.on("2026-05-11")
            told = plan.activity_ids.filtered(lambda a: a.user_id == self.user_cs)
            self.assertEqual(len(told), 1)

    def test_done_and_reversed(self):
        """Paid in full, before its time: done. The bank takes 400.00 back: running
        again, 600.00 paid of it."""
        plan = self.thirds()
        self.pay(self.january)
        payment = self.pay(self.february)
        self.assertEqual(plan.state, "done")
        self.assertEqual(self.paid(plan), [333.33, 333.33, 333.34])
        self.assertEqual(self.case.state, "closed")
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(plan.state, "running")
        self.assertFalse(plan.ended_on)
        self.assertEqual(self.paid(plan), [333.33, 266.67, 0.0])
        self.assertEqual((self.case.state, self.case.suspension), ("plan", "planned"))

    def test_credit_note_counts_as_paid(self):
        plan = self.thirds()
        note = self.january._reverse_moves([{"invoice_date": "2026-03-15"}])
        note._property_scale_to(100.0)
        note.action_post()
        self.assertEqual(self.paid(plan), [100.0, 0.0, 0.0])

    def test_paid_between_proposal_and_agreement(self):
        plan = self.propose(("2026-04-10", 500.0), ("2026-05-10", 500.0))
        self.approve(plan)
        self.pay(self.january, 200.0)
        plan.with_user(self.user_cs).action_start()
        self.assertEqual(self.paid(plan), [200.0, 0.0])

    def test_disputed_part_is_not_covered(self):
        self.env["property.dispute"].create({"move_id": self.january.id, "amount": 150})
        plan = self.propose()
        self.assertEqual(plan.amount_covered, 850.0)
        item = plan.item_ids.filtered(lambda item: item.move_id == self.january)
        self.assertEqual((item.residual, item.amount), (600.0, 450.0))

    def test_no_instalment_before_the_agreement(self):
        plan = self.propose(("2026-03-14", 1000.0))
        self.approve(plan)
        with self.assertRaisesRegex(UserError, "before the customer agreed"):
            plan.action_start()
        plan.with_user(self.user_cs).agreed_on = "2026-03-10"
        plan.with_user(self.user_cs).action_start()
        self.assertEqual(plan.state, "running")

    def test_state_by_methods_only(self):
        plan = self.propose(("2026-04-10", 1000.0))
        with self.assertRaises(AccessError):
            plan.with_user(self.user_company).write({"state": "running"})
        with self.assertRaises(AccessError):
            plan.line_ids.with_user(self.user_cs).write({"amount_paid": 1000.0})
        with self.assertRaises(AccessError):
            plan.item_ids.with_user(self.user_cs).write({"residual": 1.0})
        with self.assertRaises(AccessError):
            self.propose(proposed_by=self.user_finance.id)

    def test_bills_of_the_customer_only(self):
        other = self.make_invoice(self.developer, 10.0, "2026-01-10", self.unit)
        plan = self.propose()
        with self.assertRaisesRegex(UserError, "own customer"):
            self.env["property.plan.item"].create(
                {"plan_id": plan.id, "move_id": other.id, "amount": 1.0}
            )

    def test_queries_do_not_grow_with_the_cases(self):
        """One more customer with a plan costs no further query for the standing."""

        def touched(cases):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            cases._touch()
            cases.mapped("state")
            return self.env.cr.sql_log_count - start

        plan = self.propose(("2026-04-10", 1000.0))
        self.approve(plan)
        plan.action_start()
        cases = self.case
        touched(cases)
        few = touched(cases)
        for room in range(201, 206):
            unit = self.make_unit(str(room))
            self.make_invoice(unit.owner_id, 10.0, "2026-01-10", unit)
            self.open_cases()
            case = self.case_of(unit.owner_id)
            plan = self.propose(("2026-04-10", 10.0), case_id=case.id)
            self.approve(plan)
            plan.action_start()
            cases |= case
        self.assertLessEqual(touched(cases), few + 1)
