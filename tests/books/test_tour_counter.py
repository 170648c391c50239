"""Money taken at the door, on a phone in Chromium, by customer service."""

from odoo.tests import tagged

from ..billing.test_tour_month import TourCommon
from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestTourCounter(TourCommon, BooksCommon):
    """Lin Mei owes 100 and 200 and pays 150: 100 of the older bill, 50 of the other.
    Lin Hua of 102 owes nothing."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner.name = "Lin Mei"
        cls.make_unit("102", owner="Lin Hua")

    def test_part_payment_at_the_door(self):
        self.tour("property_counter", self.user_cs)
        receipt = self.receipts()
        self.assertEqual((receipt.amount, receipt.user_id), (150, self.user_cs))
        self.assertEqual(receipt.line_ids.mapped("amount"), [100, 50])
        self.assertEqual(self.first.amount_residual, 0)
        self.assertEqual(self.second.amount_residual, 150)
