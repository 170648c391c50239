from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .release_common import ReleaseCommon


@tagged("post_install", "-at_install")
class TestAdjust(ReleaseCommon):
    """98.5 m² at 2.80 = 275.80; from July on at 3.00 = 295.50, 19.70 more a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer.price_rule = "rate"

    def raise_rate(self, price=3.0, day="2026-07-01"):
        rate = self.env["property.fee.rate"].search(
            [("fee_item_id", "=", self.fee.id), ("date_to", "=", False)]
        )
        self.make_rate(price, date_from=Date.to_date(day))
        return rate

    def adjust(self, agreement, month="2026-07-01", on="2026-07-05", fees=None):
        with freeze_time(f"{on} 04:00"):
            return agreement._adjust(Date.to_date(month), fees, "New rate")

    def test_raised_in_month_seven(self):
        """Six months are left, the last one free: 5 × 19.70 = 98.50 are billed. July is
        released at 252.82; 1,264.06 + 98.50 = 1,362.56 over five months, 272.51
        (272.512) four times and 272.52."""
        agreement = self.conclude()
        self.raise_rate()
        self.release("2026-07-02")
        invoice = self.adjust(agreement)
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.amount_total, 98.50)
        self.assertEqual(invoice.invoice_line_ids.account_id, self.liability)
        self.assertEqual(
            agreement.line_ids.mapped("amount"), [252.82] * 7 + [272.51] * 4 + [272.52]
        )
        self.assertEqual(agreement.amount_net, 3132.30)
        self.assertEqual(agreement.item_ids.monthly, 295.50)
        self.assertTies(agreement, "2026-07-04", "2026-07-05")
        self.release("2026-12-01")
        self.assertEqual(self.earned(), 3132.30)
        self.assertTies(agreement)

    def test_lowered(self):
        """2.50 from July on: 246.25, 29.55 less; 5 × 29.55 = 147.75 are credited, to
        the owner's credit as the invoice is paid."""
        agreement = self.conclude()
        self.raise_rate(2.5)
        note = self.adjust(agreement)
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual(note.amount_total, 147.75)
        self.assertEqual(note.payment_state, "not_paid")
        self.release("2026-12-01")
        self.assertEqual(self.earned(), 2886.05)
        self.assertTies(agreement)

    def test_full_price_of_used_months(self):
        """Raised in July, ended at the end of September. List: 6 × 275.80 + 3 × 295.50
        = 2,541.30 of 3,132.30; 591.00 are paid back."""
        agreement = self.conclude()
        self.raise_rate()
        self.adjust(agreement)
        self.release("2026-09-02")
        self.cancel(agreement, "2026-09-30", "2026-09-20")
        self.assertEqual(agreement.amount_net, 2541.30)
        self.assertEqual(self.earned(), 2541.30)
        self.assertTies(agreement)

    def test_held_price(self):
        """The offer holds the price: nothing differs, nothing is billed."""
        self.offer.price_rule = "fixed"
        agreement = self.conclude()
        self.raise_rate()
        with freeze_time("2026-07-05 04:00"):
            self.assertFalse(agreement.is_price_outdated)
        with self.assertRaisesRegex(UserError, "holds the price"):
            self.adjust(agreement)
        self.release("2026-12-01")
        self.assertEqual(self.earned(), 3033.80)

    def test_found(self):
        """Finance finds it once the new rate holds, until the price is changed."""
        agreement = self.conclude()
        self.raise_rate()
        agreements = self.env["property.prepayment"].with_user(self.user_finance)
        domain = [("is_price_outdated", "=", True)]
        with freeze_time("2026-06-30 04:00"):
            self.assertFalse(agreements.search(domain))
            self.assertEqual(
                agreements.search([("is_price_outdated", "=", False)]), agreement
            )
        with freeze_time("2026-07-05 04:00"):
            self.env.invalidate_all()
            self.assertEqual(agreements.search(domain), agreement)
        self.adjust(agreement)
        with freeze_time("2026-07-05 04:00"):
            self.env.invalidate_all()
            self.assertFalse(agreements.search(domain))

    def vacate(self, day="2026-04-01"):
        vacancy = self.env["property.vacancy"].create(
            {"unit_id": self.unit.id, "date_from": Date.to_date(day), "reason": "Away"}
        )
        vacancy.sudo().write({"state": "approved"})
        return vacancy

    def test_vacant_from_the_start(self):
        """At 0.7 of 275.80, 193.06 a month: eleven months 2,123.66; a share is 176.97
        (176.9717), the last one 176.99."""
        self.company.property_vacancy_min_months = 0
        self.env["property.fee.rate"].search([]).vacancy_factor = 0.7
        self.vacate("2026-01-01")
        agreement = self.conclude()
        self.assertEqual(agreement.item_ids.factor, 0.7)
        self.assertEqual(agreement.amount, 2123.66)
        self.assertEqual(agreement.line_ids.mapped("amount"), [176.97] * 11 + [176.99])

    def test_vacant_within_the_term(self):
        """Vacant from July on: 193.06 instead of 275.80, 82.74 less; 5 × 82.74 = 413.70
        are credited."""
        self.company.property_vacancy_min_months = 0
        self.env["property.fee.rate"].search([]).vacancy_factor = 0.7
        agreement = self.conclude()
        self.vacate("2026-07-01")
        with freeze_time("2026-07-05 04:00"):
            self.assertTrue(agreement.is_price_outdated)
        note = self.adjust(agreement)
        self.assertEqual(note.amount_total, 413.70)
        self.assertEqual(agreement.item_ids.factor, 0.7)
        self.release("2026-12-01")
        self.assertEqual(self.earned(), 2620.10)
        self.assertTies(agreement)

    def test_free_months_only(self):
        """From December on only the free month is left: nothing to bill."""
        agreement = self.conclude()
        self.raise_rate(day="2026-12-01")
        self.assertFalse(self.adjust(agreement, "2026-12-01", "2026-12-01"))

    def test_refusals(self):
        agreement = self.conclude()
        self.raise_rate()
        with self.assertRaises(UserError):
            self.adjust(agreement, "2027-01-01")
        with self.assertRaises(UserError):
            self.adjust(agreement, "2026-07-02")
        self.adjust(agreement)
        with self.assertRaisesRegex(UserError, "later month"):
            self.adjust(agreement, "2026-06-01")

    def test_rate_has_ended(self):
        """A second fee of 100.00 is given up from July on; nothing is free: 6 × 100.00
        are credited."""
        item = self.make_item("Energy", "EN", "fixed", is_prepayable=True)
        rate = self.make_rate(100.0, item=item)
        self.offer.free_months = 0
        agreement = self.conclude()
        rate.date_to = Date.to_date("2026-06-30")
        with freeze_time("2026-07-05 04:00"):
            self.assertTrue(agreement.is_price_outdated)
        note = self.adjust(agreement)
        self.assertEqual((note.move_type, note.amount_total), ("out_refund", 600.00))
        self.assertEqual(agreement.item_ids.mapped("monthly"), [275.80, 0.0])
        with freeze_time("2026-07-05 04:00"):
            agreement.invalidate_recordset(["is_price_outdated"])
            self.assertFalse(agreement.is_price_outdated)
        self.assertTies(agreement)

    def include_tax(self):
        self.fee.product_id.taxes_id = self.env["account.tax"].create(
            {
                "name": "5 % within",
                "amount": 5.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
            }
        )

    def test_tax_included(self):
        """5 % within the price, 2.90 = 285.65 from July on: 5 × 9.85 = 49.25 are
        billed."""
        self.include_tax()
        agreement = self.conclude()
        self.raise_rate(2.9)
        self.release("2026-07-02")
        self.assertEqual(self.adjust(agreement).amount_total, 49.25)
        self.assertTies(agreement)

    def test_tax_included_full_price_of_used_months(self):
        """Ended at the end of September: paid are 3,033.80 + 49.25, used at full price
        6 × 275.80 + 3 × 285.65 = 2,511.75, so 571.30 come back. Without taxes: invoiced
        2,889.33 + 46.90 = 2,936.23, used 1,654.80 ÷ 1.05 = 1,576.00 and 856.95 ÷ 1.05 =
        816.14, credited 544.09, with 5 % 571.29. The cent is that of the two invoices,
        whose nets are rounded; months do not add one each."""
        self.include_tax()
        agreement = self.conclude()
        self.raise_rate(2.9)
        self.adjust(agreement)
        self.release("2026-09-02")
        self.cancel(agreement, "2026-09-30", "2026-09-20")
        notes = self.env["account.move"].search(
            [
                ("property_prepayment_id", "=", agreement.id),
                ("move_type", "=", "out_refund"),
            ]
        )
        self.assertEqual(notes.amount_untaxed, 544.09)
        self.assertEqual(notes.amount_total, 571.29)
        self.assertEqual(agreement.amount_net, 2392.14)
        self.assertTies(agreement)
