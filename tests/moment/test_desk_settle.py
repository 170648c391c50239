from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .desk_common import DeskCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDeskSettle(DeskCommon):
    """On 15 March, noon in Taipei. Of room 101: 100.00 due on 10 January, 200.00 due on
    10 February, 300.00 due on 10 April. Of room 102, of the same owner: 50.00 due on 10
    March. So 350.00 is due, 300.00 of it for room 101, and 300.00 is not yet due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jan = cls.make_invoice(cls.owner, 100, "2026-01-10", cls.unit)
        cls.feb = cls.make_invoice(cls.owner, 200, "2026-02-10", cls.unit)
        cls.apr = cls.make_invoice(cls.owner, 300, "2026-04-10", cls.unit)
        cls.other = cls.make_invoice(cls.owner, 50, "2026-03-10", cls.second)

    def residuals(self):
        moves = self.jan + self.feb + self.apr + self.other
        return moves.mapped("amount_residual")

    def test_what_is_due(self):
        moment = self.make_moment()
        self.assertEqual(moment.partner_id, self.owner)
        self.assertEqual(moment.date, date(2026, 3, 15))
        self.assertEqual(moment.amount_due, 350)
        self.assertRecordValues(
            moment,
            [
                {
                    "due_now": 350,
                    "due_unit_now": 300,
                    "later_now": 300,
                    "disputed_now": 0,
                    "credit_now": 0,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(
            moment.open_move_ids, self.jan + self.feb + self.other + self.apr
        )

    def test_due_today_counts(self):
        """At the desk: on the due date itself it can be paid."""
        with freeze_time("2026-04-10 04:00:00"):
            self.assertEqual(self.make_moment().amount_due, 650)
        # 23:00 in London on the 9th is the 10th in Taipei.
        with freeze_time("2026-04-09 23:00:00"):
            self.assertEqual(self.make_moment().amount_due, 650)
        with freeze_time("2026-04-09 04:00:00"):
            self.assertEqual(self.make_moment().amount_due, 350)

    def test_credit_and_dispute(self):
        """30.00 on account go to January, the oldest; of February 80.00 is questioned:
        70 + 120 + 50 = 240, of which 190 for room 101."""
        self.pay_unmatched(self.owner, 30, "2026-03-01")
        self.env["property.dispute"].create({"move_id": self.feb.id, "amount": 80})
        moment = self.make_moment()
        self.assertEqual(moment.amount_due, 240)
        self.assertEqual(
            (moment.due_unit_now, moment.disputed_now, moment.credit_now),
            (190, 80, 30),
        )

    def test_frozen(self):
        """What was due when it was opened stays; the figures of now follow."""
        moment = self.make_moment()
        self.pay(self.jan)
        moment.invalidate_recordset()
        self.assertEqual((moment.amount_due, moment.due_now), (350, 250))

    def test_credit_note_and_net_creditor(self):
        """400.00 credited: more than the 350.00 that is due. Nothing is."""
        self.make_invoice(self.owner, -400, "2026-03-01", self.unit)
        moment = self.make_moment()
        self.assertEqual(moment.amount_due, 0)
        moment.action_clear()
        self.assertRecordValues(
            moment, [{"state": "done", "outcome": "clear", "amount_settled": 0}]
        )

    def test_pay_all(self):
        """The form proposes what is due: three bills, 350.00."""
        moment = self.make_moment()
        wizard = self.wizard(moment, "action_pay", journal_id=self.cash)
        self.assertEqual((wizard.amount, wizard.amount_rest), (350, 0))
        wizard.action_apply()
        self.assertEqual(self.residuals(), [0, 0, 300, 0])
        self.assertRecordValues(
            moment,
            [
                {
                    "state": "done",
                    "outcome": "paid",
                    "amount_settled": 350,
                    "amount_due": 350,
                    "due_now": 0,
                    "closed_by": self.user_cs.id,
                }
            ],
        )
        payment = moment.sudo().payment_ids
        self.assertEqual(payment.journal_id, self.cash)
        self.assertEqual(payment.partner_id, self.owner)

    def test_part_payment_then_promise(self):
        """120.00: January 100.00 and 20.00 of February. The rest is promised."""
        moment = self.make_moment()
        self.wizard(moment, "action_pay", amount=120).action_apply()
        self.assertEqual(self.residuals(), [0, 180, 300, 50])
        # 230.00 is left: how it is settled is open.
        self.assertRecordValues(
            moment, [{"state": "open", "outcome": False, "amount_settled": 120}]
        )
        wizard = self.wizard(moment, "action_promise")
        self.assertEqual((wizard.amount, wizard.date), (230, date(2026, 3, 22)))
        wizard.action_apply()
        self.assertEqual((moment.outcome, moment.amount_settled), ("promised", 120))
        promise = self.case_of(self.owner).promise_ids
        self.assertEqual((promise.amount, promise.state), (230, "open"))

    def test_two_payments(self):
        moment = self.make_moment()
        self.wizard(moment, "action_pay", amount=100).action_apply()
        self.wizard(
            moment, "action_pay", amount=50, journal_id=self.bank
        ).action_apply()
        self.assertEqual(moment.amount_settled, 150)
        self.assertEqual(self.residuals(), [0, 150, 300, 50])

    def test_chosen_bill(self):
        """The payer chooses March of room 102 and pays 80.00: 30.00 is on account."""
        moment = self.make_moment()
        opened = moment.action_pay()
        form = Form(moment.env[opened["res_model"]].with_context(**opened["context"]))
        for index in (0, 1):
            with form.line_ids.edit(index) as line:
                line.is_chosen = False
        self.assertEqual(form.amount, 50)
        form.amount = 80
        self.assertEqual(form.amount_rest, 30)
        form.save().action_apply()
        self.assertEqual(self.residuals(), [100, 200, 300, 0])
        # On account: 350 − 50 − 30.
        self.assertEqual((moment.amount_settled, moment.due_now), (80, 270))

    def test_disputed_bill_is_not_chosen(self):
        self.env["property.dispute"].create({"move_id": self.feb.id})
        wizard = self.wizard(self.make_moment(), "action_pay")
        self.assertEqual(wizard.amount, 150)
        self.assertEqual(wizard.line_ids.filtered("is_disputed").move_id, self.feb)

    def test_forged_bill(self):
        """Neither a bill of another customer nor one of another community."""
        neighbour = self.make_unit("103")
        bill = self.make_invoice(neighbour.owner_id, 70, "2026-01-10", neighbour)
        moment = self.make_moment()
        wizard = self.wizard(moment, "action_pay")
        wizard.line_ids[0].move_id = bill
        with self.assertRaisesRegex(UserError, "somebody else"):
            wizard.action_apply()
        self.assertEqual(bill.amount_residual, 70)

    def test_forged_amount(self):
        """A line that says more than is open of the bill."""
        wizard = self.wizard(self.make_moment(), "action_pay", amount=450)
        wizard.line_ids[0].amount_open = 200
        with self.assertRaisesRegex(UserError, "only .*100.00"):
            wizard.action_apply()

    def test_forged_journal(self):
        wizard = self.wizard(self.make_moment(), "action_pay")
        wizard.journal_id = self.company_data["default_journal_sale"]
        with self.assertRaisesRegex(UserError, "where the money goes"):
            wizard.action_apply()

    def test_no_amount(self):
        wizard = self.wizard(self.make_moment(), "action_pay", amount=0)
        with self.assertRaisesRegex(UserError, "how much"):
            wizard.action_apply()

    def test_cancelled_payment(self):
        """Finance voids the receipt: nothing was settled."""
        moment = self.make_moment()
        self.wizard(moment, "action_pay").action_apply()
        receipt = moment.sudo().payment_ids.property_receipt_id
        receipt = receipt.with_user(self.user_finance)
        receipt.void_reason = "Wrong customer"
        receipt.action_void()
        self.assertEqual(moment.amount_settled, 0)

    def test_counter_contact(self):
        """A case is opened for the promise, the talk at the counter put on it."""
        self.assertFalse(self.case_of(self.owner))
        moment = self.make_moment()
        self.wizard(moment, "action_promise").action_apply()
        case = self.case_of(self.owner)
        self.assertRecordValues(
            case.contact_ids,
            [
                {
                    "channel": "counter",
                    "outcome": "promised",
                    "user_id": self.user_cs.id,
                }
            ],
        )
        self.make_moment().action_decline()
        self.assertEqual(
            sorted(case.contact_ids.mapped("outcome")), ["promised", "refused"]
        )

    def test_no_case_no_contact(self):
        self.make_moment().action_decline()
        self.assertFalse(self.env["property.contact"].search_count([]))

    def test_nothing_to_promise(self):
        """Whoever owes nothing cannot promise it; nor can it be spread."""
        moment = self.make_moment(unit=self.make_unit("201"))
        for action in ("action_promise", "action_plan"):
            with self.assertRaisesRegex(UserError, "overdue"):
                getattr(moment, action)()
        moment.action_clear()
        self.assertEqual(moment.outcome, "clear")

    def test_second_promise(self):
        self.wizard(self.make_moment(), "action_promise").action_apply()
        moment = self.make_moment()
        self.assertEqual(moment.promise_id.amount, 350)
        with self.assertRaisesRegex(UserError, "promised to pay by"):
            self.wizard(moment, "action_promise").action_apply()
        self.assertEqual(moment.state, "open")

    def test_plan(self):
        """350.00 in four: 87.50 each, on the due days of April to July."""
        moment = self.make_moment()
        self.wizard(
            moment, "action_plan", count=4, reason="Lost his job"
        ).action_apply()
        plan = self.case_of(self.owner).plan_ids
        self.assertEqual((plan.state, plan.proposed_by), ("proposed", self.user_cs))
        self.assertEqual(plan.line_ids.mapped("amount"), [87.5] * 4)
        self.assertEqual(plan.line_ids[-1].date, date(2026, 7, 10))
        self.assertEqual((moment.state, moment.outcome), ("done", "plan"))

    def test_nothing_due_is_checked(self):
        with self.assertRaisesRegex(UserError, "350.00 is due"):
            self.make_moment().action_clear()

    def test_decline(self):
        moment = self.make_moment()
        moment.action_decline()
        self.assertEqual((moment.state, moment.outcome), ("done", "declined"))
        with self.assertRaisesRegex(UserError, "already"):
            moment.action_decline()

    def test_cancel(self):
        moment = self.make_moment()
        self.wizard(moment, "action_cancel", reason="Entered twice").action_apply()
        self.assertEqual(
            (moment.state, moment.cancel_reason), ("cancelled", "Entered twice")
        )
        for action in ("action_pay", "action_promise", "action_decline"):
            with self.assertRaisesRegex(UserError, "cancelled"):
                getattr(moment, action)()

    def test_cancel_needs_a_reason_and_no_money(self):
        moment = self.make_moment()
        with self.assertRaisesRegex(UserError, "why"):
            self.wizard(moment, "action_cancel", reason="  ").action_apply()
        self.wizard(moment, "action_pay", amount=10).action_apply()
        with self.assertRaisesRegex(UserError, "Money was taken"):
            self.wizard(moment, "action_cancel", reason="x").action_apply()

    def test_reopen(self):
        moment = self.make_moment()
        moment.action_decline()
        with self.assertRaises(AccessError):
            moment.action_reopen()
        moment.with_user(self.user_cs_head).action_reopen()
        self.assertEqual((moment.state, moment.outcome), ("open", False))

    def test_changed_subject(self):
        """The wrong unit was chosen: what is due is read again, while it is open."""
        empty = self.make_unit("201")
        moment = self.make_moment(unit=empty)
        self.assertEqual(moment.amount_due, 0)
        moment.write({"unit_id": self.unit.id, "partner_id": self.owner.id})
        self.assertEqual(moment.amount_due, 350)
        moment.action_decline()
        with self.assertRaisesRegex(UserError, "another moment"):
            moment.unit_id = empty

    def test_two_companies(self):
        """What the same owner owes to another company is not this one's business."""
        data = self.setup_other_company(name="Other")
        other = data["company"]
        env = self.env(context={"allowed_company_ids": (self.company + other).ids})
        community = env["property.community"].create(
            {"name": "Far", "code": "FAR", "company_id": other.id}
        )
        building = env["property.building"].create(
            {"name": "9", "community_id": community.id}
        )
        unit = env["property.unit"].create(
            {"name": "901", "building_id": building.id, "owner_id": self.owner.id}
        )
        self.make_invoice(
            self.owner,
            999,
            "2026-01-10",
            unit,
            company_id=other.id,
            journal_id=data["default_journal_sale"].id,
        )
        self.assertEqual(self.make_moment().amount_due, 350)
        there = env["property.moment"].create(
            {"kind": "lease", "unit_id": unit.id, "partner_id": self.owner.id}
        )
        self.assertEqual((there.amount_due, there.company_id), (999, other))
        self.assertEqual(
            there._desk_journals(),
            data["default_journal_cash"] + data["default_journal_bank"],
        )

    def test_prepayment_form(self):
        moment = self.make_moment()
        opened = moment.action_prepay()
        self.assertEqual(opened["context"]["default_moment_id"], moment.id)
        self.assertEqual(opened["context"]["default_unit_ids"], self.unit.ids)

    def test_arrears_and_price_of_a_prepayment(self):
        """In the form that sells: 350.00 overdue is settled first, then twelve months
        of 100 m² at 1.00, one of them free: 1,100.00. All of it was taken here."""
        self.make_rate(1.0)
        self.unit.floor_area = 100
        offer = self.env["property.prepayment.offer"].create(
            {"name": "12 → 1", "months": 12, "free_months": 1}
        )
        moment = self.make_moment()
        sell = (
            moment.env["property.prepayment.sell"]
            .with_context(**moment.action_prepay()["context"])
            .create({"offer_id": offer.id, "journal_id": self.cash.id})
        )
        sell.action_settle()
        self.assertEqual((moment.amount_settled, moment.due_now), (350, 0))
        sell.paid_now = True
        sell.action_confirm()
        self.assertEqual((moment.amount_settled, moment.outcome), (1450, "paid"))
        self.assertEqual(moment.prepayment_ids.amount, 1100)

    def test_offers(self):
        """Shown are those of today, of this community, within the cap."""
        offers = self.env["property.prepayment.offer"]
        offers.search([]).active = False
        good = offers.create({"name": "12 → 1", "months": 12, "free_months": 1})
        offers.create({"name": "36 → 3", "months": 36, "free_months": 3})
        offers.create({"name": "Over", "date_to": "2026-03-14"})
        offers.create({"name": "Later", "date_from": "2026-03-16"})
        offers.create({"name": "Elsewhere", "community_ids": self.elsewhere.ids})
        self.company.property_prepayment_cap = 12
        self.assertEqual(self.make_moment().offer_ids, good)

    def test_fifty_at_once(self):
        """Opening fifty takes as many queries as opening five; each adds rows, not
        queries."""
        units = [self.make_unit(str(300 + number)) for number in range(55)]
        for unit in units:
            self.make_invoice(unit.owner_id, 10, "2026-01-10", unit)

        def count(chosen):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moments = (
                self.env["property.moment"]
                .with_user(self.user_cs)
                .create(
                    [{"kind": "unit_handover", "unit_id": unit.id} for unit in chosen]
                )
            )
            self.env.flush_all()
            self.assertEqual(set(moments.mapped("amount_due")), {10})
            return self.env.cr.sql_log_count - before

        # What is read once for all stands in the cache afterwards.
        count(units[:1])
        few = count(units[:5])
        self.assertLessEqual(count(units[5:]), few + 2)
