from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestCloseMoney(BankCommon):
    def close(self, community=None, period="2026-03-01"):
        close = self.env["property.period.close"].create(
            {"community_id": (community or self.community).id, "period": period}
        )
        close.sudo().action_compute()
        return close

    def ties(self, close, kind):
        rows = close.tie_ids.filtered(lambda tie: tie.kind == kind)
        return [(tie.account_id, tie.ours, tie.ledger) for tie in rows]

    def test_overpaid(self):
        """500 taken, 300 of it for bills: 200 are matched with nothing."""
        with freeze_time("2026-03-20 04:00"):
            self.take(500)
        close = self.close()
        self.assertEqual((close.amount_received, close.unapplied_closing), (300, 200))
        receivable = self.owner.property_account_receivable_id
        self.assertEqual(self.ties(close, "unapplied"), [(receivable, -200, -200)])

    def test_on_account_of_two_communities(self):
        """70 on account in Sunset by who owes 300 here: they are Sunset's."""
        self.unit_elsewhere(self.sunset).owner_id = self.owner
        self.sunset.cs_user_ids = self.user_cs
        with freeze_time("2026-03-20 04:00"):
            counter = self.open_counter(community_id=self.sunset.id)
            counter.amount = 70
            counter.action_take()
        closes = self.close() | self.close(self.sunset)
        self.assertEqual(closes.mapped("unapplied_closing"), [0, 70])

    def test_bank_line(self):
        """A transfer of 300 matched with the bills: a row of the bank account."""
        line = self.make_line(300, f"{self.first.name} {self.second.name}", "Owner")
        self.finance(line).action_property_confirm()
        [row] = self.ties(self.close(), "money")
        self.assertEqual(row, (self.bank.default_account_id, 300, 300))

    def test_booked_by_hand(self):
        """60 taken out of the till and 77 put on the receivables, of no community."""
        with freeze_time("2026-03-20 04:00"):
            self.take(150)
        receivable = self.owner.property_account_receivable_id
        data = self.company_data
        for debit, credit, amount in (
            (data["default_account_expense"], self.till.default_account_id, 60),
            (receivable, data["default_account_revenue"], 77),
        ):
            items = [
                {"account_id": account.id, "balance": balance}
                for account, balance in ((debit, amount), (credit, -amount))
            ]
            items[0]["partner_id"] = self.owner.id
            self.env["account.move"].create(
                {
                    "move_type": "entry",
                    "date": "2026-03-21",
                    "line_ids": [Command.create(vals) for vals in items],
                }
            ).action_post()
        close = self.close()
        self.assertCountEqual(
            self.ties(close, "hand"),
            [(self.till.default_account_id, 0, -60), (receivable, 0, 77)],
        )
        self.assertEqual(close.difference_count, 2)

    def test_foreign_cash(self):
        """40 euros, 20 in company currency, go from a till into a safe of euros."""
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        till, safe = (
            self.till.copy({"name": name, "code": name[:4], "currency_id": euro.id})
            for name in ("Till of euros", "Safe of euros")
        )
        till.property_at_counter = True
        self.make_invoice(self.owner, 40, "2026-01-10", self.unit, currency_id=euro.id)
        with freeze_time("2026-03-20 04:00"):
            self.open_counter(journal_id=till.id).action_take()
            handover = self.prepare()
            handover.action_hand_over()
            finance = self.finance(handover)
            finance.journal_id = safe
            finance.action_confirm()
        rows = self.ties(self.close(), "money")
        self.assertIn((safe.default_account_id, 20, 20), rows)

    def prepare(self):
        handovers = self.env["property.cash.handover"].with_user(self.user_cs)
        return handovers.browse(handovers.action_prepare()["res_id"])

    def sign(self, close):
        with patch.object(type(close), "_render_pdf", lambda _self: b"%PDF"):
            close.with_user(self.user_finance).action_sign_finance()
            close.with_user(self.user_cs_head).action_sign_cs()

    def cash(self, close):
        """(opening, taken, handed, voided, given back, held)"""
        row = close.cash_ids
        names = ("opening", "taken_cash", "handed", "voided", "returned", "held")
        return tuple(row[name] for name in names)

    def test_voided_in_the_next_month(self):
        with freeze_time("2026-03-20 04:00"):
            receipt = self.take(100)
        with freeze_time("2026-04-02 04:00"):
            march = self.close()
            self.assertEqual(self.cash(march), (0, 100, 0, 0, 0, 100))
            self.sign(march)
        with freeze_time("2026-04-15 04:00"):
            self.void(receipt)
        with freeze_time("2026-05-02 04:00"):
            april = self.close(period="2026-04-01")
        self.assertEqual(self.cash(april), (100, 0, 0, 100, 0, 0))

    def test_given_back_in_the_next_month(self):
        with freeze_time("2026-03-20 04:00"):
            self.take(100)
            handover = self.prepare()
            handover.action_hand_over()
        with freeze_time("2026-04-02 04:00"):
            march = self.close()
            self.assertEqual(self.cash(march), (0, 100, 100, 0, 0, 0))
            self.sign(march)
        with freeze_time("2026-04-10 04:00"):
            finance = self.finance(handover)
            finance.return_reason = "Count again"
            finance.action_return()
        with freeze_time("2026-04-12 04:00"):
            handover.action_hand_over()
        with freeze_time("2026-05-02 04:00"):
            april = self.close(period="2026-04-01")
        self.assertEqual(self.cash(april), (0, 0, 100, 0, 100, 0))

    def test_redated_and_moved(self):
        """After February is signed one bill goes into March, one to Sunset."""
        with freeze_time("2026-06-01 04:00"):
            self.sign(self.close(period="2026-02-01"))
        self.first.button_draft()
        self.first.write({"invoice_date": "2026-03-05", "date": "2026-03-05"})
        self.first.action_post()
        self.second.write({"property_community_id": self.sunset.id})
        rows = self.close().adjustment_ids.sorted("amount")
        self.assertEqual(
            [(row.cause, row.amount, row.user_id.id) for row in rows],
            [("moved", -200, self.env.uid), ("redated", -100, self.env.uid)],
        )
        self.assertTrue(all(rows.mapped("entered_on")))
