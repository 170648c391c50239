"""The dashboards in Chromium."""

from odoo import fields
from odoo.tests import tagged

from ..billing.test_tour_month import TourCommon
from .dashboard_common import DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboardScreens(TourCommon, DashboardCommon):
    """Figures of DashboardCommon in the running month, the filter's first choice.

    The manager of Sunrise Garden sees 750 ÷ 1,000 = 75 % applied, 400 ÷ 1,000 = 40 %
    recovered, 4 of 8 units occupied, 600 ÷ 2 households = 300, 2 of 8 units vacant.
    """

    @classmethod
    def choose_month(cls):
        # The browser has a clock of its own.
        return fields.Date.today().replace(day=1)

    def test_numbers_on_screen(self):
        self.tour("property_dashboards", self.user_manager, "/odoo/dashboards")
