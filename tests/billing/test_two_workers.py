"""Two workers, two database connections, one signed run (invariant 7)."""

import threading
import uuid

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

UNITS = 30


@tagged("post_install", "-at_install")
class TestTwoWorkers(BaseCase):
    """Everything here is committed: other connections could not see it otherwise.

    It lives in a company of its own, which stays behind in the test database.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["ir.config_parameter"].set_param(
                "property_fee_collection.batch_units", 4
            )
            self.run_id = self.signed_run(env).id
        self.addCleanup(self.forget_batch_size)

    def forget_batch_size(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["ir.config_parameter"].search(
                [("key", "=", "property_fee_collection.batch_units")]
            ).unlink()

    def signed_run(self, env):
        code = uuid.uuid4().hex[:8]
        company = env["res.company"].create({"name": f"Two workers {code}"})
        env = env(
            context={"allowed_company_ids": company.ids, "tracking_disable": True}
        )
        env["account.chart.template"].try_loading("generic_coa", company)
        community = env["property.community"].create(
            {"name": code, "code": code, "company_id": company.id}
        )
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
            {"name": code, "code": code, "product_id": product.id}
        )
        env["property.fee.rate"].create(
            {"fee_item_id": item.id, "community_id": community.id, "price": 2}
        )
        run = env["property.billing.run"].create(
            {"community_id": community.id, "period": "2026-01-01"}
        )
        run.action_compute()
        run.state = "invoicing"
        return run

    def work(self, start, troubles):
        """A cron worker: what a lock conflict stops is tried again, as by ir.cron."""
        start.wait()
        for _attempt in range(20):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    env["property.billing.run"]._cron_invoice_runs()
                return
            except OperationalError:
                continue
            except Exception as trouble:  # noqa: BLE001 the main thread reports it
                troubles.append(trouble)
                return

    @mute_logger("odoo.sql_db")
    def test_each_unit_is_invoiced_once(self):
        start, troubles = threading.Barrier(2), []
        workers = [
            threading.Thread(target=self.work, args=(start, troubles))
            for _n in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertFalse(troubles)
        # A worker that found the run locked leaves it to the other; nothing of it may
        # be left over when one more comes by.
        self.work(threading.Barrier(1), troubles)
        with self.registry.cursor() as cr:
            run = api.Environment(cr, SUPERUSER_ID, {})["property.billing.run"].browse(
                self.run_id
            )
            self.assertEqual(run.state, "invoiced")
            self.assertEqual(len(run.move_ids), UNITS)
            self.assertEqual(len(run.move_ids.property_unit_id), UNITS)
            self.assertEqual(set(run.move_ids.mapped("amount_total")), {200})
            self.assertEqual(set(run.move_ids.mapped("state")), {"posted"})
            self.assertEqual(len(set(run.move_ids.mapped("name"))), UNITS)
