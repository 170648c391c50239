from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase

UNITS = 12


@tagged("post_install", "-at_install")
class TestHandoverWorkers(WorkersCase):
    """A double click, and two workers that close a batch."""

    def setUp(self):
        super().setUp()
        self.batch_id = self.do(self.make_batch)
        self.addCleanup(self.do, self.forget_batch)

    def forget_batch(self, env):
        """Later runs of the scheduled action have nothing to do with it."""
        env["property.handover.batch"].browse(self.batch_id).state = "cancelled"

    def make_batch(self, env):
        community = self.make_community(env)
        env = community.env
        building = env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        owners = env["res.partner"].create(
            [{"name": f"Owner {number}"} for number in range(UNITS)]
        )
        env["property.unit"].create(
            [
                {
                    "name": str(number),
                    "building_id": building.id,
                    "owner_id": owner.id,
                    "occupancy_status": "undelivered",
                }
                for number, owner in enumerate(owners)
            ]
        )
        monday = fields.Date.today() + timedelta(days=7)
        return (
            env["property.handover.batch"]
            .create(
                {
                    "name": community.code,
                    "community_id": community.id,
                    "date_from": monday,
                    "date_to": monday,
                    "weekends": True,
                    "capacity": 2,
                }
            )
            .id
        )

    def fill(self, env):
        batch = env["property.handover.batch"].browse(self.batch_id)
        units = batch.community_id.unit_ids
        try:
            batch._add({unit: (unit.owner_id, False) for unit in units})
            batch.action_plan()
        except LockError:
            # The other click is at it; the user reads that and looks again.
            env.cr.rollback()

    @mute_logger("odoo.sql_db")
    def test_double_click(self):
        self.race(self.fill)
        self.do(self.check_filled)

    def check_filled(self, env):
        moments = env["property.handover.batch"].browse(self.batch_id).moment_ids
        self.assertEqual(len(moments), UNITS)
        self.assertEqual(len(moments.unit_id), UNITS)
        self.assertEqual(sorted(moments.mapped("ticket")), list(range(1, UNITS + 1)))
        seats = {(m.slot_start, m.slot_counter, m.slot_seat) for m in moments}
        self.assertEqual(len(seats), UNITS)

    @mute_logger("odoo.sql_db")
    def test_each_owner_is_called_once(self):
        self.do(self.fill)
        self.do(self.let_it_pass)
        self.race(lambda env: env["property.handover.batch"]._cron_handover())
        self.do(self.check_called)

    def let_it_pass(self, env):
        batch = env["property.handover.batch"].browse(self.batch_id)
        batch.action_start()
        day = fields.Date.today() - timedelta(days=3)
        batch.moment_ids.write({"date": day})
        env.cr.execute(
            "UPDATE property_handover_batch SET date_from = %s, date_to = %s"
            " WHERE id = %s",
            [date(2026, 1, 5), day, batch.id],
        )

    def check_called(self, env):
        batch = env["property.handover.batch"].browse(self.batch_id)
        calls = env["property.call"].search(
            [("community_id", "=", batch.community_id.id), ("kind", "=", "handover")]
        )
        self.assertEqual((batch.state, batch.missed_count), ("done", UNITS))
        self.assertEqual(len(calls), UNITS)
        self.assertEqual(len(calls.partner_id), UNITS)
