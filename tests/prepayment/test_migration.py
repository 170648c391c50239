"""The scripts that bring a database of the version before up to this one."""

import importlib.util
from datetime import date

from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from ..estate.ledger_common import LedgerCommon, unit_row

PLACE = "property_fee_collection/migrations/19.0.1.2.0/"
LOGGER = "migration_script"


def script(name):
    path = file_path(f"{PLACE}{name}.py")
    spec = importlib.util.spec_from_file_location(LOGGER, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@tagged("post_install", "-at_install")
class TestMigration(LedgerCommon):
    """Units of 100 m² at 2.00, 200.00 a month; the ledger covers up to 2026-09."""

    def import_before(self, *rows):
        """A ledger as the version before left it: journal items without agreements."""
        record = self.import_rows(*rows)
        self.env.flush_all()
        agreements = self.agreements()
        items = self.env["account.move.line"].search(
            [("property_prepayment_id", "in", agreements.ids)]
        )
        items.property_prepayment_id = False
        agreements.line_ids.sudo().unlink()
        agreements.cover_ids.sudo().unlink()
        agreements.item_ids.sudo().unlink()
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM property_prepayment WHERE id = ANY(%s)", [agreements.ids]
        )
        self.env.invalidate_all()
        return record, items

    def agreements(self):
        return self.env["property.prepayment"].search(
            [("community_id", "=", self.community.id)], order="id"
        )

    def migrate(self):
        with mute_logger(LOGGER):
            script("post-opening-prepayments").open_agreements(self.env)
        self.env.invalidate_all()

    def test_paid_directly(self):
        """What was paid through was paid directly; what is known already stays."""
        known, noted, never = (self.make_unit(room) for room in ("1", "2", "3"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE property_unit SET paid_through = '2026-12-31', paid_directly = NULL"
            " WHERE id = %s",
            [known.id],
        )
        self.env.cr.execute(
            "UPDATE property_unit SET paid_through = '2026-12-31',"
            " paid_directly = '2026-10-31' WHERE id = %s",
            [noted.id],
        )
        script("pre-paid-directly").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(known.paid_directly, date(2026, 12, 31))
        self.assertEqual(noted.paid_directly, date(2026, 10, 31))
        self.assertFalse(never.paid_directly)

    def test_agreements_of_earlier_imports(self):
        """As if the ledger came in today: 600.00 for October to December, item and
        agreement linked; a second run does nothing more."""
        _record, items = self.import_before(
            unit_row("101", "Wang", paidthrough="2026-12"),
            unit_row("102", "Li"),
            unit_row("103", None, status="未售", paidthrough="2026-10"),
        )
        for _time in range(2):
            self.migrate()
            first, second = self.agreements()
            self.assertEqual(first.unit_id, self.unit("101"))
            self.assertEqual(first.partner_id.name, "Wang")
            self.assertEqual(first.line_ids.mapped("amount"), [200.0] * 3)
            self.assertEqual(first.date_from, date(2026, 10, 1))
            self.assertEqual(first.date_to, date(2026, 12, 31))
            self.assertEqual(len(first.cover_ids), 3)
            self.assertEqual(second.partner_id, self.developer)
            self.assertEqual(items.mapped("property_prepayment_id"), first | second)
            self.assertEqual(items[0].property_prepayment_id.amount, items[0].credit)

    def test_labels_in_another_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.user.lang = "zh_CN"
        _record, items = self.import_before(
            unit_row("101", "Wang", paidthrough="2026-12")
        )
        self.env.user.lang = "en_US"
        self.migrate()
        self.assertEqual(items.property_prepayment_id, self.agreements())
        self.assertEqual(len(self.agreements()), 1)

    def test_what_is_not_certain_is_left(self):
        """101 was renamed, 102 is no longer paid ahead, of 103 somebody released a
        month by hand, 104 is certain."""
        record, items = self.import_before(
            *(
                unit_row(room, f"Owner {room}", paidthrough="2026-12")
                for room in ("101", "102", "103", "104")
            )
        )
        self.unit("101").name = "1001"
        self.unit("102").paid_directly = False
        self.release_by_hand(record, self.unit("103").owner_id)
        self.migrate()
        self.assertEqual(self.agreements().unit_id, self.unit("104"))
        self.assertEqual(
            items.filtered("property_prepayment_id").partner_id.name, "Owner 104"
        )

    def test_released_by_hand_for_all(self):
        """An entry that names nobody may be for anybody."""
        record, items = self.import_before(
            unit_row("101", "Wang", paidthrough="2026-12")
        )
        self.release_by_hand(record, self.env["res.partner"])
        self.migrate()
        self.assertFalse(self.agreements() or items.property_prepayment_id)

    def release_by_hand(self, record, partner):
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-10-01",
                "line_ids": [
                    (0, 0, {
                        "account_id": record.advance_account_id.id,
                        "partner_id": partner.id,
                        "debit": 200.0,
                    }),
                    (0, 0, {
                        "account_id": self.company_data["default_account_revenue"].id,
                        "credit": 200.0,
                    }),
                ],
            }
        )  # fmt: skip
        move.action_post()

    def test_two_communities(self):
        """A unit of the same name elsewhere is another one."""
        other = self.make_community("Elsewhere", "ELS")
        building = self.env["property.building"].create(
            {"name": "1", "community_id": other.id}
        )
        twin = self.env["property.unit"].create(
            {
                "name": "101",
                "building_id": building.id,
                "paid_through": "2026-12-31",
                "opening_through": "2026-09-30",
            }
        )
        self.import_before(unit_row("101", "Wang", paidthrough="2026-12"))
        self.migrate()
        self.assertEqual(self.agreements().unit_id, self.unit("101"))
        self.assertFalse(
            self.env["property.prepayment"].search([("unit_id", "=", twin.id)])
        )
