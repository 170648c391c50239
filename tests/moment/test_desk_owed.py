from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..prepayment.release_common import ReleaseCommon


class OwedCommon(ReleaseCommon):
    """Room 101, 98.5 m² at 2.80: 275.80 a month; 12 → 1 comes to 3,033.80."""

    def moment(self, kind="certificate_request", **values):
        return self.env["property.moment"].create(
            {"kind": kind, "unit_id": self.unit.id, **values}
        )

    def certificate(self, **values):
        return self.env["property.certificate"].create(
            {"unit_id": self.unit.id, **values}
        )

    def bill(self, amount, due, kind="out_invoice", unit=True, **values):
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": self.owner.id,
                "invoice_date": due[:8] + "01",
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "property_community_id": self.community.id,
                "property_unit_id": self.unit.id if unit else False,
                "invoice_line_ids": [
                    Command.create({"name": "x", "price_unit": amount, "tax_ids": []})
                ],
                **values,
            }
        )
        move.action_post()
        return move


@tagged("post_install", "-at_install")
class TestDeskOwed(OwedCommon):
    """What of an agreement is owed at the desk and for a clearance."""

    def test_bill_of_a_raised_rate(self):
        """From July 2.90: six months left, one of them free: 5 × 9.85 = 49.25. Nobody
        paid the bill: it is due, asked for, and refuses a clearance."""
        offer = self.offer.copy({"name": "rate", "price_rule": "rate"})
        agreement = self.conclude(offer_id=offer.id)
        self.release("2026-07-01")
        self.make_rate(2.9, date_from="2026-07-01")
        with freeze_time("2026-07-01 04:00"):
            note = agreement._adjust(date(2026, 7, 1))
        self.assertEqual(note.amount_total, 49.25)
        with freeze_time("2026-09-10 04:00"):
            moment = self.moment()
            self.assertEqual((moment.amount_due, moment.due_now), (49.25, 49.25))
            with self.assertRaisesRegex(UserError, r"49\.25 is due"):
                moment.action_clear()
            with self.assertRaisesRegex(UserError, r"49\.25 is open"):
                self.certificate().action_issue()

    def test_offered_months_are_not_owed(self):
        """Concluded on 20 December and not paid: nothing is due before it lapses."""
        agreement = self.conclude(paid=False)
        due = agreement.move_id.invoice_date_due
        with freeze_time(f"{due} 04:00"):
            moment = self.moment()
            self.assertEqual((moment.due_now, moment.later_now), (0, 0))
            self.assertFalse(self.certificate()._refusal())
            # It can be paid all the same, by whoever ticks it.
            line = moment._bills()[0]
            self.assertEqual(line["move_id"], agreement.move_id.id)
            self.assertFalse(line["is_chosen"])

    def test_paid_in_part_and_past_due(self):
        """1,000.00 of 3,033.80 is paid when it has fallen due: 2,033.80 is owed."""
        agreement = self.conclude(paid=False)
        with freeze_time("2025-12-21 04:00"):
            self.pay(agreement, 1000)
        with freeze_time("2026-03-10 04:00"):
            moment = self.moment()
            self.assertEqual(moment.due_now, 2033.8)
            self.assertEqual(self.proposed(moment), 2033.8)
            with self.assertRaisesRegex(UserError, r"2,033\.80 is open"):
                self.certificate().action_issue()

    def proposed(self, moment):
        """What the form proposes to take."""
        opened = moment.action_pay()
        return Form(self.env[opened["res_model"]].with_context(**opened["context"]))[
            "amount"
        ]

    def test_proposed_less_credit(self):
        """Billed 100.00, 40.00 credited and not matched: 60.00."""
        self.bill(100, "2026-01-05")
        self.bill(40, "2026-01-05", "out_refund")
        with freeze_time("2026-01-10 04:00"):
            moment = self.moment("mortgage")
            self.assertEqual((moment.due_now, self.proposed(moment)), (60, 60))

    def test_credit_goes_to_the_oldest(self):
        """January 100.00, February 50.00, 40.00 on account. Who pays February only is
        asked for all of it: the credit is January's."""
        self.bill(100, "2026-01-05")
        self.bill(50, "2026-02-05")
        self.bill(40, "2026-01-05", "out_refund")
        with freeze_time("2026-02-10 04:00"):
            opened = self.moment("mortgage").action_pay()
            form = Form(self.env[opened["res_model"]].with_context(**opened["context"]))
            self.assertEqual(form.amount, 110)
            with form.line_ids.edit(0) as line:
                line.is_chosen = False
            self.assertEqual(form.amount, 50)

    def test_proposed_less_dispute(self):
        """Billed 100.00, 30.00 of it in dispute, and 50.00: 120.00, which leaves the
        30.00 in dispute open and nothing else."""
        first = self.bill(100, "2026-01-05")
        second = self.bill(50, "2026-01-06")
        with freeze_time("2026-01-10 04:00"):
            self.env["property.dispute"].create(
                {"move_id": first.id, "cause": "billing", "amount": 30}
            )
            moment = self.moment("mortgage")
            self.assertEqual((moment.due_now, self.proposed(moment)), (120, 120))
            self.env["property.moment.pay"].create(
                {"moment_id": moment.id}
            ).action_apply()
        self.assertEqual((first.amount_residual, second.amount_residual), (30, 0))
        self.assertRecordValues(
            moment, [{"state": "done", "outcome": "paid", "amount_settled": 120}]
        )


