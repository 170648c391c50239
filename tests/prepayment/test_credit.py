from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestCredit(ReleaseCommon):
    """What accountants do with the documents of an agreement in Odoo's own screens."""

    def test_part(self):
        """300.00 credited in May: 1,769.70 − 300.00 = 1,469.70 over seven months,
        209.96 (209.957…) six times and 209.94."""
        agreement = self.conclude()
        self.release("2026-05-02")
        note = self.credit(agreement.move_id, "2026-05-10", [300.0])
        self.assertEqual(note.property_prepayment_id, agreement)
        self.assertEqual(note.amount_total, 300.0)
        self.assertEqual(
            agreement.line_ids.mapped("amount"), [252.82] * 5 + [209.96] * 6 + [209.94]
        )
        self.assertEqual(self.balance(agreement), 1469.70)
        self.assertEqual(self.balance(agreement, "2026-05-09"), 1769.70)
        self.assertTies(agreement, "2026-05-09", "2026-05-31")
        self.release("2027-01-01")
        self.assertEqual(self.earned(), 2733.80)
        self.assertEqual(agreement.state, "done")
        self.assertTies(agreement)

    def test_part_taken_back(self):
        """The note goes back to draft: the rest is spread anew, 1,769.70 over seven
        months, 252.81 (252.8142…) six times and 252.84."""
        agreement = self.conclude()
        self.release("2026-05-02")
        note = self.credit(agreement.move_id, "2026-05-10", [300.0])
        note.button_draft()
        self.assertEqual(
            agreement.line_ids.mapped("amount")[5:], [252.81] * 6 + [252.84]
        )
        self.assertTies(agreement)
        note.action_post()
        self.assertEqual(agreement.amount_owed, 1469.70)
        self.assertTies(agreement)

    def test_more_than_is_owed(self):
        """2,000.00 credited when 1,769.70 are owed: 230.30 of income are taken back at
        once, the seven months that come are worth nothing."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.credit(agreement.move_id, "2026-05-10", [2000.0])
        settlement = agreement.line_ids.filtered(lambda line: line.kind != "month")
        self.assertEqual(settlement.amount, -230.30)
        self.assertEqual(self.earned(), 1033.80)
        self.assertEqual(self.balance(agreement), 0.0)
        self.release("2027-01-01")
        self.assertEqual(agreement.state, "done")
        self.assertEqual(self.earned(), 1033.80)
        self.assertTies(agreement)

    def test_whole_before_any_month(self):
        """Nothing is invoiced any more: it is undone, its months are free."""
        agreement = self.conclude(paid=False)
        self.credit(agreement.move_id, "2025-12-22")
        self.assertEqual(agreement.state, "cancelled")
        self.assertFalse(agreement.cover_ids)
        self.assertFalse(agreement.line_ids)
        self.assertFalse(self.unit.paid_through)
        self.assertEqual(self.balance(agreement), 0.0)

    def test_whole_after_months_were_released(self):
        """All is credited in May: the 1,264.10 released are taken back, and January is
        billed by its next run."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.credit(agreement.move_id, "2026-05-10")
        self.assertEqual(agreement.state, "cancelled")
        settlement = agreement.line_ids.filtered(lambda line: line.kind != "month")
        self.assertEqual(settlement.amount, -1264.10)
        self.assertEqual(settlement.move_id.date, date(2026, 5, 10))
        self.assertEqual(self.earned(), 0.0)
        self.assertEqual(self.balance(agreement, "2026-05-09"), 1769.70)
        self.assertTies(agreement, "2026-05-09", "2026-05-10")
        self.assertTrue(agreement.activity_ids)
        run = self.make_run("2026-01-01")
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 275.80)

    def test_after_the_end(self):
        """A credit of 100.00 when the term is over: taken from income at once."""
        agreement = self.conclude()
        self.release("2027-01-01")
        self.credit(agreement.move_id, "2027-01-15", [100.0])
        self.assertEqual(self.earned(), 2933.80)
        self.assertEqual(agreement.state, "done")
        self.assertTies(agreement, "2026-12-31")

    def test_line_on_another_account(self):
        """50.00 for an apology, booked against income, leaves the months alone."""
        agreement = self.conclude()
        note = agreement.move_id._reverse_moves([{"invoice_date": date(2026, 1, 5)}])
        note.invoice_line_ids[1:].unlink()
        note.invoice_line_ids.write(
            {"quantity": 1, "price_unit": 50.0, "account_id": self.income.id}
        )
        note.action_post()
        self.assertEqual(agreement.amount_owed, 3033.80)
        self.assertEqual(agreement.line_ids[0].amount, 252.82)

    def test_invoice_stays(self):
        agreement = self.conclude(paid=False)
        with self.assertRaisesRegex(UserError, "Cancel the agreement"):
            agreement.move_id.button_draft()
        with self.assertRaisesRegex(UserError, "Cancel the agreement"):
            agreement.move_id.button_cancel()

    def test_entries_stay(self):
        agreement = self.conclude()
        self.release("2026-01-31")
        entry = self.entries(agreement)
        with self.assertRaisesRegex(UserError, "releases or carries"):
            entry.button_draft()
        with self.assertRaisesRegex(UserError, "releases or carries"):
            entry._reverse_moves(cancel=True)

    def test_not_made_anew(self):
        agreement = self.conclude()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=agreement.move_id.ids)
            .create({"journal_id": agreement.move_id.journal_id.id})
        )
        with self.assertRaisesRegex(UserError, "conclude another one"):
            wizard.modify_moves()

    def test_settlement_stays(self):
        """The credit note of an ended agreement is not taken back."""
        agreement = self.conclude()
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        note = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        with self.assertRaisesRegex(UserError, "has ended"):
            note.button_draft()

    def test_two_fees(self):
        """100.00 credited of the energy fee (440.00) before the term: the months get
        3,373.80; over the year energy gets 340.00, the property fee 3,033.80."""
        account = self.income.copy({"code": "400777"})
        energy = self.make_item("Energy fee", "EF", "fixed", is_prepayable=True)
        energy.product_id.property_account_income_id = account
        self.make_rate(40, energy)
        agreement = self.conclude()
        with freeze_time("2025-12-22 04:00"):
            note = agreement.move_id._reverse_moves(
                [{"invoice_date": date(2025, 12, 22)}]
            )
            of_energy = note.invoice_line_ids.filtered(
                lambda line: line.product_id == energy.product_id
            )
            (note.invoice_line_ids - of_energy[0]).unlink()
            of_energy[0].write({"quantity": 1, "price_unit": 100.0})
            note.action_post()
        self.assertEqual(agreement.amount_owed, 3373.80)
        self.release("2026-12-31")
        self.assertEqual(self.earned(), 3033.80)
        self.assertEqual(self.earned(account), 340.00)
        self.assertTies(agreement)

    def test_no_copy(self):
        """A copy would raise the liability under no agreement."""
        agreement = self.conclude()
        with self.assertRaisesRegex(UserError, "is not copied"):
            agreement.move_id.copy()

    def test_no_client_skips_the_schedule(self):
        """A key of the context, as any client may send it, changes nothing: 1,769.70
        less 300.00 are owed and spread."""
        agreement = self.conclude()
        self.release("2026-05-02")
        note = agreement.move_id.with_context(
            property_prepayment_own=True
        )._reverse_moves([{"invoice_date": date(2026, 5, 10)}])
        note.invoice_line_ids[1:].unlink()
        note.invoice_line_ids.write({"quantity": 1, "price_unit": 300.0})
        note.action_post()
        self.assertEqual(agreement.amount_owed, 1469.70)
        self.assertTies(agreement)
