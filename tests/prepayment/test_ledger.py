"""Months paid ahead in the owner payment ledger, worked by hand."""

import io
from datetime import date

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import tagged

from ..billing.ledger_common import FEB, JAN, LedgerCommon
from ..billing.test_ledger_xlsx import worked_out
from .release_common import ReleaseCommon

DEC = date(2025, 12, 1)
MAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestPrepaidLedger(ReleaseCommon, LedgerCommon):
    """101: 275.80 a month, paid ahead for 2026 at 3,033.80, 252.82 a month; 102: 100 m²
    at 2.80, 280.00 a month."""

    take = LedgerCommon.__dict__["pay"]
    ties = LedgerCommon.assertTies

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_2 = cls.make_unit("102", 100)

    def bill(self, period):
        run = self.make_run(period)
        run.action_compute()
        return run

    def ahead(self, rows):
        """[(room, fee, opening, receivable, billed ahead, waived, received, on arrears,
        on prepayments, consumed, closing, balance)]"""
        self.env.invalidate_all()
        return [
            (
                row.unit_id.name,
                row.fee_item_id.code or "",
                row.opening,
                row.receivable,
                row.prepaid,
                row.waived,
                row.received,
                row.received_arrears,
                row.received_prepaid,
                row.consumed,
                row.closing,
                row.prepayment_balance,
            )
            for row in rows
        ]

    def test_billed_and_paid_ahead(self):
        """In December 3,033.80 are billed ahead and paid: no receivable of December and
        no money on its charges. All of it is still to be consumed."""
        agreement = self.conclude(paid=False)
        self.take(agreement.move_id, 3033.80, "2025-12-28")
        self.bill(DEC)
        rows = self.ledger(DEC)
        self.assertEqual(
            self.ahead(rows),
            [
                ("101", "PF", 0, 275.8, 0, 0, 0, 0, 0, 0, 275.8, 3033.8),
                ("101", "", 0, 0, 3033.8, 0, 0, 0, 3033.8, 0, 0, 0),
                ("102", "PF", 0, 280, 0, 0, 0, 0, 0, 0, 280, 0),
            ],
        )
        self.assertEqual(
            rows.mapped("payment_state"), ["to_invoice", "paid", "to_invoice"]
        )
        self.assertEqual(rows[1].move_id, agreement.move_id)
        self.assertEqual(self.residual("2025-12-31"), 0)

    def test_a_month_is_consumed(self):
        """January of 101 is receivable and settled at once; 102 pays 280.00. 3,033.80
        less 252.82 are 2,780.98."""
        agreement = self.conclude(paid=False)
        self.take(agreement.move_id, 3033.80, "2025-12-28")
        self.release("2026-01-05")
        [invoice] = self.invoice_run(self.bill(JAN))
        self.take(invoice, 280, "2026-01-20")
        rows = self.ledger(JAN)
        self.assertEqual(
            self.ahead(rows),
            [
                ("101", "PF", 0, 252.82, 0, 0, 0, 0, 0, 252.82, 0, 2780.98),
                ("102", "PF", 0, 280, 0, 0, 280, 0, 0, 0, 0, 0),
            ],
        )
        self.assertEqual(rows.mapped("payment_state"), ["paid", "paid"])
        self.assertEqual(rows[0].partner_id, self.owner)
        self.assertEqual(rows[0].move_id, agreement.line_ids[0].move_id)
        self.assertEqual((rows[0].quantity, rows[0].price_unit), (98.5, 2.8))
        self.ties("2026-01-31", rows, 0)
        # Consumed and received are the receivable: the collection rate is one.
        self.assertEqual(
            sum(rows.mapped("received")) + sum(rows.mapped("consumed")),
            sum(rows.mapped("receivable")),
        )

    def test_paid_in_the_following_month(self):
        """Open at the end of December, paid in January: money on the prepayment, not on
        January's charges and not on arrears of earlier ones."""
        agreement = self.conclude(paid=False)
        self.make_run(DEC)
        december = self.ledger(DEC)
        self.assertEqual(
            self.ahead(december),
            [("101", "", 0, 0, 3033.8, 0, 0, 0, 0, 0, 3033.8, 3033.8)],
        )
        self.assertEqual(december.payment_state, "not_paid")
        self.ties("2025-12-31", december, 3033.8)
        self.take(agreement.move_id, 3033.80, "2026-01-03")
        self.release("2026-01-05")
        self.invoice_run(self.bill(JAN))
        january = self.ledger(JAN)
        self.assertEqual(
            self.ahead(january),
            [
                (
                    "101", "PF", 3033.8, 252.82, 0, 0, 0, 0, 3033.8, 252.82, 0,
                    2780.98,
                ),
                ("102", "PF", 0, 280, 0, 0, 0, 0, 0, 0, 280, 0),
            ],
        )  # fmt: skip
        self.ties("2026-01-31", january, 280)

    def test_before_the_term_begins(self):
        """Paid in December from March on: the unit is billed in January, and what is
        owed to it stands beside."""
        agreement = self.conclude("2026-03-01", paid=False)
        self.take(agreement.move_id, 3033.80, "2025-12-28")
        self.bill(JAN)
        self.assertEqual(
            self.ahead(self.ledger(JAN)),
            [
                ("101", "PF", 0, 275.8, 0, 0, 0, 0, 0, 0, 275.8, 3033.8),
                ("102", "PF", 0, 280, 0, 0, 0, 0, 0, 0, 280, 0),
            ],
        )

    def test_nothing_else_to_tell(self):
        """A unit of which nothing is billed this month shows what is owed to it."""
        agreement = self.conclude(paid=False)
        self.take(agreement.move_id, 3033.80, "2025-12-28")
        self.make_run(JAN)  # nothing computed, nothing released
        rows = self.ledger(JAN)
        self.assertEqual(
            self.ahead(rows), [("101", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 3033.8)]
        )
        self.assertEqual(
            rows.ids, self.ledger(JAN).search([("id", "in", rows.ids)]).ids
        )

    def test_several_fees(self):
        """Garbage at 10.00: 110.00 for the year, with the property fee 3,143.80. A
        month is 261.98 (261.9833…), of which 9.17 (9.1666…) garbage, 252.81 property
        fee."""
        self.make_rate(10.0, self.garbage)
        agreement = self.conclude(paid=False)
        self.assertEqual(agreement.amount, 3143.80)
        self.take(agreement.move_id, 3143.80, "2025-12-28")
        self.release("2026-01-05")
        self.make_run(JAN)
        self.assertEqual(
            self.ahead(self.ledger(JAN)),
            [
                ("101", "PF", 0, 252.81, 0, 0, 0, 0, 0, 252.81, 0, 2881.82),
                ("101", "GB", 0, 9.17, 0, 0, 0, 0, 0, 9.17, 0, 0),
            ],
        )

    def test_taxes(self):
        """With 6 % the invoice is 3,215.83; a month is 252.82 × 1.06 = 267.99. What is
        owed stands without taxes, as on the account."""
        tax = self.env["account.tax"].create(
            {"name": "6 %", "amount": 6, "type_tax_use": "sale"}
        )
        self.fee.product_id.taxes_id = [Command.set(tax.ids)]
        agreement = self.conclude(paid=False)
        self.assertEqual(agreement.move_id.amount_total, 3215.83)
        self.take(agreement.move_id, 3215.83, "2025-12-28")
        self.release("2026-01-05")
        self.make_run(DEC)
        self.make_run(JAN)
        december, january = self.ledger(DEC), self.ledger(JAN)
        self.assertEqual(
            self.ahead(december),
            [("101", "", 0, 0, 3215.83, 0, 0, 0, 3215.83, 0, 0, 3033.8)],
        )
        self.assertEqual(
            self.ahead(january),
            [("101", "PF", 0, 267.99, 0, 0, 0, 0, 0, 267.99, 0, 2780.98)],
        )

    def test_ended_early(self):
        """Ended on 31 May: five months at the list price are 1,379.00, of 3,033.80 come
        back 1,654.80. Of the five 252.82 are released as usual and 114.90 more at once
        (1,379.00 − 1,264.10); May shows 252.82 + 114.90 = 367.72."""
        agreement = self.conclude(paid=False)
        self.take(agreement.move_id, 3033.80, "2025-12-28")
        self.release("2026-05-05")
        self.cancel(agreement, "2026-05-31", "2026-05-31")
        self.make_run("2026-04-01")
        self.make_run(MAY)
        april, may = self.ledger(date(2026, 4, 1)), self.ledger(MAY)
        # 3,033.80 − 4 × 252.82
        self.assertEqual(
            self.ahead(april),
            [("101", "PF", 0, 252.82, 0, 0, 0, 0, 0, 252.82, 0, 2022.52)],
        )
        self.assertEqual(
            self.ahead(may),
            [
                ("101", "PF", 0, 367.72, 0, 0, 0, 0, 0, 367.72, 0, 0),
                ("101", "", 0, 0, -1654.8, 0, 0, 0, 0, 0, -1654.8, 0),
            ],
        )
        self.ties("2026-05-31", may, -1654.8)

    def test_opened_with_what_was_closed_with(self):
        agreement = self.conclude(paid=False)
        self.make_run(DEC)
        self.take(agreement.move_id, 1000, "2026-01-03")
        self.release("2026-02-05")
        self.invoice_run(self.bill(JAN))
        self.invoice_run(self.bill(FEB))
        closing = 0.0
        for month, last in (
            (DEC, "2025-12-31"),
            (JAN, "2026-01-31"),
            (FEB, "2026-02-28"),
        ):
            rows = self.ledger(month)
            self.assertEqual(round(sum(rows.mapped("opening")), 2), closing)
            closing = round(sum(rows.mapped("closing")), 2)
            self.assertEqual(closing, self.residual(last))

    def test_on_the_sheet(self):
        agreement = self.conclude(paid=False)
        self.take(agreement.move_id, 3033.80, "2026-01-03")
        self.release("2026-01-05")
        run = self.bill(JAN)
        stream = io.BytesIO()
        run._write_ledger(stream)
        sheet = load_workbook(stream).active
        titles = [cell.value for cell in sheet[6]]
        row = dict(zip(titles, sheet[7], strict=True))
        self.assertEqual(row["Opening Arrears"].value, 3033.8)
        self.assertEqual(row["Received on Prepayments"].value, 3033.8)
        self.assertEqual(row["Prepayment Consumed"].value, 252.82)
        self.assertEqual(row["Prepayment Balance"].value, 2780.98)
        self.assertEqual(worked_out(sheet, row["Closing"].value), 0)

    def test_carried(self):
        """Carried on 12 May: January and May stay the seller's, 252.82 each, as does
        the balance up to then; from June on it is the buyer's, 3,033.80 − 6 × 252.82 =
        1,516.88 at its end."""
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        agreement = self.conclude()
        for period in (JAN, MAY, date(2026, 6, 1)):
            self.make_run(period)
        self.release("2026-05-02")
        before = self.told(JAN)
        with freeze_time("2026-05-12 04:00"):
            agreement._carry(buyer, date(2026, 5, 12))
        self.release("2026-06-02")
        self.assertEqual(self.told(JAN), before)
        self.assertEqual(before, [(self.owner.name, 252.82, 2780.98)])
        self.assertEqual(
            self.told(MAY),
            [("Buyer", 0.0, 1769.70), (self.owner.name, 252.82, 0.0)],
        )
        self.assertEqual(self.told(date(2026, 6, 1)), [("Buyer", 252.82, 1516.88)])

    def told(self, period):
        """[(payer, consumed, balance)] of 101"""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["property.ledger.line"].search(
            [("period", "=", period), ("unit_id", "=", self.unit.id)]
        )
        return sorted(
            (row.partner_id.name, row.consumed, row.prepayment_balance) for row in rows
        )
