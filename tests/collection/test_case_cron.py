from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import WorkersCase
from .common import CollectionCommon

CASES = 25


@tagged("post_install", "-at_install")
class TestCaseCron(CollectionCommon):
    """``cron_cases``: late, twice, cut short, at month end in another time zone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["property.community"].search(
            [("id", "!=", cls.community.id)]
        ).active = False

    def cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("property_fee_collection.cron_cases").method_direct_trigger()

    def test_opens_counts_on_and_closes(self):
        with freeze_time("2026-01-20"):
            invoice = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
            self.cron()
            case = self.case_of(self.owner)
            self.assertEqual((case.state, case.months_unpaid), ("open", 0))
            self.assertFalse(case.step_id)
        # Three months late: only the present standing counts.
        with freeze_time("2026-05-02"):
            self.cron()
            self.assertEqual((case.months_unpaid, case.step_id.months), (4, 3))
            self.pay(invoice)
            self.assertEqual(case.state, "closed")
            self.cron()
            self.assertEqual(case.state, "closed")
            self.assertEqual(str(case.date_closed), "2026-05-02")

    def test_twice_on_a_day(self):
        with freeze_time("2026-04-15"):
            self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
            self.cron()
            case = self.case_of(self.owner)
            before = case.read(["state", "months_unpaid", "user_id", "date_opened"])
            self.cron()
            self.assertEqual(self.case_of(self.owner), case)
            self.assertEqual(
                case.read(["state", "months_unpaid", "user_id", "date_opened"]), before
            )

    def test_a_closed_case_opens_again_with_nothing_known(self):
        with freeze_time("2026-04-15"):
            january = self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
            self.cron()
            case = self.case_of(self.owner)
            self.env["property.contact"].create(
                {"case_id": case.id, "channel": "counter", "outcome": "reached"}
            )
            case.reason = "own"
            case.sudo().write({"is_malicious": True, "malicious_reason": "x"})
            self.pay(january)
            self.assertEqual(case.state, "closed")
            self.make_invoice(self.owner, 100.0, "2026-04-20", self.unit)
            self.cron()
            self.assertEqual(case.state, "closed")
        with freeze_time("2026-05-03"):
            self.cron()
            self.assertEqual((case.state, case.months_unpaid), ("open", 1))
            self.assertEqual(str(case.date_opened), "2026-05-03")
            self.assertFalse(case.reason)
            self.assertFalse(case.is_malicious)
            self.assertFalse(case.is_reason_missing)

    def test_the_day_is_that_of_the_community(self):
        """At 17:00 UTC on 31 January it is 1 February in Taipei: the charge due on the
        31st is late there and one month has begun; in London neither."""
        self.make_invoice(self.owner, 100.0, "2026-01-31", self.unit)
        with freeze_time("2026-01-31 17:00:00"):
            self.company.partner_id.tz = "Europe/London"
            self.cron()
            self.assertFalse(self.case_of(self.owner))
            self.company.partner_id.tz = "Asia/Taipei"
            self.cron()
            case = self.case_of(self.owner)
            self.assertEqual((case.months_unpaid, case.step_id.months), (1, 1))

    def test_one_community_does_not_stop_the_others(self):
        other = self.make_community("Moon Garden", "MOG")
        cases = self.env["property.collection.case"]
        plain = type(cases)._refresh_community

        def fail(self, community):
            if community == other:
                raise ValueError("boom")
            return plain(self, community)

        with freeze_time("2026-04-15"):
            self.make_invoice(self.owner, 100.0, "2026-01-10", self.unit)
            with (
                patch.object(type(cases), "_refresh_community", fail),
                mute_logger(
                    "odoo.addons.property_fee_collection.models.collection"
                    ".property_collection_case_cron"
                ),
            ):
                self.cron()
        self.assertTrue(self.case_of(self.owner))
        told = other.message_ids[:1]
        self.assertIn("boom", told.body)
        self.assertEqual(told.notified_partner_ids, other.manager_id.partner_id)

    def test_a_run_that_was_cut_short_goes_on_where_it_ended(self):
        """After the first community no time is left; the next run begins with the
        other one."""
        other = self.make_community("Moon Garden", "MOG")
        first, second = (self.community | other).sorted("id")
        first.cases_refreshed_on = second.cases_refreshed_on = False
        crons = type(self.env["ir.cron"])
        with (
            freeze_time("2026-04-15 01:00:00"),
            patch.object(crons, "_commit_progress", lambda *args, **kwargs: 0),
        ):
            self.env["property.collection.case"]._cron_cases()
            self.assertTrue(first.cases_refreshed_on)
            self.assertFalse(second.cases_refreshed_on)
        with (
            freeze_time("2026-04-15 01:05:00"),
            patch.object(crons, "_commit_progress", lambda *args, **kwargs: 0),
        ):
            self.env["property.collection.case"]._cron_cases()
            self.assertTrue(second.cases_refreshed_on)
            self.assertLess(first.cases_refreshed_on, second.cases_refreshed_on)


@tagged("post_install", "-at_install")
class TestCaseWorkers(WorkersCase):
    """Two workers bring the cases of one community up to date."""

    def setUp(self):
        super().setUp()
        self.community_id = self.do(self.debtors)

    def debtors(self, env):
        community = self.make_community(env)
        self.make_debts(community, CASES, 10.0)
        return community.id

    @mute_logger("odoo.sql_db")
    def test_each_customer_gets_one_case(self):
        self.race(lambda env: env["property.collection.case"]._cron_cases())
        self.do(self.check_cases)

    def check_cases(self, env):
        cases = env["property.collection.case"].search(
            [("community_id", "=", self.community_id)]
        )
        self.assertEqual(len(cases), CASES)
        self.assertEqual(len(cases.partner_id), CASES)
        self.assertEqual(set(cases.mapped("amount_overdue")), {10.0})
