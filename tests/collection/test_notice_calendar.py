from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestCalendarOfNotices(StatementCommon):
    """Late signatures, previews and changed policies (procedure, section 2)."""

    def sign(self, statement):
        statement.with_user(self.user_cs_head).action_sign()
        return statement.notice_ids

    def test_of_several_drafts_only_the_highest_stage_goes_out(self):
        """January's draft is left lying; in April the second demand overtakes it."""
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        with freeze_time("2026-02-02"):
            first = self.sign(self.make_statement("2026-01-01"))
        with freeze_time("2026-04-02"):
            self.sign(self.make_statement("2026-02-01"))
            second = self.sign(self.make_statement("2026-03-01"))
            self.assertEqual(second.step_months, 3)
            (first | second).with_user(self.user_cs).action_issue()
        self.assertEqual((first.state, second.state), ("cancelled", "issued"))
        self.assertIn("higher stage", first.cancel_reason)

    def test_a_preview_of_the_running_month_suppresses_nothing(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        with freeze_time("2026-02-10"):
            january = self.make_statement("2026-01-01")
            self.make_statement("2026-02-01")
            self.assertEqual(self.sign(january).kind, "demand")

    def test_a_month_to_come_stops_nothing(self):
        """Opened by a slip of the pen, it neither keeps January's statement from
        opening nor its notices from being made."""
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        statements = self.env["property.arrears.statement"].sudo()
        with freeze_time("2026-02-10"):
            self.make_statement("2027-01-01", compute=False)
            january = statements._open_next(self.community)
            self.assertEqual(str(january.period), "2026-01-01")
            self.assertFalse(statements._open_next(self.community))
            self.assertEqual(self.sign(january).kind, "demand")

    def test_a_step_whose_months_change_is_not_noticed_twice(self):
        """Noticed after two months; then the policy says three."""
        policy = self.env["property.collection.policy"].create(
            {
                "name": "Two",
                "step_ids": [Command.create({"months": 2, "notice_kind": "demand"})],
            }
        )
        self.assertEqual(policy.step_ids.name, "Demand notice")
        self.community.policy_id = policy
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        with freeze_time("2026-03-02"):
            self.assertEqual(len(self.sign(self.make_statement("2026-02-01"))), 1)
        policy.step_ids.months = 3
        with freeze_time("2026-04-02"):
            march = self.make_statement("2026-03-01")
            self.assertFalse(self.sign(march))
            self.assertEqual(march.line_ids.skip_reason, "already_issued")

    def test_the_manager_hears_of_it_while_notices_are_held(self):
        """Six months unpaid on hold: he is told once; after thirteen he is asked
        whether it is malicious, once."""
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        cases = self.env["property.collection.case"]
        with freeze_time("2026-02-02"):
            case = self.open_cases()
            case.write({"hold_until": "2027-12-31", "hold_reason": "Abroad"})
        for day, reports in (
            ("2026-06-30", []),
            ("2026-07-01", [6]),
            ("2026-07-02", [6]),
            ("2027-01-31", [6]),
            ("2027-02-01", [6, 13]),
            ("2027-02-02", [6, 13]),
        ):
            with freeze_time(day):
                cases._refresh_community(self.community)
            self.assertEqual(
                sorted(case.report_ids.step_id.mapped("months")), reports, day
            )
        self.assertEqual(case.report_ids.user_id, self.user_manager)

    @freeze_time("2026-04-15")
    def test_credit_goes_to_what_may_be_demanded(self):
        """100.00 unmatched: the older 100.00 elsewhere is disputed, so it counts for
        the 100.00 here."""
        other = self.make_community("Moon Garden", "MOG")
        disputed = self.make_invoice(
            self.owner, 100.0, "2026-01-10", property_community_id=other.id
        )
        self.make_invoice(self.owner, 100.0, "2026-02-10", self.unit)
        self.env["property.dispute"].create({"move_id": disputed.id})
        here = self.open_cases()
        self.pay_unmatched(self.owner, 100.0)
        self.assertEqual((here.state, here.amount_overdue), ("closed", 0.0))

    @freeze_time("2026-04-15")
    def test_what_was_paid_back_is_no_credit(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        self.pay_unmatched(self.owner, 100.0)
        self.assertEqual(case.state, "closed")
        back = self.env["account.payment"].create(
            {
                "partner_id": self.owner.id,
                "partner_type": "customer",
                "payment_type": "outbound",
                "amount": 100.0,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        back.action_post()
        self.assertEqual((case.state, case.amount_overdue), ("open", 100.0))

    @freeze_time("2026-04-15 04:00:00")
    def test_a_contact_may_name_the_customer_only(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        contact = self.env["property.contact"].create(
            {
                "partner_id": self.owner.id,
                "channel": "phone",
                "outcome": "no_answer",
                "date": "2026-04-15 02:00:00",
            }
        )
        self.assertEqual(contact.case_id, case)
