"""A handover batch on real screens in Chromium, by customer service."""

from datetime import timedelta

from odoo.tests import tagged

from ..billing.test_tour_month import TourCommon
from .handover_common import HandoverCommon


@tagged("post_install", "-at_install")
class TestTourHandover(TourCommon, HandoverCommon):
    """Five owners come. Lin Mei owes 600.00 and pays, Chen Hao 450.00 and promises,
    Wang Jun 300.00 and declines, Sun Wei 120.00 and says nothing, Zhao Li nothing. All
    five get their documents. Zhou Min, who owes nothing, does not come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"property_quiet_from": 0, "property_quiet_to": 0})
        cls.unit.occupancy_status = "owner_occupied"
        cls.rooms.append(
            cls.make_unit("1206", owner="Zhou Min", occupancy_status="undelivered")
        )
        for unit, amount in zip(cls.rooms, (600, 450, 300, 0, 120), strict=False):
            if amount:
                cls.make_invoice(unit.owner_id, amount, "2026-01-10", unit)
        cls.batch.unlink()
        today = cls.community._property_today()
        # All six in the next slot, whatever time it is.
        cls.batch = cls.make_batch(
            name="First handover",
            date_from=today,
            date_to=today + timedelta(days=1),
            weekends=True,
            hour_from=0,
            hour_to=24,
            capacity=6,
        )

    def test_five_owners(self):
        self.tour("property_handover", self.user_cs)
        today = self.community._property_today()
        batch = self.batch
        self.assertEqual((batch.state, batch.moment_count), ("done", 6))
        self.assertEqual((batch.done_count, batch.missed_count), (5, 1))
        self.assertEqual((batch.invited_count, batch.amount_settled), (6, 600.0))
        self.assertEqual(
            [
                (row.partner_id.name, row.state, row.outcome)
                for row in batch.moment_ids.sorted("ticket")
            ],
            [
                ("Lin Mei", "done", "paid"),
                ("Chen Hao", "done", "promised"),
                ("Wang Jun", "done", "declined"),
                ("Zhao Li", "done", "clear"),
                ("Sun Wei", "open", False),
                ("Zhou Min", "open", False),
            ],
        )
        came = batch.moment_ids.sorted("ticket")[:5]
        self.assertEqual(len(came.document_ids), 15)
        self.assertEqual(set(came.document_ids.mapped("released_on")), {today})
        for unit in came.unit_id:
            self.assertEqual(unit.handover_date, today)
            self.assertEqual(unit.occupancy_status, "delivered_vacant")
        last = batch.moment_ids.sorted("ticket")[5]
        self.assertFalse(any(last.document_ids.mapped("released_on")))
        self.assertEqual(last.unit_id.occupancy_status, "undelivered")
        call = self.env["property.call"].search([("moment_id", "=", last.id)])
        self.assertEqual((call.kind, call.state), ("handover", "open"))
        self.assertEqual(call.partner_id.name, "Zhou Min")
