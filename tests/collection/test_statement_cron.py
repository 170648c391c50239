from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase
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
class TestStatementWorkers(WorkersCase):
    """Two workers open the missing statements of one community."""

    def setUp(self):
        super().setUp()
        self.community_id = self.do(self.owing_community)

    def owing_community(self, env):
        community = self.make_community(env)
        self.make_debts(community, 1, 100)
        community.env["property.arrears.statement"].create(
            {"community_id": community.id, "period": "2026-01-01"}
        ).action_compute()
        return community.id

    def open_all(self, env):
        community = env["property.community"].browse(self.community_id)
        while env["property.arrears.statement"]._open_next(community):
            env["ir.cron"]._commit_progress(0)

    @mute_logger("odoo.sql_db")
    def test_each_month_once(self):
        self.race(self.open_all)
        self.do(self.check_opened)

    def check_opened(self, env):
        statements = env["property.arrears.statement"].search(
            [("community_id", "=", self.community_id)], order="period"
        )
        community = env["property.community"].browse(self.community_id)
        months = statements.mapped("period")
        self.assertFalse(statements._next_missing(community))
        self.assertEqual(len(months), len(set(months)))
        self.assertEqual(set(statements.mapped("total_closing")), {100})
        self.assertEqual(set(statements.mapped("line_count")), {1})
