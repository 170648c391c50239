"""Months paid ahead that come in with an owner ledger."""

from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ..estate.ledger_common import LedgerCommon, unit_row


@tagged("post_install", "-at_install")
class TestOpening(LedgerCommon):
    """Units of 100 m² at 2.00, 200.00 a month; the ledger covers up to 2026-09."""

    def agreements(self):
        return self.env["property.prepayment"].search(
            [("community_id", "=", self.community.id)], order="id"
        )

    def entry(self, record):
        return self.env["account.move"].search(
            [
                ("property_ledger_import_id", "=", record.id),
                ("move_type", "=", "entry"),
            ]
        )

    def test_each_unit_paid_ahead_becomes_an_agreement(self):
        """101 is paid to December: three months, 600.00; 102 owes nothing and has paid
        nothing ahead."""
        record = self.import_rows(
            unit_row("101", "Wang", paidthrough="2026-12"), unit_row("102", "Li")
        )
        agreement = self.agreements()
        self.assertEqual(agreement.unit_id, self.unit("101"))
        self.assertEqual(agreement.partner_id.name, "Wang")
        self.assertEqual(agreement.state, "running")
        self.assertTrue(agreement.is_opening)
        self.assertFalse(agreement.offer_id or agreement.move_id)
        self.assertEqual(agreement.date_from, date(2026, 10, 1))
        self.assertEqual(agreement.date_to, date(2026, 12, 31))
        self.assertEqual(agreement.months, 3)
        self.assertEqual(
            (agreement.amount_list, agreement.amount, agreement.amount_total),
            (600.0, 600.0, 600.0),
        )
        self.assertEqual(agreement.currency_id, self.company.currency_id)
        self.assertEqual(agreement.community_id, self.community)
        self.assertEqual(
            [(row.month, row.amount) for row in agreement.line_ids],
            [
                (date(2026, 10, 1), 200.0),
                (date(2026, 11, 1), 200.0),
                (date(2026, 12, 1), 200.0),
            ],
        )
        [item] = agreement.item_ids
        self.assertEqual(item.fee_item_id, self.fee)
        self.assertEqual((item.quantity, item.price_unit, item.monthly), (100, 2, 200))
        revenue = self.company_data["default_account_revenue"]
        self.assertEqual(item.account_id, revenue)
        liability = self.entry(record).line_ids.filtered("credit")
        self.assertEqual(liability.property_prepayment_id, agreement)
        self.assertEqual(liability.account_id, self.advance_account)

    def test_the_last_month_takes_what_rounding_left(self):
        """33.33 m² × 2.00 × 7 months = 466.62: 66.66 a month. 33.35 × 1.99 × 3 months
        is 199.0995, rounded 199.10: 66.37, 66.37 and 66.36."""
        self.import_rows(
            unit_row("101", "Wang", area=33.33, paidthrough="2027-04"),
            unit_row("102", "Li", area=33.35, price=1.99, paidthrough="2026-12"),
        )
        first, second = self.agreements()
        self.assertEqual(first.line_ids.mapped("amount"), [66.66] * 7)
        self.assertEqual(second.amount, 199.10)
        self.assertEqual(second.line_ids.mapped("amount"), [66.37, 66.37, 66.36])

    def test_covered_and_not_billed(self):
        """October is paid ahead of 101; 102 is billed 200.00."""
        self.make_rate(2.0)
        self.import_rows(
            unit_row("101", "Wang", paidthrough="2026-10"), unit_row("102", "Li")
        )
        unit = self.unit("101")
        self.assertEqual(unit.paid_through, date(2026, 10, 31))
        self.assertEqual(unit.paid_directly, date(2026, 10, 31))
        [cover] = self.agreements().cover_ids
        self.assertEqual(cover.fee_item_id, self.fee)
        self.assertEqual(
            (cover.date_from, cover.date_to), (date(2026, 10, 1), date(2026, 10, 31))
        )
        october, november = self.make_run("2026-10-01"), self.make_run("2026-11-01")
        (october | november).action_compute()
        self.assertEqual(
            self.charges_of(october), [("102", "Li", self.fee.code, 200.0)]
        )
        self.assertEqual(len(november.charge_ids), 2)

    def test_every_fee_that_can_be_paid_ahead_is_covered(self):
        """The ledger's price is the property fee's; that of the lift, which the unit
        pays as well, is covered too, water by meter is not."""
        self.make_rate(2.0)
        lift = self.make_item("Lift", "LF", "fixed")
        self.make_rate(5.0, lift)
        self.make_rate(4.0, self.make_item("Water", "WA", "meter"))
        self.make_item("Not charged", "NC", "fixed")
        self.import_rows(unit_row("101", "Wang", paidthrough="2026-10"))
        agreement = self.agreements()
        self.assertEqual(agreement.cover_ids.fee_item_id, self.fee | lift)
        self.assertEqual(agreement.item_ids.fee_item_id, self.fee)

    def test_the_developer_has_paid_for_what_is_not_handed_over(self):
        self.import_rows(unit_row("101", None, status="未售", paidthrough="2026-10"))
        self.assertEqual(self.agreements().partner_id, self.developer)

    def test_the_same_ledger_again_makes_nothing(self):
        rows = [unit_row("101", "Wang", paidthrough="2026-12")]
        self.import_rows(*rows)
        again = self.import_rows(*rows)
        self.assertEqual(len(self.agreements()), 1)
        self.assertFalse(again.move_count)

    def test_what_was_sold_already_is_not_covered_twice(self):
        """The unit paid for October to December here; then a ledger says the same. The
        money comes in, but of no agreement: somebody has to look at it."""
        unit = self.make_unit("101", 100.0, owner="Wang")
        self.make_rate(2.0)
        offer = self.env["property.prepayment.offer"].create(
            {"name": "Quarter", "months": 3}
        )
        sold = self.env["property.prepayment"].create(
            {"unit_id": unit.id, "offer_id": offer.id, "date_from": "2026-10-01"}
        )
        sold.action_confirm()
        record = self.import_rows(unit_row("101", "Wang", paidthrough="2026-12"))
        self.assertEqual(self.agreements(), sold)
        liability = self.entry(record).line_ids.filtered("credit")
        self.assertEqual(liability.credit, 600.0)
        self.assertFalse(liability.property_prepayment_id)

    def test_an_offer_does_not_combine_with_it(self):
        self.make_rate(2.0)
        self.import_rows(unit_row("101", "Wang", paidthrough="2026-12"))
        offer = self.env["property.prepayment.offer"].create(
            {"name": "Quarter", "months": 3}
        )
        for first, months in ((date(2026, 12, 1), True), (date(2027, 1, 1), False)):
            draft = self.env["property.prepayment"].create(
                {
                    "unit_id": self.unit("101").id,
                    "offer_id": offer.id,
                    "date_from": first,
                }
            )
            refused = any("paid ahead already" in t for t in draft._refusals()[draft])
            self.assertEqual(refused, months)

    def test_by_customer_service(self):
        """Whoever brings the ledger in keeps neither books nor rates."""
        record = self.import_rows(
            unit_row("101", "Wang", paidthrough="2026-12"), user=self.user_cs
        )
        self.assertEqual(record.state, "done")
        self.assertEqual(self.agreements().user_id, self.user_cs)

    def test_two_companies_keep_their_accounts(self):
        """The income account is the company's own."""
        other = self.setup_other_company()["company"]
        self.env.user.company_ids = [Command.link(other.id)]
        self.fee.product_id.with_company(other).property_account_income_id = self.env[
            "account.account"
        ].search(
            [("company_ids", "in", other.ids), ("account_type", "=", "income")], limit=1
        )
        self.import_rows(unit_row("101", "Wang", paidthrough="2026-10"))
        item = self.agreements().item_ids
        self.assertEqual(item.account_id, self.company_data["default_account_revenue"])
