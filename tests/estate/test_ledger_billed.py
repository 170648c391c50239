from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .ledger_common import LedgerCommon, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerBilled(LedgerCommon):
    """A unit of 100 m² at 3.00, known before the ledger: 300.00 a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(3)
        cls.known = cls.make_unit("101")

    def run_for(self, period, state):
        run = self.make_run(period)
        run.action_compute()
        run.exception_ids.unlink()
        if state != "computed":
            self.sign(run)
        if state == "invoiced":
            run.with_user(self.user_finance).action_create_invoices()
        self.assertEqual(run.state, state)
        self.assertEqual(run.charge_ids.mapped("amount"), [300.0])
        return run

    def owing(self, months=1, **values):
        paid = {1: "2026-08", 2: "2026-07"}[months]
        return unit_row(
            "101",
            "Owner of 101",
            price=3,
            **{
                "paidthrough": paid,
                "monthsinarrears": months,
                "arrears": 300 * months,
                **values,
            },
        )

    def preview(self, *rows):
        record = self.make_import(workbook(*rows), user=self.user_cs)
        record.action_preview()
        return record

    def test_a_month_that_a_run_has_invoiced(self):
        self.run_for("2026-09-01", "invoiced")
        record = self.preview(self.owing(2), unit_row("102"))
        self.assertEqual(self.messages(record, "error"), [(2, "paidthrough")])
        self.assertIn("2026-09", record.line_ids.message)
        self.assertNotIn("2026-08", record.line_ids.message)
        self.assertEqual((record.amount_arrears, record.invoice_count), (0, 0))
        record.action_import()
        self.assertFalse(self.openings())
        self.assertFalse(self.known.opening_through)
        self.assertTrue(self.unit("102"))

    def test_a_month_that_is_signed(self):
        run = self.run_for("2026-09-01", "signed")
        record = self.preview(
            self.owing(paidthrough=None), unit_row("102", paidthrough="2026-08")
        )
        self.assertIn((2, "monthsinarrears"), self.messages(record, "error"))
        self.assertEqual(run.state, "signed")

    def test_a_month_with_an_invoice_of_its_own(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.known.owner_id.id,
                "invoice_date": date(2026, 9, 1),
                "property_community_id": self.community.id,
                "property_unit_id": self.known.id,
                "property_period": date(2026, 9, 1),
                "invoice_line_ids": [
                    Command.create({"name": "Fee", "price_unit": 300, "tax_ids": []})
                ],
            }
        )
        self.assertFalse(self.preview(self.owing()).line_ids, "not posted")
        invoice.action_post()
        record = self.preview(self.owing())
        self.assertEqual(self.messages(record, "error"), [(2, "paidthrough")])

    def test_other_months_and_other_fees_may_be_billed(self):
        self.run_for("2026-07-01", "invoiced")
        self.fee.is_prepayable = True
        record = self.preview(self.owing(2))
        self.assertFalse(record.line_ids)
        self.fee.is_prepayable = False  # such as a meter's
        self.run_for("2026-09-01", "invoiced")
        self.assertFalse(self.preview(self.owing()).line_ids)

    def test_the_ledger_s_own_invoices_are_none_of_these(self):
        self.make_import(workbook(self.owing())).action_import()
        self.assertEqual(len(self.openings()), 1)
        self.assertFalse(self.preview(self.owing()).line_ids)

    # runs that are not invoiced yet

    def test_paid_ahead_voids_the_signatures_of_what_it_covers(self):
        october = self.run_for("2026-10-01", "signed")
        december = self.run_for("2026-12-01", "signed")
        row = self.owing(paidthrough="2026-11", monthsinarrears=0, arrears=0)
        record = self.preview(row)
        self.assertEqual(october.state, "signed", "a preview changes nothing")
        record.action_import()
        self.assertEqual((october.state, december.state), ("computed", "signed"))
        self.assertFalse(october.cs_signed_by or october.finance_signed_by)
        self.assertIn("compute the run again", october.message_ids[0].body)
        october.action_compute()
        self.assertFalse(october.charge_ids, "October is paid")

    def test_opening_arrears_void_a_computed_run_s_first_signature(self):
        run = self.run_for("2026-09-01", "computed")
        run.with_user(self.user_cs_head).action_sign_cs()
        self.preview(self.owing()).action_import()
        self.assertEqual(len(self.openings()), 1)
        self.assertFalse(run.cs_signed_by)
        run.action_compute()
        self.assertFalse(run.charge_ids)

    def test_the_same_ledger_again_voids_nothing(self):
        row = self.owing(paidthrough="2026-09", monthsinarrears=0, arrears=0)
        self.preview(row).action_import()
        self.known.opening_through = date(2026, 8, 31)
        self.known.paid_through = date(2026, 8, 31)
        run = self.run_for("2026-09-01", "signed")
        self.preview(row).action_import()
        self.assertEqual(run.state, "signed")