@tagged("post_install", "-at_install")
class TestCertificatePaidThrough(OwedCommon):
    """Up to when a clearance says that the unit is paid."""

    def invoice_month(self, period, on):
        with freeze_time(f"{on} 04:00"):
            run = self.make_run(period)
            run.action_compute()
            self.sign(run)
            run.action_create_invoices()
        return run.charge_ids.move_id

    def paid_through(self, on):
        with freeze_time(f"{on} 04:00"):
            certificate = self.certificate()
            certificate.action_issue()
        return certificate.paid_through

    def settle(self, bill):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        ).create({})._create_payments()

    def test_gap(self):
        """January is billed and not due, February to January are paid ahead: nothing is
        paid. When January is, all is, to the end of the term."""
        bill = self.invoice_month("2026-01-01", "2026-01-02")
        self.conclude("2026-02-01", on="2026-01-03 04:00")
        self.assertFalse(self.paid_through("2026-01-04"))
        self.settle(bill)
        self.assertEqual(self.paid_through("2026-01-04"), date(2027, 1, 31))

    def test_gap_that_nobody_billed_yet(self):
        """January is paid, March to February are paid ahead; February comes yet."""
        self.settle(self.invoice_month("2026-01-01", "2026-01-02"))
        self.conclude("2026-03-01", on="2026-01-03 04:00")
        self.assertEqual(self.paid_through("2026-01-04"), date(2026, 1, 31))

    def test_one_of_two_fees(self):
        """The property fee is paid ahead for the year, energy is billed each month. Not
        paid in January: not paid. Paid in January: to the end of it."""
        energy = self.make_item("Energy", "EN", "fixed", is_prepayable=False)
        self.make_rate(50.0, item=energy)
        self.conclude()
        bill = self.invoice_month("2026-01-01", "2026-01-02")
        self.assertEqual(bill.amount_total, 50)
        self.assertFalse(self.paid_through("2026-01-03"))
        self.settle(bill)
        self.assertEqual(self.paid_through("2026-01-03"), date(2026, 1, 31))
        february = self.invoice_month("2026-02-01", "2026-02-02")
        self.assertEqual(self.paid_through("2026-02-03"), date(2026, 1, 31))
        self.settle(february)
        self.assertEqual(self.paid_through("2026-02-03"), date(2026, 2, 28))

    def test_fee_that_has_ended(self):
        """Energy was billed in January only; in February and March nothing of it."""
        energy = self.make_item("Energy", "EN", "fixed", is_prepayable=False)
        self.make_rate(50.0, item=energy)
        self.settle(self.invoice_month("2026-01-01", "2026-01-02"))
        energy.active = False
        for period, on in (("2026-02-01", "2026-02-02"), ("2026-03-01", "2026-03-02")):
            bill = self.invoice_month(period, on)
            self.assertEqual(bill.amount_total, 275.8)
            self.settle(bill)
        self.assertEqual(self.paid_through("2026-03-03"), date(2026, 3, 31))

    def test_unpaid_agreement_does_not_count(self):
        self.settle(self.invoice_month("2026-01-01", "2026-01-02"))
        agreement = self.conclude("2026-02-01", on="2026-01-03 04:00", paid=False)
        self.assertEqual(self.paid_through("2026-01-03"), date(2026, 1, 31))
        self.pay(agreement)
        self.assertEqual(self.paid_through("2026-01-03"), date(2027, 1, 31))
