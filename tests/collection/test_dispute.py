"""Disputes: what they hold, who answers, what comes of it (clauses 4.1.5, 4.2.5)."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestDispute(CollectionCommon):
    """15 March 2026. Charges due on 10 January (100.00) and 10 February (80.00)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-15 04:00:00"):
            cls.january = cls.make_invoice(cls.owner, 100.0, "2026-01-10", cls.unit)
            cls.february = cls.make_invoice(cls.owner, 80.0, "2026-02-10", cls.unit)
            cls.open_cases()
        cls.case = cls.case_of(cls.owner)

    def dispute(self, move, amount=None, **values):
        values |= {"move_id": move.id, "responsible_id": self.user_cs.id}
        if amount is not None:
            values["amount"] = amount
        return self.env["property.dispute"].create(values)

    def standing(self):
        case = self.case
        return (
            fields.Date.to_string(case.anchor_date) or None,
            case.months_unpaid,
            case.amount_overdue,
            case.amount_disputed,
        )

    def test_part_of_an_invoice(self):
        """30.00 of January are questioned: 70.00 of it still age from 10 January, so
        150.00 are asked for."""
        self.assertEqual(self.standing(), ("2026-01-10", 2, 180.0, 0.0))
        self.dispute(self.january, 30.0)
        self.assertEqual(self.standing(), ("2026-01-10", 2, 150.0, 30.0))

    def test_whole_invoice(self):
        """Without an amount all of January: the case is one month old, by February."""
        dispute = self.dispute(self.january)
        self.assertEqual(dispute.amount, 100.0)
        self.assertEqual(self.standing(), ("2026-02-10", 1, 80.0, 100.0))

    def test_everything_disputed(self):
        self.dispute(self.january)
        self.dispute(self.february)
        self.assertEqual(self.standing(), (None, 0, 0.0, 180.0))
        self.assertEqual(self.case.state, "open")
        self.assertEqual(self.case.suspension, "settled")

    def test_rejected_ages_from_its_due_date_again(self):
        dispute = self.dispute(self.january)
        dispute.explanation = "The meter was read in his presence."
        dispute.with_user(self.user_cs).action_reject()
        self.assertEqual(self.standing(), ("2026-01-10", 2, 180.0, 0.0))
        self.assertEqual(dispute.resolved_by, self.user_cs)
        self.assertEqual(dispute.resolved_on, fields.Date.to_date("2026-03-15"))

    def test_upheld_stays_held_until_credited(self):
        """25.00 upheld: not demanded from then on, by the note not owed either."""
        dispute = self.dispute(self.january, 25.0)
        dispute.explanation = "The lift stood still for a week."
        dispute.with_user(self.user_cs).action_uphold()
        self.assertEqual(dispute.state, "upheld")
        self.assertEqual(self.standing(), ("2026-01-10", 2, 155.0, 25.0))
        # Finance is asked, and finds Odoo's wizard filled in.
        activity = dispute.activity_ids
        self.assertEqual(activity.user_id, self.user_finance)
        finance = dispute.with_user(self.user_finance)
        action = finance.action_credit()
        wizard = Form(
            self.env["account.move.reversal"]
            .with_user(self.user_finance)
            .with_context(**action["context"])
        ).save()
        self.assertEqual(wizard.property_amount, 25.0)
        wizard.refund_moves()
        note = wizard.new_move_ids
        self.assertEqual(note.amount_total, 25.0)
        self.assertEqual(note.property_unit_id, self.unit)
        self.assertEqual(note.property_community_id, self.community)
        note.action_post()
        self.assertEqual(self.january.amount_residual, 75.0)
        self.assertEqual(dispute.amount_held, 0.0)
        self.assertEqual(self.standing(), ("2026-01-10", 2, 155.0, 0.0))

    def test_finance_is_offered_the_credit_note_at_once(self):
        dispute = self.dispute(self.january, 25.0)
        dispute.explanation = "Counted twice."
        action = dispute.with_user(self.user_finance).action_uphold()
        self.assertEqual(action["res_model"], "account.move.reversal")

    def test_credit_note_made_without_the_dispute_counts(self):
        """Credited in full by Odoo's own button: nothing is left to hold."""
        dispute = self.dispute(self.january)
        dispute.explanation = "Not his unit."
        dispute.action_uphold()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=self.january.ids)
            .create({"journal_id": self.january.journal_id.id})
        )
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertEqual(dispute.amount_held, 0.0)
        self.assertEqual(self.standing(), ("2026-02-10", 1, 80.0, 0.0))

    def test_payment_meanwhile(self):
        """60.00 of 100.00 disputed, 70.00 paid: no more than the remaining 30.00 is
        held, and nothing else of January asked for."""
        self.dispute(self.january, 60.0)
        self.pay(self.january, 70.0)
        self.assertEqual(self.standing(), ("2026-02-10", 1, 80.0, 30.0))

    def test_credit_note_scaled_with_tax(self):
        """Two lines at 6 %: 3 × 100.10 and 50.00 net, 371.31 with tax. Of it 100.00:
        94.34 net and 5.66 tax (100 ÷ 1.06 = 94.3396…), matched to the cent."""
        tax = self.env["account.tax"].create({"name": "6 %", "amount": 6.0})
        line = {"product_id": self.fee.product_id.id, "tax_ids": [Command.set(tax.ids)]}
        move = self.make_invoice(
            self.owner,
            1.0,
            "2026-01-10",
            self.unit,
            invoice_line_ids=[
                Command.create({**line, "quantity": 3, "price_unit": 100.1}),
                Command.create({**line, "quantity": 1, "price_unit": 50.0}),
            ],
        )
        self.assertEqual(move.amount_total, 371.32)
        note = move._reverse_moves([{"invoice_date": "2026-03-15"}])
        note._property_scale_to(100.0)
        note.action_post()
        self.assertEqual(note.amount_total, 100.0)
        self.assertEqual(note.amount_untaxed, 94.34)
        self.assertEqual(note.amount_tax, 5.66)
        self.assertEqual(move.amount_residual, 271.32)
        self.assertEqual(note.invoice_line_ids.tax_ids, tax)

    def test_limits(self):
        with self.assertRaisesRegex(ValidationError, "No more than what is open"):
            self.dispute(self.january, 100.01)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.dispute(self.january, 0.0).flush_recordset()

    def test_only_posted_invoices_of_a_community(self):
        draft = self.january.copy()
        note = self.make_invoice(self.owner, -20.0, "2026-01-10", self.unit)
        foreign = self.make_invoice(
            self.owner, 20.0, "2026-01-10", property_community_id=False
        )
        for move in (draft, note, foreign):
            with self.assertRaisesRegex(ValidationError, "posted customer invoice"):
                self.dispute(move, 1.0, deadline="2026-03-20")

    def test_one_open_at_a_time(self):
        first = self.dispute(self.january, 10.0)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.dispute(self.january, 20.0).flush_recordset()
        first.explanation = "Explained."
        first.action_reject()
        self.assertTrue(self.dispute(self.january, 20.0))

    def test_answered_once_and_with_an_explanation(self):
        dispute = self.dispute(self.january)
        with self.assertRaisesRegex(UserError, "what the customer was told"):
            dispute.action_reject()
        dispute.explanation = "Explained."
        dispute.action_reject()
        with self.assertRaisesRegex(UserError, "answered already"):
            dispute.action_uphold()
        with self.assertRaisesRegex(UserError, "answered already"):
            dispute.with_user(self.user_cs).amount = 5.0
        with self.assertRaises(UserError):
            dispute.unlink()

    def test_responsible_is_reminded(self):
        """Due on the 22nd, a week after it was noted; late on the 23rd: the head hears
        of it once, and once more after another deadline."""
        dispute = self.dispute(self.january)
        self.assertEqual(dispute.deadline, fields.Date.to_date("2026-03-22"))
        activity = dispute.activity_ids
        self.assertEqual(activity.user_id, self.user_cs)
        self.assertEqual(activity.date_deadline, dispute.deadline)

        def told(day):
            day = fields.Date.to_date(day)
            disputes = self.env["property.dispute"]
            disputes._overdue(self.community, day)._follow_up(day)
            mine = dispute.activity_ids.filtered(
                lambda row: row.user_id == self.user_cs_head
            )
            return len(mine)

        self.assertEqual(told("2026-03-22"), 0)
        self.assertEqual(told("2026-03-23"), 1)
        self.assertEqual(told("2026-03-24"), 1)
        dispute.with_user(self.user_cs).deadline = "2026-03-30"
        self.assertEqual(dispute.activity_ids.user_id, self.user_cs)
        self.assertEqual(told("2026-03-31"), 1)
        dispute.explanation = "Explained."
        dispute.action_reject()
        self.assertFalse(dispute.activity_ids)

    def test_open_dispute_needs_responsible(self):
        dispute = self.dispute(self.january)
        with self.assertRaises(ValidationError):
            dispute.responsible_id = False
        with self.assertRaises(ValidationError):
            dispute.deadline = False

    def test_state_by_methods_only(self):
        dispute = self.dispute(self.january).with_user(self.user_cs)
        for vals in ({"state": "rejected"}, {"amount_held": 0.0}):
            with self.assertRaises(AccessError):
                dispute.write(vals)
        with self.assertRaises(AccessError):
            self.env["property.dispute"].with_user(self.user_cs).create(
                {"move_id": self.february.id, "state": "upheld"}
            )

    def test_second_currency(self):
        """100.00 of a currency of which two make one of ours, booked at 50.00; 40.00 of
        it disputed hold 20.00."""
        gold = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        move = self.make_invoice(
            self.owner, 100.0, "2025-12-10", self.unit, currency_id=gold.id
        )
        self.assertEqual(move.amount_residual_signed, 50.0)
        self.dispute(move, 40.0)
        self.assertEqual(self.standing(), ("2025-12-10", 3, 210.0, 20.0))

    def test_opened_from_invoice_and_case(self):
        user = self.env["property.dispute"].with_user(self.user_cs)
        action = self.january.with_user(self.user_cs).action_property_dispute()
        form = Form(user.with_context(**action["context"]))
        form.amount = 15.0
        dispute = form.save()
        self.assertEqual((dispute.move_id, dispute.amount), (self.january, 15.0))
        again = self.january.with_user(self.user_cs).action_property_dispute()
        self.assertEqual(again["res_id"], dispute.id)
        action = self.case.with_user(self.user_cs).action_dispute()
        self.assertEqual(
            set(action["context"]["property_dispute_of"]),
            set((self.january | self.february).ids),
        )
        self.assertEqual(self.case.dispute_ids, dispute)
        self.assertEqual(self.case.dispute_count, 1)
