from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_common import LedgerCommon, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerMoney(LedgerCommon):
    """Units at 100 m² × 2.00 = 200.00 a month; the ledger covers up to 2026-09."""

    def owing(self, room, owner="Owner", months=1, **values):
        paid = {1: "2026-08", 2: "2026-07", 3: "2026-06"}[months]
        return unit_row(
            room,
            owner,
            paidthrough=paid,
            monthsinarrears=months,
            arrears=200 * months,
            **values,
        )

    def test_delivered_owner_pays_undelivered_developer_pays(self):
        self.import_rows(
            self.owing("1", "Wang"),
            self.owing("2", "Li", status="未交付"),
            self.owing("3", None, status="未售"),
        )
        partners = {
            move.property_unit_id.name: move.partner_id for move in self.openings()
        }
        self.assertEqual(
            partners,
            {
                "1": self.unit("1").owner_id,
                "2": self.developer,
                "3": self.developer,
            },
        )
        self.assertEqual(self.unit("2").owner_id.name, "Li")

    def test_without_a_developer_nothing_is_imported(self):
        self.community.developer_id = False
        record = self.make_import(
            workbook(self.owing("1"), self.owing("2", None, status="未售"))
        )
        record.action_preview()
        self.assertEqual(self.messages(record, "warning"), [(3, "arrears")])
        self.assertEqual((record.valid_count, record.error_count), (2, 0))
        with self.assertRaisesRegex(UserError, "developer"):
            record.action_import()
        self.assertFalse(self.community.unit_ids)

    def test_arrears_that_nobody_owes_are_an_error(self):
        record = self.make_import(workbook(self.owing("1", None), unit_row("2")))
        record.action_preview()
        self.assertEqual(self.messages(record, "error"), [(2, "owner")])
        self.assertEqual(record.valid_count, 1)
        self.assertEqual(record.amount_arrears, 0)

    def test_accounts_must_be_chosen_and_fit(self):
        self.company.property_opening_account_id = False
        record = self.make_import(workbook(self.owing("1")))
        with self.assertRaisesRegex(UserError, "opening balance account"):
            record.action_import()
        for account in (
            self.company_data["default_account_revenue"],
            self.company_data["default_account_expense"],
            self.company_data["default_account_receivable"],
            self.env["account.account"].search(
                [
                    ("account_type", "=", "equity_unaffected"),
                    ("company_ids", "in", self.company.ids),
                ],
                limit=1,
            ),
        ):
            with self.subTest(account=account.name), self.assertRaises(UserError):
                record.opening_account_id = account
        with (
            self.assertRaisesRegex(UserError, "not a liability"),
            self.env.cr.savepoint(),
        ):
            record.advance_account_id = self.opening_account
        record.opening_account_id = self.opening_account
        record.action_import()
        self.assertEqual(len(self.openings()), 1)

    def test_no_money_needs_no_account(self):
        self.company.property_opening_account_id = False
        self.company.property_advance_account_id = False
        record = self.import_rows(unit_row("1"))
        self.assertEqual(record.state, "done")

    def test_a_company_without_an_account_for_advances_gets_one(self):
        self.company.property_advance_account_id = False
        record = self.import_rows(unit_row("1", "Wang", paidthrough="2026-12"))
        account = self.company.property_advance_account_id
        self.assertEqual(record.advance_account_id, account)
        self.assertEqual(account.account_type, "liability_current")
        self.assertEqual(account.company_ids, self.company)

    def test_paid_ahead_value(self):
        """Paid through December: three months × 200.00 = 600.00."""
        record = self.import_rows(unit_row("1", "Wang", paidthrough="2026-12"))
        entry = self.env["account.move"].search(
            [("property_ledger_import_id", "=", record.id)]
        )
        self.assertRecordValues(
            entry.line_ids.sorted("credit"),
            [
                {
                    "account_id": self.opening_account.id,
                    "partner_id": False,
                    "debit": 600.0,
                    "credit": 0.0,
                },
                {
                    "account_id": self.advance_account.id,
                    "partner_id": self.unit("1").owner_id.id,
                    "debit": 0.0,
                    "credit": 600.0,
                },
            ],
        )
        again = self.import_rows(unit_row("1", "Wang", paidthrough="2026-12"))
        self.assertFalse(again.move_count)

    def test_no_tax_and_no_payment_term(self):
        """Neither the company's default sales tax nor the owner's term."""
        owner = self.env["res.partner"].create(
            {
                "name": "Wang",
                "phone": "13800000001",
                "property_payment_term_id": self.pay_terms_b.id,
            }
        )
        self.opening_account.tax_ids = self.tax_sale_a
        self.import_rows(self.owing("1", "Wang", months=2, phone="13800000001"))
        moves = self.openings()
        self.assertEqual(moves.partner_id, owner)
        self.assertFalse(moves.line_ids.tax_ids)
        self.assertEqual(
            moves.mapped("invoice_date_due"), [date(2026, 8, 10), date(2026, 9, 10)]
        )

    def test_other_figures_for_an_opened_unit_change_no_invoice(self):
        self.import_rows(self.owing("1", "Wang", months=2))
        before = self.counts()
        record = self.import_rows(self.owing("1", "Wang", months=3))
        self.assertEqual(self.counts(), before)
        self.assertEqual(self.messages(record, "warning"), [(2, "arrears")])
        for figure in ("400", "600"):
            self.assertIn(figure, record.line_ids.message)
        self.assertEqual(self.unit("1").paid_through, date(2026, 7, 31))

    def test_rows_left_out_come_in_with_the_corrected_file(self):
        wrong = self.owing("2", "Li")
        wrong[-1] = 999
        first = self.import_rows(self.owing("1", "Wang"), wrong)
        self.assertEqual((first.valid_count, first.error_count), (1, 1))
        second = self.import_rows(self.owing("1", "Wang"), self.owing("2", "Li"))
        self.assertEqual(len(self.openings(first)), 1)
        self.assertEqual(len(self.openings(second)), 1)
        self.assertFalse(second.line_ids)
