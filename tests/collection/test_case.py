from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CollectionCommon


@tagged("post_install", "-at_install")
class TestCase(CollectionCommon):
    """Cases open, follow and close by themselves (procedure, section 2)."""

    def standing(self, case):
        return (
            case.state,
            fields.Date.to_string(case.anchor_date) if case.anchor_date else None,
            case.months_unpaid,
            case.amount_overdue,
            case.step_id.months,
        )

    @freeze_time("2026-04-15")
    def test_a_case_opens_once(self):
        self.make_invoice(self.owner, 275.80, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 275.80, "2026-02-10", self.unit)
        case = self.open_cases()
        self.assertEqual(self.standing(case), ("open", "2026-01-10", 3, 551.60, 3))
        self.assertEqual(case.unit_ids, self.unit)
        self.assertEqual(case.user_id, self.user_cs)
        self.assertFalse(self.open_cases())

    @freeze_time("2026-04-10")
    def test_not_before_the_day_after_the_due_date(self):
        self.make_invoice(self.owner, 100.0, "2026-04-10", self.unit)
        self.assertFalse(self.open_cases())

    @freeze_time("2026-04-15")
    def test_payments_move_the_case_at_once(self):
        january = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        march = self.make_invoice(self.owner, 100.0, "2026-03-10", self.unit)
        case = self.open_cases()
        self.pay(january, 40.0)
        self.assertEqual(self.standing(case), ("open", "2026-01-10", 3, 160.0, 3))
        paid = self.pay(january)
        self.assertEqual(self.standing(case), ("open", "2026-03-10", 1, 100.0, 1))
        self.pay(march)
        self.assertEqual(self.standing(case), ("closed", None, 0, 0.0, 0))
        paid.action_draft()
        paid.action_cancel()
        # The bounced payment was of 60.00: that much of January is open again.
        self.assertEqual(self.standing(case), ("open", "2026-01-10", 3, 60.0, 3))

    @freeze_time("2026-04-15")
    def test_a_new_invoice_and_a_reset_one_move_it(self):
        self.make_invoice(self.owner, 100.0, "2026-03-10", self.unit)
        case = self.open_cases()
        older = self.make_invoice(self.owner, 50.0, "2026-01-10", self.unit)
        self.assertEqual(self.standing(case), ("open", "2026-01-10", 3, 150.0, 3))
        older.button_draft()
        self.assertEqual(self.standing(case), ("open", "2026-03-10", 1, 100.0, 1))

    @freeze_time("2026-04-15")
    def test_credit_note_and_unmatched_payment_are_netted(self):
        self.make_invoice(self.owner, 300.0, "2026-01-10", self.unit)
        case = self.open_cases()
        self.make_invoice(self.owner, -120.0, "2026-02-10", self.unit)
        self.assertEqual(case.amount_overdue, 180.0)
        self.pay_unmatched(self.owner, 180.0)
        self.assertEqual(self.standing(case), ("closed", None, 0, 0.0, 0))

    @freeze_time("2026-04-15")
    def test_an_unmatched_payment_goes_to_the_oldest_debt_of_all_communities(self):
        """100.00 due in January here, 100.00 due in February there: 150.00 unmatched
        cover the older and half of the younger."""
        other = self.make_community("Moon Garden", "MOG")
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        self.make_invoice(
            self.owner, 100.0, "2026-02-10", property_community_id=other.id
        )
        here, there = self.open_cases(), self.open_cases(other)
        self.pay_unmatched(self.owner, 150.0)
        self.assertEqual(here.state, "closed")
        self.assertEqual(self.standing(there)[3], 50.0)

    @freeze_time("2026-04-15")
    def test_two_units_make_one_case(self):
        second = self.make_unit("102", owner=None, owner_id=self.owner.id)
        self.make_invoice(self.owner, 100.0, "2026-02-10", self.unit)
        self.make_invoice(self.owner, 80.0, "2026-01-10", second)
        case = self.open_cases()
        self.assertEqual(len(case), 1)
        self.assertEqual(self.standing(case), ("open", "2026-01-10", 3, 180.0, 3))
        self.assertEqual(case.unit_ids, self.unit | second)

    @freeze_time("2026-04-15")
    def test_contacts_of_a_company_are_one_customer(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        branch = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": firm.id}
        )
        self.make_invoice(branch, 100.0, "2026-01-10", self.unit)
        self.make_invoice(firm, 50.0, "2026-02-10", self.unit)
        case = self.open_cases()
        self.assertEqual(case.partner_id, firm)
        self.assertEqual(case.amount_overdue, 150.0)

    @freeze_time("2026-04-15")
    def test_no_follow_up_pauses_one_invoice(self):
        january = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 70.0, "2026-03-10", self.unit)
        case = self.open_cases()
        january.no_followup = True
        self.assertEqual(self.standing(case), ("open", "2026-03-10", 1, 70.0, 1))
        self.assertEqual(case.amount_paused, 100.0)

    @freeze_time("2026-04-15")
    def test_tolerance_of_the_company(self):
        self.company.property_tolerance = 5.0
        january = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 100.0, "2026-03-10", self.unit)
        case = self.open_cases()
        self.pay(january, 95.0)
        self.assertEqual(self.standing(case), ("open", "2026-03-10", 1, 105.0, 1))

    @freeze_time("2026-04-15")
    def test_second_currency_counts_in_company_currency(self):
        """200.00 of the other currency at 2 to 1 are 100.00."""
        other = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        self.make_invoice(
            self.owner,
            200.0,
            "2026-01-10",
            self.unit,
            currency_id=other.id,
        )
        case = self.open_cases()
        self.assertEqual(case.amount_overdue, 100.0)

    @freeze_time("2026-04-15")
    def test_a_hold_stops_notices_but_not_the_counting(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        with self.assertRaises(UserError):
            case.hold_until = "2026-04-30"
        case.write({"hold_until": "2026-04-30", "hold_reason": "Away until May"})
        self.assertEqual((case.state, case.suspension), ("held", "held"))
        self.assertEqual(case.months_unpaid, 3)
        with freeze_time("2026-05-01"):
            case.action_refresh()
            self.assertEqual((case.state, case.suspension), ("open", False))
            self.assertEqual(case.months_unpaid, 4)

    @freeze_time("2026-04-15")
    def test_the_policy_of_customer_community_company(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        policies = self.env["property.collection.policy"].create(
            [
                {
                    "name": name,
                    "step_ids": [
                        Command.create(
                            {"name": name, "months": months, "notice_kind": "demand"}
                        )
                    ],
                }
                for name, months in (("Company", 2), ("Community", 3), ("Customer", 1))
            ]
        )
        self.assertEqual(case.step_id.months, 3)
        self.company.property_policy_id = policies[0]
        case.action_refresh()
        self.assertEqual(case.step_id.name, "Company")
        self.community.policy_id = policies[1]
        case.action_refresh()
        self.assertEqual(case.step_id.name, "Community")
        self.owner.property_collection_policy_id = policies[2]
        case.action_refresh()
        self.assertEqual(case.step_id.name, "Customer")
        # A changed calendar moves the open cases by itself.
        policies[2].step_ids.months = 4
        self.assertFalse(case.step_id)

    @freeze_time("2026-04-15")
    def test_collectors_share_the_load(self):
        second = self.user_cs.copy({"login": "second_cs"})
        self.community.cs_user_ids += second
        for room in ("201", "202", "203", "204"):
            unit = self.make_unit(room)
            self.make_invoice(unit.owner_id, 10.0, "2026-01-10", unit)
        cases = self.open_cases()
        self.assertEqual(
            sorted(len(of) for of in cases.grouped("user_id").values()), [2, 2]
        )

    @freeze_time("2026-04-15")
    def test_facts_are_nobodys_to_write(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        for name, value in (
            ("state", "closed"),
            ("anchor_date", "2026-04-01"),
            ("amount_overdue", 1.0),
            ("is_malicious", True),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                case.with_user(self.user_company).write({name: value})
        with self.assertRaises(UserError):
            case.unlink()

    @freeze_time("2026-04-15")
    def test_only_the_team_sees_a_case(self):
        self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
        case = self.open_cases()
        self.assertEqual(case.with_user(self.user_cs).amount_overdue, 100.0)
        self.community.cs_user_ids = [Command.clear()]
        with self.assertRaises(AccessError):
            case.with_user(self.user_cs).amount_overdue  # noqa: B018

    @freeze_time("2026-04-15")
    def test_facts_of_many_cases_cost_the_queries_of_one(self):
        units = [self.make_unit(f"3{number:02d}") for number in range(30)]
        for unit in units:
            self.make_invoice(unit.owner_id, 10.0, "2026-01-10", unit)
        cases = self.open_cases()
        self.env.flush_all()
        cases._touch()
        self.env.invalidate_all()
        few = cases[:3]
        with self.assertQueryCount(40):
            cases.flush_model()
        self.assertEqual(set(few.mapped("months_unpaid")), {3})
