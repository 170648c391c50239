from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestLapse(ReleaseCommon):
    """The invoice of 20 December is due on 27 December."""

    def test_not_paid(self):
        """On the 27th it can still be paid; on the 28th it lapses: the invoice is
        credited, nothing is covered, and January is billed."""
        agreement = self.conclude(paid=False)
        self.assertEqual(agreement.move_id.invoice_date_due, date(2025, 12, 27))
        self.release("2025-12-27")
        self.assertEqual(agreement.state, "running")
        self.release("2025-12-28")
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(agreement.move_id.payment_state, "reversed")
        self.assertFalse(agreement.cover_ids)
        self.assertFalse(agreement.line_ids)
        self.assertFalse(self.unit.paid_through)
        self.assertTies(agreement)
        run = self.make_run("2026-01-01")
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 275.80)

    def test_late_call(self):
        """The action did not run for two months: nothing is released beforehand, and
        the months that have begun come with their runs."""
        agreement = self.conclude(paid=False)
        self.release("2026-02-20")
        self.assertEqual(agreement.state, "cancelled")
        self.assertFalse(agreement.line_ids)
        self.assertEqual(self.earned(), 0.0)

    def test_paid(self):
        agreement = self.conclude()
        self.release("2026-01-15")
        self.assertEqual(agreement.state, "running")

    def test_partly_paid(self):
        """1,000.00 of 3,033.80: Finance decides, and is asked once."""
        agreement = self.conclude(paid=False)
        self.pay(agreement, 1000.0)
        self.release("2026-01-02")
        self.release("2026-01-03")
        self.assertEqual(agreement.state, "running")
        self.assertEqual(len(agreement.activity_ids), 1)
        self.assertEqual(agreement.activity_ids.user_id, self.user_finance)
        # Its months go on until it is decided.
        self.assertEqual(len(self.entries(agreement)), 1)

    def test_money_not_matched(self):
        """The bank has the money, nobody has matched it yet."""
        agreement = self.conclude(paid=False)
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2025-12-24",
                "journal_id": self.company_data["default_journal_bank"].id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.owner.id,
                            "debit": debit,
                            "credit": credit,
                        }
                    )
                    for account, debit, credit in (
                        (self.bank_account(), 3033.80, 0.0),
                        (self.company_data["default_account_receivable"], 0, 3033.80),
                    )
                ],
            }
        ).action_post()
        self.release("2026-01-02")
        self.assertEqual(agreement.state, "running")
        self.assertIn("not matched", agreement.activity_ids.note)

    def bank_account(self):
        return self.company_data["default_journal_bank"].default_account_id
