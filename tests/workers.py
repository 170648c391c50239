"""Two workers, two database connections, one thing to do (invariant 7)."""

import threading
import uuid

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name


class WorkersCase(BaseCase):
    """Everything here is committed: other connections could not see it otherwise. It
    lives in a company of its own, which stays behind in the test database."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())

    def do(self, job):
        """``job(env)`` in a transaction of its own, committed."""
        with self.registry.cursor() as cr:
            return job(api.Environment(cr, SUPERUSER_ID, {}))

    def make_community(self, env):
        """A community of a new company with a chart of accounts."""
        code = uuid.uuid4().hex[:8]
        company = env["res.company"].create({"name": f"Two workers {code}"})
        env = env(
            context={"allowed_company_ids": company.ids, "tracking_disable": True}
        )
        env["account.chart.template"].try_loading("generic_coa", company)
        return env["property.community"].create(
            {"name": code, "code": code, "company_id": company.id}
        )

    def make_debts(self, community, customers, amount):
        """For each of so many new customers one posted invoice of January 2026."""
        env = community.env
        product = env["product.product"].create(
            {"name": community.code, "taxes_id": False}
        )
        partners = env["res.partner"].create(
            [{"name": f"Owner {number}"} for number in range(customers)]
        )
        moves = env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": "2026-01-01",
                    "invoice_date_due": "2026-01-10",
                    "invoice_payment_term_id": False,
                    "property_community_id": community.id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "price_unit": amount,
                                "tax_ids": False,
                            }
                        )
                    ],
                }
                for partner in partners
            ]
        )
        moves.action_post()
        return moves

    def race(self, job, workers=2):
        """Let workers do ``job(env)`` at the same moment, then one more alone: what a
        worker found locked is left to the other, and nothing may be left over."""
        troubles = []
        self._start(job, workers, troubles)
        self.assertFalse(troubles)
        self._start(job, 1, troubles)
        self.assertFalse(troubles)

    def _start(self, job, workers, troubles):
        start = threading.Barrier(workers)
        threads = [
            threading.Thread(target=self._work, args=(job, start, troubles))
            for _n in range(workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, job, start, troubles):
        start.wait()
        # What a lock conflict stops is tried again, as by ir.cron.
        for _attempt in range(20):
            try:
                return self.do(job)
            except OperationalError:
                continue
            except Exception as trouble:  # noqa: BLE001 the main thread reports it
                troubles.append(trouble)
                return None
