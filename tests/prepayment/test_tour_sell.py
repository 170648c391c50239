"""An offer at the counter, in Chromium: on a desk and on a phone."""

from datetime import date

from odoo.tests import tagged

from ..billing.test_tour_month import TourCommon
from .sell_common import SellCommon


class SellTourCommon(TourCommon, SellCommon):
    """Lin Mei owns unit 101 and owes 600.00 from January."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.name = "Lin Mei"
        offers = cls.env["property.prepayment.offer"]
        offers.search([("id", "!=", cls.offer.id)]).active = False
        cls.bill = cls.make_arrears(600.0)

    def check_sold(self):
        """600.00 and 3,033.80 (12 × 275.80 less one month) were taken."""
        self.assertEqual(self.bill.amount_residual, 0)
        agreement = self.unit.prepayment_ids
        self.assertEqual(agreement.state, "running")
        self.assertEqual(agreement.user_id, self.user_cs)
        self.assertEqual(agreement.move_id.amount_residual, 0)
        payments = self.env["account.payment"].search(
            [("partner_id", "=", self.owner.id)]
        )
        self.assertEqual(sorted(payments.mapped("amount")), [600.0, 3033.80])
        self.assertEqual(payments.journal_id, self.journal)
        # The tour runs now: the term begins this month, which nobody has billed.
        today = self.community._property_today()
        self.assertEqual(agreement.date_from, date(today.year, today.month, 1))


@tagged("post_install", "-at_install")
class TestTourSell(SellTourCommon):
    def test_counter(self):
        self.tour("property_prepayment_counter", self.user_cs)
        self.check_sold()


@tagged("post_install", "-at_install")
class TestTourSellPhone(SellTourCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_counter_phone(self):
        self.tour(
            "property_prepayment_phone",
            self.user_cs,
            f"/odoo/property-units/{self.unit.id}",
        )
        self.check_sold()
