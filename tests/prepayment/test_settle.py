from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestCancel(ReleaseCommon):
    """12 → 1 at 275.80: 3,033.80 paid; 252.82 a month, five of them 1,264.10."""

    def test_list_rule_after_five_months(self):
        """Used 5 × 275.80 = 1,379.00; paid back 3,033.80 − 1,379.00 = 1,654.80. Of the
        used 1,264.10 are released, 114.90 are income now."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        self.assertEqual(agreement.state, "cancelled")
        self.assertEqual(agreement.date_cancelled, date(2026, 5, 20))
        self.assertEqual(agreement.date_to, date(2026, 5, 31))
        note = self.note_of(agreement)
        self.assertEqual(note.amount_total, 1654.80)
        self.assertEqual(note.partner_id, self.owner)
        self.assertEqual(note.reversed_entry_id, agreement.move_id)
        # The invoice is paid: the note stays to the owner's credit.
        self.assertEqual(note.payment_state, "not_paid")
        settlement = agreement.line_ids.filtered(lambda line: line.kind != "month")
        self.assertEqual(settlement.amount, 114.90)
        self.assertEqual(settlement.move_id.date, date(2026, 5, 20))
        self.assertEqual(self.earned(), 1379.00)
        self.assertEqual(self.balance(agreement), 0.0)
        # 31 March: 3,033.80 − 3 × 252.82.
        self.assertEqual(self.balance(agreement, "2026-03-31"), 2275.34)
        self.assertTies(agreement, "2026-03-31", "2026-05-19", "2026-05-20")
        self.assertEqual(agreement.amount_net, 1379.00)
        self.assertEqual(len(agreement.line_ids), 6)

    def test_share_rule_after_five_months(self):
        """What is not released is paid back: 7 shares, 1,769.70; no settlement."""
        self.offer.refund_rule = "share"
        agreement = self.conclude()
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        self.assertEqual(self.note_of(agreement).amount_total, 1769.70)
        self.assertEqual(set(agreement.line_ids.mapped("kind")), {"month"})
        self.assertEqual(self.earned(), 1264.10)
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertTies(agreement)

    def test_in_the_middle_of_a_month(self):
        """Sold: the buyer comes on 12 May. List: 4 × 275.80 + 275.80 × 11 ÷ 31 = 97.86
        (97.8645), 1,201.06; paid back 1,832.74. 1,264.10 are released: 63.04 too much,
        which the settlement takes back."""
        agreement = self.conclude()
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-11", "2026-05-12")
        self.assertEqual(self.note_of(agreement).amount_total, 1832.74)
        settlement = agreement.line_ids.filtered(lambda line: line.kind != "month")
        self.assertEqual(settlement.amount, -63.04)
        self.assertEqual(self.earned(), 1201.06)
        self.assertTies(agreement, "2026-04-30", "2026-05-11")
        self.assertEqual(self.cover_of(agreement)[-1], ("2026-05-01", "2026-05-11"))
        self.assertEqual(len(agreement.cover_ids), 5)
        self.assertEqual(self.unit.paid_through, date(2026, 5, 11))

    def test_freed_days_are_billed_again(self):
        """From 12 May 20 of 31 days are billed: 275.80 × 20 ÷ 31 = 177.94 (177.9355);
        June in full; April is still paid ahead."""
        agreement = self.conclude()
        self.cancel(agreement, "2026-05-11", "2026-05-12")
        april, may, june = (self.make_run(f"2026-0{month}-01") for month in (4, 5, 6))
        (april | may | june).action_compute()
        self.assertFalse(april.charge_ids)
        self.assertEqual(may.charge_ids.amount, 177.94)
        self.assertEqual(may.charge_ids.date_from, date(2026, 5, 12))
        self.assertEqual(june.charge_ids.amount, 275.80)

    def test_last_day_to_come(self):
        """Ended in March for the end of June. List: 6 × 275.80 = 1,654.80 used,
        1,379.00 paid back. Three months are released, April to June keep their shares
        and are released as they begin; what was used at the full price beyond the six
        shares, 1,654.80 − 1,516.92 = 137.88, is income at once."""
        agreement = self.conclude()
        self.cancel(agreement, "2026-06-30", "2026-03-20")
        self.assertEqual(self.note_of(agreement).amount_total, 1379.00)
        # 3 × 252.82 + 137.88
        self.assertEqual(self.earned(), 896.34)
        self.assertEqual(self.balance(agreement), 758.46)
        self.assertTies(agreement, "2026-03-19", "2026-03-20")
        self.release("2026-06-01")
        self.assertEqual(self.earned(), 1654.80)
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(agreement.state, "cancelled")
        self.assertTies(agreement)

    def test_before_it_begins(self):
        """Nothing is used: all is credited, and the unit is not paid ahead."""
        agreement = self.conclude("2026-03-01")
        self.cancel(agreement, "2026-02-28", "2026-01-15")
        self.assertEqual(self.note_of(agreement).amount_total, 3033.80)
        self.assertFalse(agreement.line_ids)
        self.assertFalse(agreement.cover_ids)
        self.assertFalse(agreement.date_to)
        self.assertFalse(self.unit.paid_through)
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertEqual(self.earned(), 0.0)

    def test_never_below_zero(self):
        """Eleven months and a half at the full price are more than was paid: 3,033.80
        + 133.45 … nothing is paid back, and nothing is asked for."""
        agreement = self.conclude()
        self.release("2026-12-02")
        self.assertEqual(agreement.amount_owed, 0.0)
        other = self.conclude_other()
        self.release("2026-11-30")
        self.cancel(other, "2026-12-15", "2026-11-30")
        self.assertFalse(self.note_of(other))
        self.release("2026-12-31")
        self.assertEqual(self.balance(other), 0.0)
        self.assertEqual(other.amount_released, 3033.80)

    def conclude_other(self):
        unit = self.make_unit("102", 98.5)
        return self.conclude(unit_id=unit.id, partner_id=unit.owner_id.id)

    def test_unpaid_invoice(self):
        """Not paid yet: the credit note is set off against the invoice, and 1,379.00
        stay to be paid."""
        self.offer.payment_days = 300
        agreement = self.conclude(paid=False)
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        self.assertEqual(self.note_of(agreement).payment_state, "paid")
        self.assertEqual(agreement.move_id.amount_residual, 1379.00)

    def test_vouchers(self):
        """A service that was taken counts at its list price of 80.00 under the rule
        list: 1,654.80 − 80.00; the one not taken is void. Under share it is not
        counted."""
        service = self.env["product.product"].create(
            {"name": "Window cleaning", "type": "service", "list_price": 80.0}
        )
        agreement = self.conclude()
        agreement.voucher_ids.sudo().unlink()
        taken, other = (
            self.env["property.voucher"]
            .sudo()
            .create(
                [
                    {"prepayment_id": agreement.id, "product_id": service.id}
                    for _voucher in range(2)
                ]
            )
        )
        taken.state = "redeemed"
        ending = agreement._ending(date(2026, 5, 31), "list")
        self.assertEqual((ending.vouchers, ending.refund), (80.0, 1574.80))
        ending = agreement._ending(date(2026, 5, 31), "share")
        self.assertEqual((ending.vouchers, ending.refund), (0.0, 1769.70))
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        self.assertEqual(self.note_of(agreement).amount_total, 1574.80)
        self.assertEqual(self.earned(), 1459.00)
        self.assertEqual((taken.state, other.state), ("redeemed", "expired"))

    def test_refusals(self):
        agreement = self.conclude()
        with self.assertRaises(UserError):
            self.cancel(agreement, "2027-01-01", "2026-02-01")
        self.cancel(agreement, "2026-01-31", "2026-02-01")
        with self.assertRaises(UserError):
            self.cancel(agreement, "2026-01-31", "2026-02-01")

    def test_months_billed_already(self):
        """May was billed without the unit: Finance is told that a further run is
        needed, and that run bills the days."""
        agreement = self.conclude()
        self.make_unit("102", 10)
        run = self.make_run("2026-05-01")
        run.action_compute()
        self.sign(run)
        run.action_create_invoices()
        self.cancel(agreement, "2026-05-11", "2026-05-12")
        self.assertEqual(agreement.activity_ids.user_id, self.user_finance)
        self.assertIn("billing run", agreement.activity_ids.note)
        again = self.make_run("2026-05-01")
        again.action_compute()
        self.assertEqual(again.charge_ids.mapped("unit_id"), self.unit)
        self.assertEqual(again.charge_ids.amount, 177.94)

    def test_tax_price_excluded(self):
        """6 per cent on top: 3,033.80 + 182.03. Paid back 1,654.80 + 99.29."""
        self.tax(price_include_override="tax_excluded")
        agreement = self.conclude()
        self.assertEqual(agreement.amount_total, 3215.83)
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        note = self.note_of(agreement)
        self.assertEqual((note.amount_untaxed, note.amount_tax), (1654.80, 99.29))
        self.assertEqual(self.earned(), 1379.00)
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertTies(agreement, "2026-04-30")

    def test_tax_price_included(self):
        """6 per cent within the price: 3,033.80 are 2,862.08 without tax (2,862.0755),
        the year 3,122.27, as Odoo rounds over the whole invoice. A share is 238.51
        (238.5067), the last one 238.47. Full price 260.19 a month (260.1892), five of
        them 1,300.95; paid back 1,561.13 and 93.67 tax, together 1,654.80
        (1,561.13 × 1.06 = 1,654.7978)."""
        self.tax(price_include_override="tax_included")
        agreement = self.conclude()
        self.assertEqual(agreement.amount, 2862.08)
        self.assertEqual(agreement.line_ids.mapped("amount"), [238.51] * 11 + [238.47])
        self.release("2026-05-02")
        self.cancel(agreement, "2026-05-31", "2026-05-20")
        note = self.note_of(agreement)
        self.assertEqual(
            (note.amount_untaxed, note.amount_tax, note.amount_total),
            (1561.13, 93.67, 1654.80),
        )
        self.assertEqual(self.earned(), 1300.95)
        self.assertEqual(self.balance(agreement), 0.0)
        self.assertTies(agreement)

    def tax(self, **values):
        tax = self.env["account.tax"].create(
            {"name": "6%", "amount": 6, "type_tax_use": "sale", **values}
        )
        self.fee.product_id.taxes_id = tax

    def note_of(self, agreement):
        return self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
