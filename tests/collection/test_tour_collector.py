"""A collector's round on a phone, in Chromium."""

from datetime import timedelta

from odoo.tests import tagged

from ..billing.test_tour_month import TourCommon
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestTourCollector(TourCommon, ContactCommon):
    """Lin Mei owes 600.00 and promises it; Chen Hao owes 300.00 and refuses because of
    the lift."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The round takes place now, and now may be the middle of the night.
        cls.company.write({"property_quiet_from": 0, "property_quiet_to": 0})
        cls.owner.write({"name": "Chen Hao", "phone": "0912 000 103"})
        cls.lin_unit = cls.make_unit("102", owner="Lin Mei")
        cls.lin = cls.lin_unit.owner_id
        cls.lin.phone = "0912 000 101"
        cls.make_invoice(cls.lin, 600.0, "2026-01-10", cls.lin_unit)
        cls.open_cases()

    def test_call_and_visit(self):
        self.tour("property_collector", self.user_cs)
        today = self.community._property_today()
        lin, chen = self.case_of(self.lin), self.case_of(self.owner)

        self.assertEqual(
            (lin.contact_ids.channel, lin.contact_ids.outcome), ("phone", "promised")
        )
        self.assertEqual((lin.promise_ids.amount, lin.promise_ids.state), (600, "open"))
        self.assertEqual((lin.reason, lin.next_action), ("own", "follow_promise"))
        # Promised in five days (of the browser's calendar), followed the day after.
        self.assertEqual(lin.next_action_date, lin.promise_ids.date + timedelta(days=1))

        self.assertEqual(
            (chen.contact_ids.channel, chen.contact_ids.outcome), ("door", "refused")
        )
        self.assertEqual(chen.reason, "service")
        self.assertEqual(chen.improvement_ids.description, "Repair the lift")
        self.assertEqual(chen.next_action, "visit")
        self.assertEqual(chen.next_action_date, today + timedelta(days=7))
        self.assertEqual(chen.contact_ids.user_id, self.user_cs)
