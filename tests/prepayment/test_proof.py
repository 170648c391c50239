"""The prepayment proof, worked by hand."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_work import (
    Advance,
    LedgerWork,
)

from .proof_common import ProofCommon


@tagged("post_install", "-at_install")
class TestProof(ProofCommon):
    """12 → 1 at 275.80: 3,033.80 invoiced on 20 December, 252.82 a month."""

    def test_at_any_date(self):
        agreement = self.conclude()
        self.release("2026-03-10")
        for day, released, owed in (
            ("2025-12-20", 0, 3033.80),
            ("2025-12-31", 0, 3033.80),
            ("2026-01-01", 252.82, 2780.98),
            ("2026-02-28", 505.64, 2528.16),
            ("2026-03-31", 758.46, 2275.34),
        ):
            self.assertEqual(
                self.figures(self.proof(day)),
                [(agreement, 3033.80, released, owed, 0, owed, 0)],
                day,
            )
        self.assertFalse(self.proof("2025-12-19"))
        row = self.proof("2026-03-31")
        self.assertEqual(row.account_id, self.liability)
        self.assertEqual(row.community_id, self.community)
        self.assertEqual(row.partner_id, self.owner)

    def test_all_released(self):
        """In the last month 252.78 are left: 12 months are 3,033.80 exactly."""
        agreement = self.conclude()
        self.release("2026-12-01")
        self.assertEqual(
            self.figures(self.proof("2026-11-30")),
            [(agreement, 3033.80, 2781.02, 252.78, 0, 252.78, 0)],
        )
        self.assertEqual(
            self.figures(self.proof("2026-12-31")),
            [(agreement, 3033.80, 3033.80, 0, 0, 0, 0)],
        )

    def test_ended_early(self):
        """Ended on 31 May: 1,654.80 are credited; 1,379.00 stay as income."""
        agreement = self.conclude()
        self.release("2026-05-05")
        self.cancel(agreement, "2026-05-31", "2026-06-02")
        self.assertEqual(
            self.figures(self.proof("2026-05-31")),
            [(agreement, 3033.80, 1264.10, 1769.70, 0, 1769.70, 0)],
        )
        self.assertEqual(
            self.figures(self.proof("2026-06-30")),
            [(agreement, 1379.0, 1379.0, 0, 0, 0, 0)],
        )

    def test_of_no_agreement(self):
        """An entry by hand of 500.00 stands on the account, but of no agreement. The
        account has 3,033.80 + 500.00."""
        agreement = self.conclude()
        entry = self.by_hand(500.0, "2026-01-15")
        here = self.by_hand(20.0, "2026-02-10", property_community_id=self.community.id)
        # Before January is released.
        rows = self.proof("2026-01-31")
        by_agreement = {row.prepayment_id: row for row in rows}
        self.assertEqual(
            self.figures(by_agreement[agreement]),
            [(agreement, 3033.80, 0, 3033.80, 0, 3033.80, 0)],
        )
        other = rows.filtered(lambda row: not row.prepayment_id)
        none = self.env["property.prepayment"]
        self.assertEqual(self.figures(other), [(none, 0, 0, 0, 500.0, 500.0, 0)])
        self.assertEqual(sum(rows.mapped("balance")), 3533.80)
        action = other.with_context(property_as_of="2026-01-31").action_open()
        items = self.env["account.move.line"].search(action["domain"])
        self.assertEqual(items, entry.line_ids.filtered(
            lambda line: line.account_id == self.liability
        ))  # fmt: skip
        rows = self.proof("2026-02-28", domain=[("prepayment_id", "=", False)])
        self.assertEqual(
            {row.community_id: row.other for row in rows},
            {self.env["property.community"]: 500.0, self.community: 20.0},
        )
        row = rows.filtered("community_id")
        items = self.env["account.move.line"].search(row.action_open_items()["domain"])
        self.assertEqual(items.move_id, here)

    def test_journal_items_behind_an_agreement(self):
        agreement = self.conclude()
        self.release("2026-02-10")
        row = self.proof("2026-01-31")
        action = row.with_context(property_as_of="2026-01-31").action_open_items()
        items = self.env["account.move.line"].search(action["domain"])
        self.assertEqual(round(sum(items.mapped("balance")), 2), -2780.98)
        self.assertEqual(row.action_open()["res_id"], agreement.id)

    def test_what_does_not_tie_is_seen(self):
        """An item that names an agreement but is neither a document nor a month of its
        schedule: 7.00 too much on the account."""
        agreement = self.conclude()
        entry = self.by_hand(7.0, "2026-01-15")
        entry.line_ids.filtered(
            lambda line: line.account_id == self.liability
        ).property_prepayment_id = agreement
        self.assertEqual(
            self.figures(self.proof("2026-01-31")),
            [(agreement, 3033.80, 0, 3033.80, 0, 3040.80, -7.0)],
        )

    def test_another_currency(self):
        """The price is that of the first day, when 4 of it are worth 1: 11 × 1,103.20
        = 12,135.20. It is invoiced when 2 of it are worth 1: 6,067.60. A month is
        1,011.27 (1,011.2666…) and takes half of it off the account, whatever the rate
        is by then."""
        foreign = self.setup_other_currency(
            "EUR", rates=[("2025-01-01", 2.0), ("2026-01-01", 4.0)]
        )
        agreement = self.conclude(currency_id=foreign.id)
        self.release("2026-01-10")
        row = self.proof("2026-01-31")
        self.assertEqual(row.prepayment_currency_id, foreign)
        self.assertEqual(
            (row.invoiced_currency, row.released_currency, row.owed_currency),
            (12135.20, 1011.27, 11123.93),
        )
        self.assertEqual((row.balance_currency, row.difference_currency), (11123.93, 0))
        released = agreement.line_ids[0].move_id.line_ids.filtered("debit").debit
        self.assertAlmostEqual(released, 505.635, delta=0.0051)
        self.assertEqual(
            (row.invoiced, row.released, row.difference), (6067.60, released, 0)
        )
        self.assertEqual(row.balance, round(6067.60 - released, 2))

    def test_of_an_owner_ledger(self):
        """An agreement that came in with a ledger has an entry, no invoice."""
        opening = self.env["account.account"].create(
            {"name": "Opening", "code": "399001", "account_type": "equity"}
        )
        record = self.env["property.ledger.import"].create(
            {
                "file": b"eA==",
                "community_id": self.community.id,
                "as_of": "2025-12-31",
                "opening_account_id": opening.id,
                "advance_account_id": self.liability.id,
            }
        )
        self.open_ledger(record, 551.60)
        agreement = self.env["property.prepayment"].search(
            [("unit_id", "=", self.unit.id)]
        )
        self.release("2026-01-10")
        self.assertEqual(
            self.figures(self.proof("2025-12-31")),
            [(agreement, 551.60, 0, 551.60, 0, 551.60, 0)],
        )
        self.assertEqual(
            self.figures(self.proof("2026-01-31")),
            [(agreement, 551.60, 275.80, 275.80, 0, 275.80, 0)],
        )

    def open_ledger(self, record, amount):
        """Two months ahead, as ``_import_ledger`` brings them in."""
        work = LedgerWork(date(2025, 12, 31), Decimal("0.01"), {})
        work.advances.append(
            Advance(
                self.owner.id, self.unit.id, "1 101", date(2026, 2, 28), Decimal(amount)
            )
        )
        record._post_advances(work)

    def test_totals_by_account_and_community(self):
        self.conclude()
        self.by_hand(500.0, "2026-01-15")
        groups = (
            self.env["property.prepayment.proof"]
            .with_context(property_as_of="2026-01-31")
            ._read_group(
                [("company_id", "=", self.company.id)],
                ["account_id", "community_id"],
                ["owed:sum", "other:sum", "balance:sum", "difference:sum"],
                order="community_id",
            )
        )
        nowhere = self.env["property.community"]
        self.assertEqual(
            {(account, place): sums for account, place, *sums in groups},
            {
                (self.liability, self.community): [3033.80, 0, 3033.80, 0],
                (self.liability, nowhere): [0, 500.0, 500.0, 0],
            },
        )
