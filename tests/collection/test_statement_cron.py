import threading
import uuid

from freezegun import freeze_time
from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementCron(StatementCommon):
    """``cron_statements``: late, twice, in another time zone, one trouble among many
    (invariant 7)."""

    def cron(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("property_fee_collection.cron_statements")
            cron.method_direct_trigger()

    def statements(self, community=None):
        return self.env["property.arrears.statement"].search(
            [("community_id", "=", (community or self.community).id)], order="period"
        )

    def periods(self, community=None):
        return [str(row.period)[:7] for row in self.statements(community)]

    def test_opens_last_month_and_asks_once(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-01 12:00:00"):
            self.cron()
            self.cron()
        statement = self.statements()
        self.assertEqual(self.periods(), ["2026-01"])
        self.assertRoll(self.line_of(statement), 0, 1000, 0, 0, 1000)
        self.assertEqual(statement.state, "draft")
        self.assertEqual(statement.activity_ids.user_id, self.user_cs_head)
        self.assertEqual(len(statement.activity_ids), 1)
        # Signed: nothing is left to do for the head.
        with freeze_time("2026-02-02"):
            self.sign_statement(statement)
            self.assertFalse(statement.activity_ids)

    def test_three_months_late(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.signed_statement("2026-01-01")
        self.make_invoice(self.owner, 500, "2026-03-10", self.unit)
        with freeze_time("2026-05-01 12:00:00"):
            self.cron()
        self.assertEqual(self.periods(), ["2026-01", "2026-02", "2026-03", "2026-04"])
        closings = [self.line_of(row).closing for row in self.statements()]
        self.assertEqual(closings, [1000, 1000, 1500, 1500])

    def test_no_receivables_no_statement(self):
        empty = self.make_community("Moon Court", "MNC")
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        with freeze_time("2026-02-01 12:00:00"):
            self.cron()
        self.assertFalse(self.statements(empty))

    def test_left_community(self):
        # As long as something is open it keeps its statements; paid, it gets no more.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.community.active = False
        with freeze_time("2026-02-01 12:00:00"):
            self.cron()
        self.assertEqual(self.periods(), ["2026-01"])
        self.pay(invoice, day="2026-02-10")
        with freeze_time("2026-03-01 12:00:00"):
            self.cron()
        self.assertEqual(self.periods(), ["2026-01"])

    def test_month_end_in_taipei(self):
        # At 17:00 UTC on 31 January it is 1 February, 01:00, in Taipei. At 15:00 UTC
        # it is still January there.
        self.company.partner_id.tz = "Asia/Taipei"
        self.company.resource_calendar_id.tz = "Asia/Taipei"
        self.community.manager_id.tz = "Asia/Taipei"
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.signed_statement("2025-12-01")
        with freeze_time("2026-01-31 15:00:00"):
            self.cron()
            self.assertEqual(self.periods(), ["2025-12"])
        with freeze_time("2026-01-31 17:00:00"):
            self.cron()
            self.assertEqual(self.periods(), ["2025-12", "2026-01"])
            self.sign_statement(self.statements()[-1])

    def test_one_trouble_does_not_stop_the_rest(self):
        other = self.make_community("Moon Court", "MNC")
        unit = self.unit.copy(
            {
                "name": "1",
                "building_id": self.env["property.building"]
                .create({"name": "1", "community_id": other.id})
                .id,
            }
        )
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 300, "2026-01-10", unit)
        model = type(self.env["property.arrears.statement"])
        ask = model._ask_to_sign

        def trouble(statement):
            if statement.community_id == self.community:
                raise ValueError("broken")
            return ask(statement)

        self.patch(model, "_ask_to_sign", trouble)
        log = "odoo.addons.property_fee_collection.models.collection"
        with (
            freeze_time("2026-02-01 12:00:00"),
            mute_logger(f"{log}.property_arrears_statement_cron"),
        ):
            self.cron()
        self.assertFalse(self.statements())
        self.assertEqual(self.periods(other), ["2026-01"])
        self.patch(model, "_ask_to_sign", ask)
        with freeze_time("2026-02-02 12:00:00"):
            self.cron()
        self.assertEqual(self.periods(), ["2026-01"])

    def test_queries_do_not_grow(self):
        counts = []
        for number in (10, 100):
            community = self.make_community(f"Court {number}", f"C{number}")
            partners = self.env["res.partner"].create(
                [{"name": f"Owner {n}"} for n in range(number)]
            )
            for partner in partners:
                self.make_invoice(
                    partner, 100, "2026-01-10", property_community_id=community.id
                )
            with freeze_time("2026-02-03"):
                self.open_cases(community)
                statement = self.make_statement("2026-01-01", community, compute=False)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                statement.action_compute()
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - before)
            self.assertEqual(statement.line_count, number)
        self.assertLessEqual(counts[1], counts[0] + 3)


@tagged("post_install", "-at_install")
class TestStatementWorkers(BaseCase):
    """Two workers, two connections, one community. What is committed here stays in a
    company of its own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.community_id = self.owing_community(env).id

    def owing_community(self, env):
        code = uuid.uuid4().hex[:8]
        company = env["res.company"].create({"name": f"Two workers {code}"})
        env = env(
            context={"allowed_company_ids": company.ids, "tracking_disable": True}
        )
        env["account.chart.template"].try_loading("generic_coa", company)
        community = env["property.community"].create(
            {"name": code, "code": code, "company_id": company.id}
        )
        owner = env["res.partner"].create({"name": "Owner"})
        product = env["product.product"].create({"name": code, "taxes_id": False})
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": owner.id,
                "invoice_date": "2026-01-01",
                "invoice_date_due": "2026-01-10",
                "property_community_id": community.id,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": product.id, "price_unit": 100, "tax_ids": False}
                    )
                ],
            }
        )
        move.action_post()
        env["property.arrears.statement"].create(
            {"community_id": community.id, "period": "2026-01-01"}
        ).action_compute()
        return community

    def work(self, start, troubles):
        """A cron worker: what a lock conflict stops is tried again, as by ir.cron."""
        start.wait()
        for _attempt in range(20):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    statements = env["property.arrears.statement"]
                    community = env["property.community"].browse(self.community_id)
                    while statements._open_next(community):
                        env["ir.cron"]._commit_progress(0)
                return
            except OperationalError:
                continue
            except Exception as trouble:  # noqa: BLE001 the main thread reports it
                troubles.append(trouble)
                return

    @mute_logger("odoo.sql_db")
    def test_each_month_once(self):
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
        self.work(threading.Barrier(1), troubles)
        self.assertFalse(troubles)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            statements = env["property.arrears.statement"].search(
                [("community_id", "=", self.community_id)], order="period"
            )
            community = env["property.community"].browse(self.community_id)
            months = statements.mapped("period")
            self.assertFalse(statements._next_missing(community))
            self.assertEqual(len(months), len(set(months)))
            self.assertEqual(set(statements.mapped("total_closing")), {100})
            self.assertEqual(set(statements.mapped("line_count")), {1})
