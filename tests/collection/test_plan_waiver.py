"""Waivers: what the company gives up is credited through Odoo (clause 4.3.2)."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestWaiver(PlanCommon):
    def waiver(self, amounts=None):
        plan = self.propose(kind="waiver")
        for item in plan.item_ids if amounts else ():
            item.amount = amounts.get(item.move_id, item.amount)
        return plan

    def test_part_of_a_bill(self):
        """150.00 of January's 600.00 and all 400.00 of February: 450.00 are left."""
        plan = self.waiver({self.january: 150.0})
        self.assertEqual(plan.amount_covered, 550.0)
        self.approve(plan)
        self.assertEqual(plan.state, "done")
        self.assertEqual(plan.ended_on, fields.Date.to_date("2026-03-15"))
        self.assertEqual(self.january.amount_residual, 450.0)
        self.assertEqual(self.february.amount_residual, 0.0)
        self.assertEqual(self.case.amount_overdue, 450.0)
        note = plan.item_ids.filtered(
            lambda item: item.move_id == self.january
        ).credit_move_id
        self.assertEqual((note.state, note.amount_total), ("posted", 150.0))
        self.assertEqual(note.move_type, "out_refund")
        # Statement and ledger find it where the bill is.
        self.assertEqual(note.property_community_id, self.community)
        self.assertEqual(note.property_unit_id, self.unit)
        self.assertEqual(note.property_period, fields.Date.to_date("2026-01-01"))
        self.assertEqual(note.invoice_date, fields.Date.to_date("2026-03-15"))
        self.assertEqual(note.reversed_entry_id, self.january)
        self.assertEqual(
            note.invoice_line_ids.account_id, self.january.invoice_line_ids.account_id
        )

    def test_nothing_before_the_approval(self):
        plan = self.waiver()
        self.assertFalse(plan.item_ids.credit_move_id)
        company = plan.with_user(self.user_company)
        company.decision_reason = "He can pay."
        company.action_reject()
        self.assertEqual(self.january.amount_residual, 600.0)

    def test_with_tax(self):
        """1,060.00 with 6 % tax, 500.00 waived: 471.70 net (500 ÷ 1.06 = 471.698…) and
        28.30 tax; 560.00 are left."""
        tax = self.env["account.tax"].create({"name": "6 %", "amount": 6.0})
        move = self.make_invoice(
            self.owner,
            1.0,
            "2026-01-10",
            self.unit,
            invoice_line_ids=[
                Command.create(
                    {
                        "product_id": self.fee.product_id.id,
                        "price_unit": 1000.0,
                        "tax_ids": [Command.set(tax.ids)],
                    }
                )
            ],
        )
        plan = self.waiver({move: 500.0})
        self.approve(plan)
        item = plan.item_ids.filtered(lambda item: item.move_id == move)
        note = item.credit_move_id
        self.assertEqual(note.amount_untaxed, 471.7)
        self.assertEqual(note.amount_tax, 28.3)
        self.assertEqual(move.amount_residual, 560.0)

    def test_second_currency(self):
        """100.00 EUR booked at 50.00, 20.00 of ours waived: 40.00 EUR are credited."""
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        move = self.make_invoice(
            self.owner, 100.0, "2026-01-10", self.unit, currency_id=euro.id
        )
        plan = self.waiver({move: 20.0})
        self.approve(plan)
        self.assertEqual(move.amount_residual, 60.0)
        self.assertEqual(move.amount_residual_signed, 30.0)

    def test_never_more_than_is_open(self):
        plan = self.waiver()
        with self.assertRaisesRegex(UserError, "No more than what is open"):
            plan.item_ids[0].amount = 600.01
        self.pay(self.january, 100.0)
        refused = self.assertRaisesRegex(UserError, "only .*500.00.* is open by now")
        with refused, self.env.cr.savepoint():
            self.approve(plan)
        # Read again, it is 500.00 and can be waived.
        plan.action_refresh_items()
        self.assertEqual(plan.amount_covered, 900.0)
        self.approve(plan)
        self.assertEqual(self.january.amount_residual, 0.0)

    def test_paid_credited_and_tax_free_rest(self):
        """A waiver of 0.01 of 600.00 is possible to the cent."""
        plan = self.waiver({self.january: 0.01})
        self.approve(plan)
        self.assertEqual(self.january.amount_residual, 599.99)

    def test_locked_period(self):
        """March is closed for good: Odoo books the notes in the first open month and
        leaves their own date as it is."""
        plan = self.waiver()
        self.company.hard_lock_date = "2026-03-31"
        self.approve(plan)
        notes = plan.item_ids.credit_move_id
        self.assertEqual(set(notes.mapped("state")), {"posted"})
        self.assertEqual(min(notes.mapped("date")), fields.Date.to_date("2026-04-01"))
        self.assertEqual(self.january.amount_residual, 0.0)

    def test_an_error_of_odoo_comes_through(self):
        """The income account was archived meanwhile: Odoo says so, and the proposal is
        with the company as before."""
        plan = self.waiver()
        self.january.invoice_line_ids.account_id.active = False
        refused = self.assertRaisesRegex(UserError, "archived|deprecated|active")
        with refused, self.env.cr.savepoint():
            self.approve(plan)
        self.assertEqual(plan.state, "proposed")
