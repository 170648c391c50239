"""Plans and waivers of customers who pay on account (clause 4.3.2)."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-09 04:00:00")
class TestPlanCredits(PlanCommon):
    def setUp(self):
        super().setUp()
        self.room = self.make_unit("102")
        self.customer = self.room.owner_id

    def bills(self, amount, *months):
        """Bills due on the tenth of these months of 2026."""
        moves = self.env["account.move"]
        for month in months:
            due = f"2026-{month:02d}-10"
            moves |= self.make_invoice(self.customer, amount, due, self.room)
        self.open_cases()
        self.case = self.case_of(self.customer)
        return moves

    def begun(self, *lines):
        plan = self.propose(*lines)
        self.approve(plan)
        plan.with_user(self.user_cs).action_start()
        return plan.sudo()

    def halves(self):
        """Six bills of 200.00; 600.00 by 10 July and 600.00 by 10 December."""
        with freeze_time("2026-06-15 04:00:00"):
            self.moves = self.bills(200.0, 1, 2, 3, 4, 5, 6)
            return self.begun(("2026-07-10", 600.0), ("2026-12-10", 600.0))

    def match(self, payment, moves):
        lines = (payment.move_id | moves).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable").reconcile()

    def demand(self):
        return {
            "case_id": self.case.id,
            "kind": "demand",
            "community_id": self.community.id,
            "partner_id": self.customer.id,
        }

    def test_paid_on_account_is_paid(self):
        """600.00 on 1 July, matched with nothing, are the first instalment: on 11
        August, 32 days after it, the plan is kept and nothing is demanded."""
        plan = self.halves()
        with freeze_time("2026-07-01 04:00:00"):
            payment = self.pay_unmatched(self.customer, 600.0, "2026-07-01")
        self.assertEqual(self.paid(plan), [600.0, 0.0])
        self.assertEqual(plan.amount_on_account, 600.0)
        with freeze_time("2026-08-11 04:00:00"):
            day = fields.Date.to_date("2026-08-11")
            self.env["property.collection.case"]._refresh_community(self.community)
            self.on("2026-08-11")
            self.assertEqual(plan.state, "running")
            self.assertEqual(self.case.suspension, "planned")
            self.assertEqual(self.case._demand_lines(day), [])
            # Matched with the three oldest bills, it is the same money.
            self.match(payment, self.moves[:3])
            self.assertEqual(self.paid(plan), [600.0, 0.0])
            self.assertEqual(plan.amount_on_account, 0.0)
            self.assertEqual(plan.state, "running")

    def test_taken_back(self):
        """The bank takes the 600.00 back: on 11 August the plan is broken."""
        plan = self.halves()
        payment = self.pay_unmatched(self.customer, 600.0, "2026-07-01")
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self.paid(plan), [0.0, 0.0])
        with freeze_time("2026-08-11 04:00:00"):
            self.on("2026-08-11")
            self.assertEqual(plan.state, "broken")

    def test_current_bills_come_after_the_plan(self):
        """July's bill of 200.00 is newer than what the plan covers: the 600.00 on
        account are the instalment. Matched with July's bill by Finance, 200.00 of them
        are not: 400.00 are paid of it."""
        plan = self.halves()
        with freeze_time("2026-07-11 04:00:00"):
            july = self.bills(200.0, 7)
            payment = self.pay_unmatched(self.customer, 600.0, "2026-07-09")
            self.assertEqual(self.paid(plan), [600.0, 0.0])
            self.match(payment, july)
            self.assertEqual(self.paid(plan), [400.0, 0.0])

    def test_an_open_credit_note_counts(self):
        plan = self.halves()
        self.make_invoice(self.customer, -150.0, "2026-07-01", self.room)
        self.assertEqual(self.paid(plan), [150.0, 0.0])

    def test_part_on_account_is_demanded_less_that_part(self):
        """450.00 of 600.00 on account: 150.00 are late on 11 July, and the credit is
        not taken off a second time."""
        plan = self.halves()
        self.pay_unmatched(self.customer, 450.0, "2026-07-09")
        with freeze_time("2026-07-11 04:00:00"):
            day = fields.Date.to_date("2026-07-11")
            self.on("2026-07-11")
            (line,) = self.case._demand_lines(day)
            self.assertEqual(line["amount"], 150.0)
            self.assertEqual(plan.late_amount, 150.0)
            notice = self.env["property.notice"].sudo().create(self.demand())
            composer = self.env["property.notice.composer"]
            _vals, lines, _moves = composer._contents_of_cases(notice)[notice.id]
            self.assertEqual(
                [(line["type"], line["amount"]) for line in lines],
                [("instalment", 150.0)],
            )

    @freeze_time("2026-03-15 04:00:00")
    def test_snapshot_is_net_of_credits(self):
        """Two bills of 300.00, 200.00 on account: the case owes 400.00, 100.00 of
        January and 300.00 of February. The older 200.00 keep no instalment, matched or
        not; the next 100.00 do."""
        moves = self.bills(300.0, 1, 2)
        credit = self.pay_unmatched(self.customer, 200.0, "2026-02-20")
        self.assertEqual(self.case.amount_overdue, 400.0)
        plan = self.begun(("2026-04-10", 200.0), ("2026-05-10", 200.0))
        self.assertEqual(plan.amount_covered, 400.0)
        self.assertEqual(plan.item_ids.mapped("amount"), [100.0, 300.0])
        self.assertEqual(plan.item_ids.mapped("credit"), [200.0, 0.0])
        self.assertEqual(self.paid(plan), [0.0, 0.0])
        self.match(credit, moves[0])
        self.assertEqual(self.paid(plan), [0.0, 0.0])
        self.pay_unmatched(self.customer, 100.0, "2026-03-15")
        self.assertEqual(self.paid(plan), [100.0, 0.0])
        self.pay(moves[1])
        self.assertEqual(plan.state, "done")

    @freeze_time("2026-03-15 04:00:00")
    def test_a_bill_that_credits_cover(self):
        """350.00 on account cover January's 300.00 and 50.00 of February's: 250.00 are
        owed. Nothing is paid of the plan when the money is matched as the law has it,
        the oldest bill first; nor is it demanded from January."""
        moves = self.bills(300.0, 1, 2)
        credit = self.pay_unmatched(self.customer, 350.0, "2026-02-20")
        plan = self.begun(("2026-04-10", 250.0))
        self.assertEqual(plan.move_ids, moves[1])
        self.assertEqual(plan.credit_elsewhere, 300.0)
        self.assertEqual(self.paid(plan), [0.0])
        day = fields.Date.to_date("2026-04-11")
        self.assertEqual(
            self.case._notice_anchor(day), (fields.Date.to_date("2026-04-10"), 0)
        )
        self.match(credit, moves[0])
        self.assertEqual(self.paid(plan), [0.0])
        self.match(credit, moves[1])
        self.assertEqual(self.paid(plan), [0.0])

    @freeze_time("2026-03-15 04:00:00")
    def test_a_removed_bill_keeps_its_credits(self):
        """January, with 200.00 of credits, is taken out of the proposal: they serve
        January, not February's 300.00."""
        self.bills(300.0, 1, 2)
        self.pay_unmatched(self.customer, 200.0, "2026-02-20")
        plan = self.propose(("2026-04-10", 300.0))
        plan.item_ids[0].unlink()
        self.approve(plan)
        plan.action_start()
        self.assertEqual(self.paid(plan), [0.0])

    @freeze_time("2026-03-15 04:00:00")
    def test_waiver_is_net_of_credits(self):
        """400.00 are owed: no more than that is credited; the 200.00 on account stay
        and cover the rest."""
        moves = self.bills(300.0, 1, 2)
        self.pay_unmatched(self.customer, 200.0, "2026-02-20")
        plan = self.propose(kind="waiver")
        self.assertEqual(plan.amount_covered, 400.0)
        refused = self.assertRaisesRegex(UserError, "No more than what is open.*100")
        with refused, self.env.cr.savepoint():
            plan.item_ids[0].amount = 100.01
        self.approve(plan)
        self.assertEqual(moves.mapped("amount_residual"), [200.0, 0.0])
        self.assertEqual(self.case.amount_open, 0.0)

    @freeze_time("2026-03-15 04:00:00")
    def test_money_between_proposal_and_waiver(self):
        """600.00 are to be waived; then 200.00 come in on account: 400.00 are owed."""
        self.bills(300.0, 1, 2)
        plan = self.propose(kind="waiver")
        self.pay_unmatched(self.customer, 200.0, "2026-03-15")
        refused = self.assertRaisesRegex(UserError, "only .*400.00.* is owed by now")
        with refused, self.env.cr.savepoint():
            self.approve(plan)
        plan.action_refresh_items()
        self.approve(plan)
        self.assertEqual(self.case.amount_open, 0.0)

    @freeze_time("2026-03-15 04:00:00")
    def test_credits_by_the_system_only(self):
        self.bills(300.0, 1)
        plan = self.propose()
        for record, name in (
            (plan, "amount_on_account"),
            (plan, "credit_elsewhere"),
            (plan.item_ids, "credit"),
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.user_company).write({name: 1.0})
