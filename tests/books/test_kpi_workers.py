import threading

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..workers import WorkersCase


@tagged("post_install", "-at_install")
class TestKpiWorkers(WorkersCase):
    """Two workers queue the same workbook: one row."""

    def test_one_row(self):
        def make(env):
            community = self.make_community(env)
            user = new_test_user(
                env,
                login=f"kpi_{community.code}",
                groups="base.group_user,property_fee_collection.group_manager",
                company_id=community.company_id.id,
                company_ids=[(6, 0, community.company_id.ids)],
            )
            community.manager_id = user
            return user.id

        user_id = self.do(make)
        ready = threading.Barrier(2, timeout=20)
        done = []

        def queue(env):
            ready.wait()
            user = env["res.users"].browse(user_id)
            period = fields.Date.to_date("2026-02-01")
            env["property.kpi.mail"]._queue_for(user, period)
            done.append(True)

        threads = [threading.Thread(target=self.do, args=(queue,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        count = self.do(
            lambda env: env["property.kpi.mail"].search_count(
                [("user_id", "=", user_id)]
            )
        )
        self.assertEqual((count, len(done)), (1, 2))
        # Left behind it would be mailed by other tests.
        self.do(
            lambda env: (
                env["property.kpi.mail"].search([("user_id", "=", user_id)]).unlink()
            )
        )
