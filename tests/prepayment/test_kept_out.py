"""What may be paid ahead is offered, not owed: it is neither noticed nor dunned, bears
no late fee and does not lapse in law. The statement shows it and ties all the same."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..collection.statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestKeptOut(StatementCommon):
    """100 m² at 2.80, 280.00 a month: 12 → 1 is 3,080.00. Concluded on 1 January 2026
    for February on, due on 8 January and not paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        cls.offer = cls.env["property.prepayment.offer"].create(
            {"name": "12 → 1", "months": 12, "free_months": 1}
        )
        with freeze_time("2026-01-01 04:00:00"):
            cls.agreement = cls.env["property.prepayment"].create(
                {
                    "unit_id": cls.unit.id,
                    "offer_id": cls.offer.id,
                    "date_from": "2026-02-01",
                }
            )
            cls.agreement.action_confirm()
        cls.bill = cls.agreement.move_id

    def test_it_is_not_dunned(self):
        [line] = self.receivable(self.bill)
        self.assertTrue(line.no_followup)
        self.assertEqual(self.bill.amount_total, 3080.0)
        self.assertEqual(self.bill.invoice_date_due, fields.Date.to_date("2026-01-08"))

    @freeze_time("2026-02-03 04:00:00")
    def test_statement_shows_it_paused_and_ties(self):
        """Billed and open in January, but no anchor, no month, no case, no notice."""
        statement = self.signed_statement("2026-01-01")
        line = self.line_of(statement)
        self.assertRoll(line, 0, 3080.0, 0, 0, 3080.0)
        self.assertEqual(line.amount_paused, 3080.0)
        self.assertFalse(line.anchor_date)
        self.assertEqual(line.months_unpaid, 0)
        self.assertFalse(line.step_id or line.notice_id or line.case_id)
        self.assertFalse(self.case_of(self.owner))

    @freeze_time("2026-03-03 04:00:00")
    def test_it_does_not_age_a_case(self):
        """A charge due in February opens a case with that as its anchor and 100.00
        overdue; the 3,080.00 stand beside."""
        self.make_invoice(self.owner, 100.0, "2026-02-10", self.unit)
        self.open_cases()
        case = self.case_of(self.owner)
        self.assertEqual(case.anchor_date, fields.Date.to_date("2026-02-10"))
        self.assertEqual(case.amount_overdue, 100.0)
        self.assertEqual(case.amount_paused, 3080.0)

    def test_paid_and_credited(self):
        """1,000.00 in January are money received; the credit note of February over the
        rest is an adjustment. The statement ties in both months."""
        self.pay(self.bill, 1000.0, "2026-01-05")
        with freeze_time("2026-02-03 04:00:00"):
            january = self.signed_statement("2026-01-01")
            self.assertRoll(self.line_of(january), 0, 3080.0, 1000.0, 0, 2080.0)
        note = self.make_invoice(
            self.owner,
            -2080.0,
            "2026-02-04",
            self.unit,
            property_prepayment_id=self.agreement.id,
        )
        self.match(self.bill, note)
        with freeze_time("2026-03-03 04:00:00"):
            february = self.signed_statement("2026-02-01")
            self.assertRoll(self.line_of(february), 2080.0, 0, 0, -2080.0, 0)

    @freeze_time("2026-03-20 04:00:00")
    def test_no_late_fee(self):
        product = self.env["product.product"].create(
            {"name": "Late fee", "type": "service"}
        )
        self.company.write(
            {
                "property_late_fee": True,
                "property_late_fee_rate": 0.05,
                "property_late_fee_product_id": product.id,
            }
        )
        charge = self.make_invoice(self.owner, 100.0, "2026-02-10", self.unit)
        self.open_cases()
        fees = self.case_of(self.owner)._late_fee(fields.Date.to_date("2026-03-20"))
        self.assertEqual(list(fees), [charge.id])

    @freeze_time("2026-03-20 04:00:00")
    def test_no_limitation(self):
        """A charge can be enforced for three years; an offer is nothing to enforce."""
        self.company.property_jurisdiction = "cn"
        charge = self.make_invoice(self.owner, 100.0, "2026-02-10", self.unit)
        self.open_cases()
        rows = self.env["property.limitation"]
        rows._refresh_community(self.community)
        self.assertEqual(rows.search([]).move_id, charge)
        case = self.case_of(self.owner)
        self.assertEqual(str(case.limitation_date), "2029-02-10")

    @freeze_time("2026-02-20 04:00:00")
    def test_no_arrears_on_the_payment_notice(self):
        """The notice for February of another unit of the owner asks for its 140.00 and
        for 50.00 of arrears, not for what he may pay ahead."""
        self.make_unit("102", 50, owner=None, owner_id=self.owner.id)
        self.make_invoice(self.owner, 50.0, "2026-01-10", self.unit)
        run = self.make_run("2026-02-01")
        run.action_compute()
        self.sign(run)
        run.with_user(self.user_finance).action_create_invoices()
        run.with_user(self.user_cs).action_issue_notices()
        [notice] = run.notice_ids
        self.assertEqual(notice.amount_total, 190.0)
        self.assertNotIn(self.bill, notice.line_ids.move_id)

    def test_nothing_of_it_vanishes_in_the_ledger_of_the_customer(self):
        """All he has open is still there: 3,080.00, of which nothing is asked for."""
        ledger = self.env["property.collection.ledger"]
        day = fields.Date.to_date("2026-02-20")
        standings, _units = ledger._standings(self.community, day)
        standing = standings[self.owner.id]
        self.assertEqual(standing.amount_open, 3080.0)
        self.assertEqual(standing.amount_overdue, 0.0)
        self.assertEqual(standing.amount_paused, 3080.0)
