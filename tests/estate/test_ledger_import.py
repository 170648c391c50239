from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_common import SEPTEMBER, LedgerCommon, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerImport(LedgerCommon):
    """Units at 100 m² × 2.00 = 200.00 a month; the ledger covers up to 2026-09."""

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

    def test_another_spelling_is_the_same_unit(self):
        """The first spelling stays, also the one that the database has."""
        self.import_rows(
            unit_row("101", "Wang", building="1棟"),
            unit_row("b1", "Li", building="A棟"),
        )
        before = self.counts()
        record = self.import_rows(
            unit_row("1 01", "Wang", building="1 棟"),
            unit_row("B1", "Li", building="a棟"),
        )
        self.assertEqual(self.counts(), before)
        self.assertFalse(record.line_ids)
        self.assertEqual(
            self.community.unit_ids.mapped(lambda u: (u.building_id.name, u.name)),
            [("1棟", "101"), ("A棟", "b1")],
        )

    def test_one_building_in_two_spellings(self):
        self.import_rows(
            unit_row("101", building="1 棟"), unit_row("102", building="1棟")
        )
        self.assertEqual(self.community.unit_ids.building_id.name, "1 棟")

    def test_absurd_rows_are_left_out(self):
        record = self.import_rows(
            unit_row("1", area="1e400"),
            unit_row("2", paidthrough=None, monthsinarrears=25000, arrears=1),
            unit_row("3", arrears=0.01),
            unit_row("4", arrears=-0.01),
            unit_row("5", price=None, monthsinarrears=0, arrears=50),
        )
        self.assertEqual(
            self.messages(record, "error"),
            [(2, "area"), (3, "monthsinarrears"), (6, "arrears")],
        )
        self.assertEqual(len(self.community.unit_ids), 2)
        self.assertFalse(self.openings())
        distant = self.make_import(workbook(unit_row("9")), as_of=date(9999, 12, 31))
        with self.assertRaisesRegex(UserError, "between 1950 and 2100"):
            distant.action_preview()

    # the process

    def test_a_failure_leaves_nothing(self):
        record = self.make_import(
            workbook(
                unit_row("1", paidthrough="2026-08", arrears=200),
                unit_row("2", paidthrough="2026-12"),
            )
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
