from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase

UNITS = 10
BATCH = "property_fee_collection.release_batch"


@tagged("post_install", "-at_install")
class TestReleaseWorkers(WorkersCase):
    """Two workers release the months of ten agreements, four at a time."""

    def setUp(self):
        super().setUp()
        self.community_id = self.do(self.sell)
        self.addCleanup(self.do, self.forget)

    def forget(self, env):
        env["ir.config_parameter"].search([("key", "=", BATCH)]).unlink()

    def sell(self, env):
        env["ir.config_parameter"].set_param(BATCH, 4)
        community = self.make_community(env)
        env = community.env
        community.company_id.partner_id.tz = "Asia/Taipei"
        building = env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        units = env["property.unit"].create(
            [
                {
                    "name": str(number),
                    "building_id": building.id,
                    "floor_area": 98.5,
                    "occupancy_status": "owner_occupied",
                    "owner_id": env["res.partner"].create({"name": f"O {number}"}).id,
                }
                for number in range(UNITS)
            ]
        )
        product = env["product.product"].create(
            {"name": community.code, "taxes_id": False}
        )
        item = env["property.fee.item"].create(
            {
                "name": community.code,
                "code": community.code,
                "product_id": product.id,
                "company_id": community.company_id.id,
            }
        )
        env["property.fee.rate"].create(
            {"fee_item_id": item.id, "community_id": community.id, "price": 2.8}
        )
        offer = env["property.prepayment.offer"].create(
            {
                "name": "12 → 1",
                "months": 12,
                "free_months": 1,
                "payment_days": 9999,
                "company_id": community.company_id.id,
            }
        )
        agreements = env["property.prepayment"].create(
            [
                {
                    "unit_id": unit.id,
                    "partner_id": unit.owner_id.id,
                    "offer_id": offer.id,
                    "date_from": "2026-01-01",
                }
                for unit in units
            ]
        )
        with freeze_time("2025-12-20 04:00"):
            agreements.action_confirm()
        return community.id

    def release(self, env):
        community = env["property.community"].browse(self.community_id)
        env["property.prepayment"]._release_community(community, 4)

    @mute_logger("odoo.sql_db")
    def test_each_month_is_released_once(self):
        """Five months of ten agreements: 50 × 252.82 = 12,641.00 are income once."""
        with freeze_time("2026-05-10 04:00"):
            self.race(self.release)
        self.do(lambda env: self.check(env, 5, 12641.00))

    @mute_logger("odoo.sql_db")
    def test_killed_and_run_again(self):
        """A worker dies in its second batch: the first one is kept, nothing of the
        second is; called again all ten are released once. A third call finds
        nothing."""
        with freeze_time("2026-02-10 04:00"):
            with self.assertRaises(KeyboardInterrupt):
                self.do(self.die_in_second_batch)
            self.do(lambda env: self.check_some(env, 4))
            self.do(self.release)
            self.do(self.release)
        self.do(lambda env: self.check(env, 2, 5056.40))

    def die_in_second_batch(self, env):
        agreements = env["property.prepayment"].search(
            [("community_id", "=", self.community_id)], order="id"
        )
        agreements[:4]._release()
        env.cr.commit()
        agreements[4:8]._release()
        env.flush_all()
        raise KeyboardInterrupt

    def check_some(self, env, agreements):
        lines = self.lines(env)
        self.assertEqual(len(lines.filtered("move_id").prepayment_id), agreements)

    def check(self, env, months, income):
        released = self.lines(env).filtered("move_id")
        self.assertEqual(len(released), UNITS * months)
        items = env["account.move.line"].search(
            [("move_id", "in", released.move_id.ids), ("credit", ">", 0)]
        )
        self.assertEqual(len(items), UNITS * months)
        self.assertAlmostEqual(sum(items.mapped("credit")), income, 2)
        orphans = env["account.move"].search_count(
            [
                ("property_community_id", "=", self.community_id),
                ("move_type", "=", "entry"),
                ("id", "not in", released.move_id.ids),
            ]
        )
        self.assertFalse(orphans)

    def lines(self, env):
        return env["property.prepayment.line"].search(
            [("community_id", "=", self.community_id)]
        )
