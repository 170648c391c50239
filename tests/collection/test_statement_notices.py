from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..billing.common import MODULE
from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementNotices(StatementCommon):
    """Signing makes the notices that are due and says line by line why others get none
    (clauses 4.2.2 and 4.2.7 to 4.2.9)."""

    def outlook(self, statement, partner=None):
        line = self.line_of(statement, partner)
        return line.outlook, line.skip_reason, line.step_id.months

    def steps(self, statement):
        notices = self.env["property.notice"].search(
            [("statement_id", "=", statement.id)]
        )
        return notices.mapped(lambda n: (n.kind, n.step_months, str(n.anchor_date)))

    def at(self, day, period):
        """The statement of ``period``, computed and signed on ``day``."""
        with freeze_time(day):
            return self.signed_statement(period)

    def deliver(self, statement):
        """As if it had been issued and handed over."""
        notices = self.env["property.notice"].search(
            [("statement_id", "=", statement.id)]
        )
        self.env.cr.execute(
            "UPDATE property_notice SET state = 'delivered', date_issued = %s "
            "WHERE id IN %s",
            [statement.as_of, tuple(notices.ids)],
        )
        notices.invalidate_recordset()

    def test_the_calendar(self):
        # January's charge, due on 10 January: 1 month unpaid at the close of January,
        # 3 at that of March, 6 at that of June (table of section 2).
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        january = self.at("2026-02-03", "2026-01-01")
        self.assertEqual(self.steps(january), [("demand", 1, "2026-01-10")])
        line = self.line_of(january)
        self.assertEqual(line.outlook, "demand")
        self.assertEqual(line.notice_id.case_id, line.case_id)
        self.assertEqual(line.notice_id.state, "draft")
        self.assertEqual(line.notice_id.unit_id, self.unit)
        self.deliver(january)
        february = self.at("2026-03-02", "2026-02-01")
        self.assertEqual(self.outlook(february), ("none", "already_issued", 1))
        self.assertFalse(self.steps(february))
        march = self.at("2026-04-02", "2026-03-01")
        self.assertEqual(self.steps(march), [("demand", 3, "2026-01-10")])
        self.assertEqual(self.line_of(march).outlook, "again")
        self.at("2026-05-02", "2026-04-01")
        self.at("2026-06-02", "2026-05-01")
        june = self.at("2026-07-02", "2026-06-01")
        self.assertEqual(self.steps(june), [("final", 6, "2026-01-10")])
        self.assertEqual(self.line_of(june).months_unpaid, 6)
        # A year on: nothing more goes out by itself.
        for month in range(7, 12):
            self.at(f"2026-{month + 1:02}-02", f"2026-{month:02}-01")
        self.at("2027-01-02", "2026-12-01")
        january = self.at("2027-02-02", "2027-01-01")
        self.assertEqual(self.line_of(january).months_unpaid, 13)
        self.assertEqual(self.outlook(january), ("none", "already_issued", 6))

    def test_two_calls_make_nothing_twice(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        january = self.at("2026-02-03", "2026-01-01")
        with freeze_time("2026-02-04"):
            january.with_user(self.user_cs).action_create_notices()
            january.with_user(self.user_cs).action_create_notices()
        self.assertEqual(len(self.steps(january)), 1)
        self.assertEqual(self.line_of(january).outlook, "demand")

    def test_only_when_signed_and_by_customer_service(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            statement = self.make_statement("2026-01-01")
            with self.assertRaises(UserError):
                statement.action_create_notices()
            self.sign_statement(statement)
            with self.assertRaises(AccessError):
                statement.with_user(self.user_finance).action_create_notices()

    def test_cancelled_notice_is_due_again(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        january = self.at("2026-02-03", "2026-01-01")
        notice = self.line_of(january).notice_id
        notice.sudo()._cancel("Wrong address")
        with freeze_time("2026-02-04"):
            january.action_create_notices()
        self.assertNotEqual(self.line_of(january).notice_id, notice)
        self.assertEqual(len(self.steps(january)), 2)

    def test_missed_months_and_superseded(self):
        # Nobody signed for three months. January and February come too late, March
        # issues the highest step only: the second demand.
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-04-02"):
            statements = [
                self.make_statement(f"2026-0{month}-01") for month in (1, 2, 3)
            ]
            for statement in statements:
                self.sign_statement(statement)
        first, second, third = statements
        self.assertEqual(self.outlook(first), ("none", "superseded", 1))
        self.assertEqual(self.outlook(second), ("none", "superseded", 1))
        self.assertEqual(self.steps(third), [("demand", 3, "2026-01-10")])

    def test_final_without_an_earlier_notice(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-07-02"):
            statement = self.make_statement("2026-06-01")
            self.assertEqual(self.outlook(statement), ("none", "final_unconfirmed", 6))
            self.assertEqual(statement.unconfirmed_count, 1)
            self.sign_statement(statement)
            self.assertFalse(self.steps(statement))
            line = self.line_of(statement)
            with self.assertRaises(AccessError):
                line.with_user(self.user_cs).action_confirm_final()
            line.with_user(self.user_cs_head).action_confirm_final()
            line.with_user(self.user_cs_head).action_confirm_final()
        self.assertEqual(self.steps(statement), [("final", 6, "2026-01-10")])
        self.assertEqual(line.outlook, "final")

    def test_final_confirmed_before_signing(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-07-02"):
            statement = self.make_statement("2026-06-01")
            line = self.line_of(statement)
            line.with_user(self.user_cs_head).action_confirm_final()
            self.assertEqual(self.outlook(statement), ("final", False, 6))
            statement.action_compute()
            self.sign_statement(statement)
        self.assertEqual(self.steps(statement), [("final", 6, "2026-01-10")])

    def test_warned_for_older_arrears_only(self):
        # A demand of last year for what was paid since does not warn of this debt.
        old = self.make_invoice(self.owner, 500, "2025-01-10", self.unit)
        first = self.at("2025-02-03", "2025-01-01")
        self.deliver(first)
        self.pay(old, day="2025-02-10")
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-07-02"):
            statement = self.make_statement("2026-06-01")
        self.assertEqual(self.outlook(statement)[1], "final_unconfirmed")

    def test_confirm_only_finals(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            line = self.line_of(self.make_statement("2026-01-01"))
            with self.assertRaises(UserError):
                line.with_user(self.user_cs_head).action_confirm_final()

    def test_held(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            self.open_cases().write(
                {"hold_until": "2026-02-05", "hold_reason": "In hospital"}
            )
            statement = self.signed_statement("2026-01-01")
            line = self.line_of(statement)
            self.assertEqual(self.outlook(statement), ("none", "held", 1))
            self.assertIn("2026-02-05", line.action_text)
        # The counting went on; once the hold has passed the notice may be made.
        with freeze_time("2026-02-05"):
            statement.action_create_notices()
            self.assertFalse(line.notice_id)
        with freeze_time("2026-02-06"):
            statement.action_create_notices()
            self.assertEqual(self.steps(statement), [("demand", 1, "2026-01-10")])

    def test_promised(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            case = self.open_cases()
            self.env["property.promise"].create(
                {"case_id": case.id, "amount": 1000, "date": "2026-02-10"}
            )
            statement = self.signed_statement("2026-01-01")
            line = self.line_of(statement)
            self.assertEqual(self.outlook(statement), ("none", "promised", 1))
            self.assertEqual(
                (str(line.promise_date), line.promise_amount), ("2026-02-10", 1000)
            )

    def test_disputed(self):
        # Wholly disputed: nothing to ask for. Half disputed: the rest is asked for.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            dispute = self.env["property.dispute"].create(
                {
                    "move_id": invoice.id,
                    "amount": 1000,
                    "cause": "billing",
                    "responsible_id": self.user_cs.id,
                    "deadline": "2026-02-10",
                }
            )
            statement = self.make_statement("2026-01-01")
            line = self.line_of(statement)
            self.assertEqual(self.outlook(statement)[:2], ("none", "disputed"))
            self.assertEqual((line.amount_disputed, line.closing), (1000, 1000))
            dispute.amount = 400
            statement.action_compute()
            line = self.line_of(statement)
            self.assertEqual((line.outlook, line.amount_due), ("demand", 600))

    def test_net_creditor(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.pay_unmatched(self.owner, 1200, "2026-01-20")
        with freeze_time("2026-02-03"):
            statement = self.signed_statement("2026-01-01")
        self.assertEqual(self.outlook(statement)[:2], ("none", "creditor"))
        self.assertEqual(self.line_of(statement).amount_due, 0)

    def test_no_follow_up(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        invoice.no_followup = True
        with freeze_time("2026-02-03"):
            statement = self.make_statement("2026-01-01")
        self.assertEqual(self.outlook(statement)[:2], ("none", "paused"))
        self.assertEqual(self.line_of(statement).amount_paused, 1000)

    def test_paid_since(self):
        # Owed at the end of January, paid on 2 February: no notice on the 3rd.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-02"):
            statement = self.make_statement("2026-01-01")
            self.assertEqual(self.outlook(statement), ("demand", False, 1))
            self.pay(invoice, day="2026-02-02")
        with freeze_time("2026-02-03"):
            self.sign_statement(statement)
        self.assertEqual(self.outlook(statement), ("none", "paid", 1))
        self.assertEqual(self.line_of(statement).closing, 1000)
        self.assertFalse(self.steps(statement))

    def test_not_due_yet(self):
        self.make_invoice(
            self.owner, 1000, "2026-02-10", self.unit, invoice_date="2026-01-25"
        )
        with freeze_time("2026-02-03"):
            statement = self.make_statement("2026-01-01")
        self.assertEqual(self.outlook(statement)[:2], ("none", "settled"))

    def test_legal_gate(self):
        self.make_invoice(self.owner, 1000, "2025-01-10", self.unit)
        with freeze_time("2026-02-03"):
            case = self.open_cases()
            case.sudo().write({"is_malicious": True, "malicious_reason": "Refuses"})
            statement = self.signed_statement("2026-01-01")
        self.assertEqual(self.outlook(statement), ("none", "legal", 13))
        self.assertFalse(self.steps(statement))

    def test_policy_of_the_customer(self):
        policy = self.env["property.collection.policy"].create(
            {
                "name": "Patient",
                "step_ids": [
                    (0, 0, {"name": "Demand", "months": 2, "notice_kind": "demand"})
                ],
            }
        )
        self.owner.with_company(self.company).property_collection_policy_id = policy
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        january = self.at("2026-02-03", "2026-01-01")
        self.assertEqual(self.outlook(january), ("none", "not_reached", 0))
        february = self.at("2026-03-03", "2026-02-01")
        self.assertEqual(self.steps(february), [("demand", 2, "2026-01-10")])

    def test_part_payment_moves_the_anchor(self):
        # January is paid after its first demand; February becomes the anchor and gets
        # a first demand of its own.
        january = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.at("2026-02-03", "2026-01-01")
        self.make_invoice(self.owner, 1000, "2026-02-10", self.unit)
        self.pay(january, day="2026-02-20")
        statement = self.at("2026-03-03", "2026-02-01")
        self.assertEqual(self.steps(statement), [("demand", 1, "2026-02-10")])

    def test_developer_of_many_units_gets_one(self):
        units = (
            self.unit
            | self.make_unit("102", owner=None)
            | self.make_unit("1001", owner=None)
        )
        for unit in units:
            self.make_invoice(self.developer, 100, "2026-01-10", unit)
        statement = self.at("2026-02-03", "2026-01-01")
        self.assertEqual(len(self.steps(statement)), 1)
        line = self.line_of(statement, self.developer)
        self.assertEqual(line.unit_ids, units)
        self.assertEqual(line.closing, 300)
        self.assertEqual(
            line.unit_names, ", ".join(units.sorted("sort_key").mapped("display_name"))
        )

    def test_reads_and_reasons_stand_on_the_line(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-03"):
            self.open_cases().reason = "own"
            january = self.signed_statement("2026-01-01")
        self.deliver(january)
        line = self.line_of(self.at("2026-03-03", "2026-02-01"))
        self.assertEqual((line.reason, line.user_id), ("own", self.user_cs))
        self.assertEqual(line.last_notice_id, self.line_of(january).notice_id)
        self.assertEqual(str(line.last_notice_date), "2026-01-31")

    def test_others_see_no_notice(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.at("2026-02-03", "2026-01-01")
        other = new_test_user(
            self.env,
            login="cs_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs_head",
            company_id=self.company.id,
        )
        for name in ("action_create_notices", "action_sign"):
            with self.assertRaises(AccessError):
                getattr(statement.with_user(other), name)()
        with self.assertRaises(AccessError):
            statement.line_ids.with_user(other).action_confirm_final()
