"""What a payment notice lists and sums up."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import FEB, JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeContents(NoticeCommon):
    def test_one_notice_for_three_units(self):
        """Lin: 255.50 + 280.00 + 140.00 = 675.50; Hale: 336.00."""
        run = self.issued(JAN)
        self.assertEqual(len(run.notice_ids), 2)
        notice = self.notice_of(run, self.lin)
        self.assertEqual(
            self.lines_of(notice),
            [
                ("current", "1 101", 255.5),
                ("current", "1 102", 280.0),
                ("current", "2 201", 140.0),
            ],
        )
        self.assertEqual(notice.amount_total, 675.5)
        self.assertEqual(notice.unit_id, self.unit_101)
        self.assertEqual(notice.deadline, run.date_due)
        line = notice.line_ids.sorted("sequence")[0]
        self.assertRecordValues(
            line,
            [
                {
                    "item_name": "Property fee",
                    "quantity": 91.25,
                    "quantity_unit": "m²",
                    "price_unit": 2.8,
                    "move_id": self.invoice_of(run, self.unit_101).id,
                }
            ],
        )
        self.assertEqual(self.notice_of(run, self.hale).amount_total, 336.0)

    def test_arrears_and_part_payment(self):
        """January: 101 paid with 55.50 of 255.50, leaving 200.00; 201 paid in full.
        February as billed, of 102 30.00 are paid: 675.50 - 30.00 + 200 + 280 =
        1125.50."""
        january = self.invoiced(JAN)
        self.pay(self.invoice_of(january, self.unit_101), 55.5)
        self.pay(self.invoice_of(january, self.unit_201))
        february = self.invoiced(FEB)
        self.pay(self.invoice_of(february, self.unit_102), 30)
        february.with_user(self.user_cs).action_issue_notices()
        notice = self.notice_of(february, self.lin)
        self.assertEqual(
            self.lines_of(notice),
            [
                ("current", "1 101", 255.5),
                ("current", "1 102", 280.0),
                ("received", "1 102", -30.0),
                ("current", "2 201", 140.0),
                ("arrears", "1 101", 200.0),
                ("arrears", "1 102", 280.0),
            ],
        )
        self.assertEqual(notice.amount_total, 1125.5)
        arrears = notice.line_ids.filtered(lambda line: line.type == "arrears")[:1]
        self.assertEqual(str(arrears.date_from), "2026-01-01")
        self.assertEqual(str(arrears.date_to), "2026-01-31")

    def test_credit_note_is_taken_off(self):
        """An open credit note of 80.00 in the community: 675.50 - 80.00 = 595.50."""
        run = self.invoiced(JAN)
        credit = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.lin.id,
                "property_community_id": self.community.id,
                "property_unit_id": self.unit_101.id,
                "invoice_date": "2026-01-05",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Lift", "price_unit": 80, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        credit.action_post()
        run.with_user(self.user_cs).action_issue_notices()
        notice = self.notice_of(run, self.lin)
        self.assertEqual(self.lines_of(notice)[-1], ("credit", "1 101", -80.0))
        self.assertEqual(notice.amount_total, 595.5)

    def _payment_on_account(self, amount):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.lin.id,
                "amount": amount,
                "date": "2026-01-05",
                "journal_id": self.company_data["default_journal_bank"].id,
                "payment_method_line_id": self.inbound_payment_method_line.id,
            }
        )
        payment.action_post()
        return payment

    def test_unallocated_payment(self):
        """100.00 paid on account; Lin owes here only: 675.50 - 100.00 = 575.50."""
        run = self.invoiced(JAN)
        self._payment_on_account(100)
        run.with_user(self.user_cs).action_issue_notices()
        self.assertEqual(self.notice_of(run, self.lin).amount_total, 575.5)

    def test_unallocated_payment_with_debts_elsewhere(self):
        """Nobody knows for which community it was paid: it is left out."""
        other = self.make_community("Elsewhere", "ELS")
        run = self.invoiced(JAN)
        self._payment_on_account(100)
        debt = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.lin.id,
                "property_community_id": other.id,
                "invoice_date": "2025-12-05",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Fee", "price_unit": 9, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        debt.action_post()
        run.with_user(self.user_cs).action_issue_notices()
        notice = self.notice_of(run, self.lin)
        self.assertEqual(notice.amount_total, 675.5)
        self.assertNotIn(debt, notice.move_ids)

    def test_net_creditor_gets_none(self):
        run = self.invoiced(JAN)
        self._payment_on_account(675.5)
        run.with_user(self.user_cs).action_issue_notices()
        self.assertFalse(self.notice_of(run, self.lin))

    def test_taxes_are_in_the_amount(self):
        """6 % on 255.50 is 15.33: the line says 270.83."""
        tax = self.env["account.tax"].create({"name": "VAT 6%", "amount": 6})
        self.fee.product_id.taxes_id = [Command.set(tax.ids)]
        run = self.issued(JAN)
        notice = self.notice_of(run, self.lin)
        self.assertEqual(self.lines_of(notice)[0], ("current", "1 101", 270.83))
        # 270.83 + 296.80 + 148.40
        self.assertEqual(notice.amount_total, 716.03)
        residuals = notice.move_ids.mapped("amount_residual")
        self.assertAlmostEqual(sum(residuals), 716.03)

    def test_company_contacts_are_one_customer(self):
        """An owner that is a contact of a company is billed with the company."""
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        clerk = self.env["res.partner"].create({"name": "Clerk", "parent_id": firm.id})
        self.owned("104", 10, firm)
        self.owned("105", 10, clerk)
        run = self.issued(JAN)
        # 10 m² at 2.8, twice
        self.assertEqual(self.notice_of(run, firm).amount_total, 56.0)
        self.assertFalse(self.notice_of(run, clerk))
