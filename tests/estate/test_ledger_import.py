from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_common import SEPTEMBER, LedgerCommon, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerImport(LedgerCommon):
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

    # persons

    def test_same_name_same_phone_is_one_person(self):
        self.import_rows(
            unit_row("1", "Wang", "13800000001/13800000002"),
            unit_row("2", "Wang", "138 0000 0002 / 13800000003"),
            unit_row("3", " Wang ", "+86 13800000003"),
        )
        owner = self.unit("1").owner_id
        self.assertEqual(self.unit("2").owner_id, owner)
        self.assertEqual(self.unit("3").owner_id, owner)
        self.assertEqual(owner.phone, "13800000001")
        self.assertEqual(owner.property_other_phones, "13800000002, 13800000003")

    def test_same_name_other_phone_is_another_person_and_a_warning(self):
        record = self.import_rows(
            unit_row("1", "Wang", "13800000001"),
            unit_row("2", "Wang", "13800000002"),
            unit_row("3", "Wang"),
        )
        self.assertEqual(len(self.community.unit_ids.owner_id), 3)
        self.assertEqual(self.messages(record, "warning"), [(3, "owner"), (4, "owner")])
        self.assertIn("row 2", record.line_ids[0].message)

    def test_same_phone_other_name_is_another_person(self):
        self.import_rows(
            unit_row("1", "Wang", "13800000001"), unit_row("2", "Li", "13800000001")
        )
        self.assertEqual(len(self.community.unit_ids.owner_id), 2)

    def test_known_contact_is_recognised_and_completed(self):
        known = self.env["res.partner"].create(
            {"name": "Wang", "phone": "+86 138 0000 0001"}
        )
        other = self.env["res.partner"].create({"name": "Wang", "phone": "5550001"})
        self.import_rows(unit_row("1", "Wang", "13800000001/13800000002"))
        self.assertEqual(self.unit("1").owner_id, known)
        self.assertEqual(known.phone, "+86 138 0000 0001")
        self.assertEqual(known.property_other_phones, "13800000002")
        self.assertFalse(other.property_other_phones)

    def test_contact_of_another_company_is_not_taken(self):
        foreign = self.env["res.company"].create({"name": "Other"})
        stranger = (
            self.env["res.partner"]
            .sudo()
            .create({"name": "Wang", "phone": "13800000001", "company_id": foreign.id})
        )
        self.import_rows(unit_row("1", "Wang", "13800000001"))
        self.assertNotEqual(self.unit("1").owner_id, stranger)

    def test_phone_that_was_found_out_since_is_kept(self):
        self.import_rows(unit_row("1", "Wang"))
        owner = self.unit("1").owner_id
        owner.phone = "13800000009"
        record = self.import_rows(unit_row("1", "Wang"))
        self.assertEqual(self.unit("1").owner_id, owner)
        self.assertEqual(owner.phone, "13800000009")
        self.assertFalse(record.line_ids)

    # units

    def test_a_corrected_ledger_changes_what_differs(self):
        self.import_rows(unit_row("1", "Wang", "13800000001"), unit_row("2", "Li"))
        record = self.import_rows(
            unit_row(
                "1", "Zhao", "13800000002", area=101.5, status="出租", type="商鋪"
            ),
            unit_row("2", "Li"),
            unit_row("3", "Sun"),
        )
        self.assertRecordValues(
            self.unit("1"),
            [
                {
                    "floor_area": 101.5,
                    "occupancy_status": "leased",
                    "unit_type": "shop",
                }
            ],
        )
        self.assertEqual(self.unit("1").owner_id.name, "Zhao")
        self.assertEqual(
            self.unit("1").tenure_ids.filtered("date_to").partner_id.name, "Wang"
        )
        self.assertEqual(self.messages(record, "warning"), [(2, "owner")])
        self.assertIn("Wang", record.line_ids.message)
        self.assertTrue(self.unit("3"))

    def test_what_happened_after_the_ledger_stays(self):
        self.import_rows(unit_row("1", "Wang", "13800000001"))
        unit = self.unit("1")
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        unit.with_context(property_effective_date=date(2026, 10, 20)).owner_id = buyer
        unit.with_context(
            property_effective_date=date(2026, 10, 20)
        ).occupancy_status = "leased"
        before = self.counts()
        self.import_rows(unit_row("1", "Wang", "13800000001"))
        self.assertEqual(self.counts(), before)
        self.assertEqual(
            unit.tenure_ids._valid_on(date(2026, 10, 20)).partner_id, buyer
        )

    def test_blank_cells_take_nothing_away(self):
        self.import_rows(unit_row("1", "Wang", "13800000001", type="商鋪"))
        self.import_rows(unit_row("1", None, type=None, status=None, price=None))
        self.assertEqual(self.unit("1").owner_id.name, "Wang")
        self.assertEqual(self.unit("1").unit_type, "shop")
        self.assertEqual(self.unit("1").occupancy_status, "owner_occupied")

    def test_single_building_is_named_after_the_community(self):
        record = self.make_import(workbook(["1", 80], header="room area"))
        record.action_import()
        self.assertEqual(self.unit("1").building_id.name, self.community.name)

    def test_missing_owner_is_a_warning(self):
        record = self.import_rows(
            unit_row("1", None), unit_row("2", None, status="未售")
        )
        self.assertEqual(self.messages(record, "warning"), [(2, "owner")])
        self.assertEqual(record.valid_count, 2)

    # money

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

    # the process

    def test_a_failure_leaves_nothing(self):
        record = self.make_import(
            workbook(self.owing("1"), unit_row("2", paidthrough="2026-12"))
        )
        record.action_preview()
        before = self.counts()
        with (
            patch.object(
                type(record), "_post_advances", side_effect=UserError("no more")
            ),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            record.action_import()
        self.env.invalidate_all()
        self.assertEqual(self.counts(), before)
        self.assertEqual(record.state, "previewed")

    def test_another_file_needs_another_preview(self):
        record = self.make_import(workbook(unit_row("1")))
        record.action_preview()
        record.as_of = date(2026, 8, 31)
        self.assertEqual(record.state, "draft")

    def test_an_imported_ledger_is_a_record(self):
        record = self.import_rows(unit_row("1"))
        with self.assertRaises(UserError):
            record.action_import()
        with self.assertRaises(UserError):
            record.action_preview()
        with self.assertRaises(UserError):
            record.as_of = date(2026, 8, 31)
        with self.assertRaises(UserError):
            record.unlink()
        self.assertIn("1 of 1 rows", record.message_ids[:1].body)

    def test_the_month_must_be_known(self):
        record = self.make_import(workbook(unit_row("1")), as_of=False)
        with self.assertRaisesRegex(UserError, "As of"):
            record.action_preview()
        record.as_of = date(2026, 9, 2)  # any day of the month
        record.action_preview()
        self.assertEqual(record.as_of, SEPTEMBER)

    def test_what_is_no_ledger_is_said(self):
        for content in (b"text", workbook([1], header="name")):
            record = self.make_import(content)
            with self.assertRaises(UserError):
                record.action_preview()

    def test_nothing_good_nothing_imported(self):
        record = self.make_import(workbook(unit_row("1", area="待測")))
        with self.assertRaisesRegex(UserError, "No row"):
            record.action_import()

    # rates

    def test_rates_from_the_sheet(self):
        """Two units at 2.00, one at 3.50: the community's rate is 2.00."""
        rows = [unit_row("1"), unit_row("2"), unit_row("3", price=3.5)]
        self.import_rows(*rows, create_rates=True, fee_item_id=self.fee.id)
        rates = self.env["property.fee.rate"].search(
            [("fee_item_id", "=", self.fee.id)], order="price"
        )
        self.assertRecordValues(
            rates,
            [
                {
                    "price": 2.0,
                    "unit_id": False,
                    "date_from": date(2026, 10, 1),
                },
                {
                    "price": 3.5,
                    "unit_id": self.unit("3").id,
                    "date_from": date(2026, 10, 1),
                },
            ],
        )
        self.assertEqual(rates[0].community_id, self.community)
        self.import_rows(*rows, create_rates=True, fee_item_id=self.fee.id)
        self.assertEqual(
            self.env["property.fee.rate"].search_count(
                [("fee_item_id", "=", self.fee.id)]
            ),
            2,
        )

    def test_valid_rates_are_kept(self):
        self.env["property.fee.rate"].create(
            {
                "fee_item_id": self.fee.id,
                "community_id": self.community.id,
                "price": 9,
            }
        )
        before = self.env["property.fee.rate"].search_count([])
        self.import_rows(unit_row("1"), create_rates=True, fee_item_id=self.fee.id)
        self.assertEqual(self.env["property.fee.rate"].search_count([]), before)
