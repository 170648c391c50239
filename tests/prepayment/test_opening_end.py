"""The end of what came in paid ahead with an owner ledger, worked by hand."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..estate.ledger_common import LedgerCommon, unit_row


@tagged("post_install", "-at_install")
class TestOpeningEnd(LedgerCommon):
    """100 m² at 2.00, paid to December: 600.00 for three months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.make_rate(2.0)

    def setUp(self):
        super().setUp()
        self.import_rows(unit_row("101", "Wang", paidthrough="2026-12"))
        self.agreement = self.env["property.prepayment"].search(
            [("community_id", "=", self.community.id)]
        )

    def release(self, day):
        crons = type(self.env["ir.cron"])
        with (
            freeze_time(f"{day} 04:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 60),
        ):
            self.env["property.prepayment"]._cron_release_prepayments()

    def balance(self):
        items = self.env["account.move.line"].search(
            [
                ("property_prepayment_id", "=", self.agreement.id),
                ("parent_state", "=", "posted"),
            ]
        )
        self.assertEqual(items.account_id, self.advance_account)
        return -sum(items.mapped("balance"))

    def test_released_to_the_end(self):
        self.release("2026-10-05")
        self.assertEqual(self.balance(), 400.0)
        entry = self.agreement.line_ids[0].move_id
        self.assertEqual(entry.date, date(2026, 10, 1))
        income = entry.line_ids.filtered("credit")
        self.assertEqual(
            income.account_id, self.company_data["default_account_revenue"]
        )
        self.release("2026-12-01")
        self.assertEqual(self.balance(), 0)
        self.release("2027-01-01")
        self.assertEqual(self.agreement.state, "done")

    def test_ended_early(self):
        """October is used, 400.00 are credited; November is billed again."""
        self.release("2026-10-05")
        with freeze_time("2026-10-20 04:00"):
            self.agreement._cancel(date(2026, 10, 31), "share", "Sold")
        self.assertEqual(self.agreement.state, "cancelled")
        [note] = self.env["account.move"].search(
            [("property_prepayment_id", "=", self.agreement.id)]
        )
        self.assertEqual((note.move_type, note.amount_untaxed), ("out_refund", 400.0))
        self.assertEqual(self.balance(), 0)
        unit = self.agreement.unit_id
        self.assertEqual(unit.paid_directly, date(2026, 10, 31))
        self.assertEqual(unit.paid_through, date(2026, 10, 31))
        run = self.make_run("2026-11-01")
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 200.0)
        [row] = (
            self.env["property.prepayment.proof"]
            .with_context(property_as_of="2026-10-31")
            .search([("prepayment_id", "=", self.agreement.id)])
        )
        self.assertEqual((row.invoiced, row.released, row.difference), (200, 200, 0))

    def test_what_is_noted_beyond_it_stays(self):
        unit = self.agreement.unit_id
        unit.paid_through = "2027-03-31"
        with freeze_time("2026-10-20 04:00"):
            self.agreement._cancel(date(2026, 10, 31), "share", "Sold")
        self.assertEqual(unit.paid_directly, date(2027, 3, 31))
