from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase

UNITS = 30
BATCH = "property_fee_collection.batch_units"


@tagged("post_install", "-at_install")
class TestTwoWorkers(WorkersCase):
    """Two workers invoice one signed run."""

    def setUp(self):
        super().setUp()
        self.run_id = self.do(self.signed_run)
        self.addCleanup(self.do, self.forget_batch_size)

    def forget_batch_size(self, env):
        env["ir.config_parameter"].search([("key", "=", BATCH)]).unlink()

    def signed_run(self, env):
        env["ir.config_parameter"].set_param(BATCH, 4)
        community = self.make_community(env)
        env, code = community.env, community.code
        building = env["property.building"].create(
            {"name": "1", "community_id": community.id}
        )
        owner = env["res.partner"].create({"name": "Owner"})
        env["property.unit"].create(
            [
                {
                    "name": str(number),
                    "building_id": building.id,
                    "floor_area": 100,
                    "owner_id": owner.id,
                }
                for number in range(UNITS)
            ]
        )
        product = env["product.product"].create({"name": code, "taxes_id": False})
        item = env["property.fee.item"].create(
            {
                "name": code,
                "code": code,
                "product_id": product.id,
                # What stays behind is nobody else's to bill.
                "company_id": community.company_id.id,
            }
        )
        env["property.fee.rate"].create(
            {"fee_item_id": item.id, "community_id": community.id, "price": 2}
        )
        run = env["property.billing.run"].create(
            {"community_id": community.id, "period": "2026-01-01"}
        )
        run.action_compute()
        run.state = "invoicing"
        return run.id

    @mute_logger("odoo.sql_db")
    def test_each_unit_is_invoiced_once(self):
        self.race(lambda env: env["property.billing.run"]._cron_invoice_runs())
        self.do(self.check_invoiced)

    def check_invoiced(self, env):
        run = env["property.billing.run"].browse(self.run_id)
        self.assertEqual(run.state, "invoiced")
        self.assertEqual(len(run.move_ids), UNITS)
        self.assertEqual(len(run.move_ids.property_unit_id), UNITS)
        self.assertEqual(set(run.move_ids.mapped("amount_total")), {200})
        self.assertEqual(set(run.move_ids.mapped("state")), {"posted"})
        self.assertEqual(len(set(run.move_ids.mapped("name"))), UNITS)
