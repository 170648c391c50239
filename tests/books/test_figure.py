"""The figures of section 6, worked by hand."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..billing.common import MODULE
from ..billing.ledger_common import FEB, JAN, MAR, LedgerCommon
from ..prepayment.release_common import ReleaseCommon

APR = date(2026, 4, 1)
MAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestFigure(LedgerCommon):
    """March: 100, 200 and 300 are charged. 100 are paid on 10 March, 150 of the 200 on
    5 April, and 50 of the 300 are credited. The owner of 103 owes 400 of February, of
    which he pays 100 in March, a day after a call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.figure = cls.env["property.figure"]
        cls.make_rate(1.0)
        cls.first = cls.make_unit("101", 100)
        cls.make_unit("102", 200, occupancy_status="delivered_vacant")
        cls.third = cls.make_unit("103", 300, occupancy_status="decorating")
        cls.make_unit("P1", 0, unit_type="parking")
        cls.old = cls.make_invoice(
            cls.third.owner_id,
            400,
            "2026-02-10",
            cls.third,
            invoice_date_due="2026-02-10",
        )
        run = cls.make_run(MAR)
        run.action_compute()
        cls.bills = {move.property_unit_id.name: move for move in cls.invoice_run(run)}
        cls.paid = cls.pay(cls.bills["101"], 100.0, "2026-03-10")
        cls.pay(cls.bills["102"], 150.0, "2026-04-05")
        cls.credit(cls.bills["103"], 50.0, "2026-03-20")
        cls.pay(cls.old, 100.0, "2026-03-12")
        cases = cls.env["property.collection.case"]
        cases._open_missing(cls.community)
        cls.case = cases.search([("partner_id", "=", cls.third.owner_id.id)])
        cls.case.write({"user_id": cls.user_cs.id, "reason": "service"})
        cls.env["property.contact"].create(
            [
                {
                    "case_id": cls.case.id,
                    "channel": channel,
                    "outcome": outcome,
                    "date": f"2026-03-{day:02} 02:00:00",
                    "user_id": cls.user_cs.id,
                }
                for channel, outcome, day in (
                    ("letter", "reached", 5),
                    ("phone", "reached", 11),
                    # Nobody was there: it led to nothing.
                    ("door", "no_answer", 12),
                )
            ]
        )
        cls.figure._refresh(cls.community, [JAN, FEB, MAR, APR, MAY])

    def together(self, *measures, periods=(MAR,), groupby=(), **domain):
        rows = self.figure._read_group(
            [
                ("period", "in", periods),
                ("community_id", "=", self.community.id),
                *((name, "=", value) for name, value in domain.items()),
            ],
            list(groupby),
            [f"{name}:{self.figure._fields[name].aggregator}" for name in measures],
        )
        return rows if groupby else rows[0]

    def test_collection_rate(self):
        charged, applied, rate = self.together("charged", "applied", "collection_rate")
        # 600 less the credit note of 50; what came in April is not March's.
        self.assertEqual((charged, applied), (550.0, 100.0))
        self.assertAlmostEqual(rate, 100 / 550)
        # 101 alone has paid in full.
        counts = self.together("units_charged", "units_paid", "household_rate")
        self.assertEqual(counts[:2], (3, 1))
        self.assertAlmostEqual(counts[2], 1 / 3)

    def test_equal_to_the_occupancy_report(self):
        row = self.env["property.occupancy.rate"].search(
            [("community_id", "=", self.community.id), ("period", "=", MAR)]
        )
        self.assertEqual(
            self.together("charged", "applied", "units_total", "units_occupied"),
            (row.charged, row.received, row.total, row.occupied),
        )
        self.assertAlmostEqual(self.together("collection_rate")[0], row.collection_rate)

    def test_cumulative_rate(self):
        names = ("charged_ytd", "applied_ytd", "cumulative_rate")
        # February's 400 and March's 550; 200 came until the end of March,
        self.assertEqual(self.together(*names)[:2], (950.0, 200.0))
        # 350 until the end of April, and so it is for the months together.
        for periods in ((APR,), (FEB, MAR, APR), (MAR, APR, MAY)):
            charged, applied, rate = self.together(*names, periods=periods)
            self.assertEqual((charged, applied), (950.0, 350.0))
            self.assertAlmostEqual(rate, 350 / 950)

    def test_recovery(self):
        names = ("arrears_opening", "arrears_recovered", "recovery_rate")
        self.assertEqual(self.together(*names), (400.0, 100.0, 0.25))
        # April: 300 + 200 + 250 were open when it began; 150 of them came.
        self.assertEqual(self.together(*names, periods=(APR,)), (750.0, 150.0, 0.2))
        found = self.together(
            "arrears_recovered", groupby=["collector_id", "reason", "channel"]
        )
        self.assertIn((self.user_cs, "service", "phone", 100.0), found)

    def test_arrears_and_their_age(self):
        ages = ("age_1", "age_2_3", "age_4_6")
        # End of March: 200 and 250 of March, 300 of February; 102 and 103 owe.
        self.assertEqual(
            self.together("arrears_closing", *ages), (750.0, 450.0, 300.0, 0.0)
        )
        self.assertEqual(
            self.together("households_in_arrears", "arrears_per_household"),
            (2, 375.0),
        )
        # On 20 May: 50 and 250 are in their third month, 300 in its fourth.
        self.assertEqual(
            self.together("arrears_closing", *ages, periods=(MAY,)),
            (600.0, 0.0, 300.0, 300.0),
        )
        # Mean of 400, 750, 600: at the end of February, March and April.
        mean, heads = self.together(
            "arrears_closing", "households_in_arrears", periods=(FEB, MAR, APR)
        )
        self.assertAlmostEqual(mean, 1750 / 3)
        self.assertAlmostEqual(heads, 5 / 3)

    def test_occupancy(self):
        # 1 of 3 is lived in, 1 vacant, 1 being decorated; parking does not count.
        rates = self.together(
            "units_total", "occupancy_rate", "vacancy_rate", periods=(MAR, APR)
        )
        self.assertEqual(rates[0], 3)
        self.assertAlmostEqual(rates[1], 1 / 3)
        self.assertAlmostEqual(rates[2], 1 / 3)

    def test_contacts_and_cases(self):
        self.assertEqual(self.together("contacts"), (3,))
        self.assertEqual(
            self.together("contacts", channel="door", collector_id=self.user_cs.id),
            (1,),
        )
        # 102 and 103, opened today.
        self.assertEqual(self.together("cases_open", periods=(MAY,)), (2,))

    def test_two_communities(self):
        other = self.make_community("Moon Garden", "MOON")
        unit = self.make_unit(
            "201",
            building_id=self.env["property.building"]
            .create({"name": "2", "community_id": other.id})
            .id,
        )
        bill = self.make_invoice(
            unit.owner_id, 450, "2026-03-10", unit, community=other
        )
        self.pay(bill, 450.0, "2026-03-31")
        self.figure._refresh(other, [MAR])
        [(charged, rate, units)] = self.figure._read_group(
            [("period", "=", MAR), ("company_id", "=", self.company.id)],
            [],
            ["charged:sum", "collection_rate:avg", "units_total:avg"],
        )
        # 550 of 1,000 and not the mean of 18 % and 100 %; 3 units and 1.
        self.assertEqual((charged, rate, units), (1000.0, 0.55, 4))

    def test_renewed_where_something_changed(self):
        crons = type(self.env["ir.cron"])

        def cron():
            with patch.object(crons, "_commit_progress", lambda *_a, **_kw: 60):
                self.figure._cron_figures()

        cron()
        self.assertFalse(self.figure._stale(self.community))
        # 101's payment is taken back: March and all after it, not February.
        self.paid.line_ids.remove_move_reconcile()
        self.assertEqual(
            set(self.figure._stale(self.community)[self.community]), {MAR, APR, MAY}
        )
        self.assertEqual(self.together("applied"), (100.0,))
        cron()
        self.assertEqual(self.together("applied"), (0.0,))
        self.assertFalse(self.figure._stale(self.community))
        mine = [("community_id", "=", self.community.id)]
        rows = self.figure.search(mine)
        cron()
        self.assertEqual(self.figure.search(mine), rows)
        # Forced, it comes to the same.
        self.figure._refresh(self.community, [JAN, FEB, MAR, APR, MAY])
        self.assertEqual(self.figure.search_count(mine), len(rows))

    def test_a_signed_month_stays(self):
        close = self.env["property.period.close"].create(
            {"community_id": self.community.id, "period": MAR}
        )
        close.sudo().action_compute()
        self.assertAlmostEqual(close.collection_rate, 100 / 550)
        close.flush_recordset()
        self.env.cr.execute(
            "UPDATE property_period_close SET state = 'signed' WHERE id = %s",
            close.ids,
        )
        close.invalidate_recordset()
        self.paid.line_ids.remove_move_reconcile()
        self.assertEqual(
            set(self.figure._stale(self.community)[self.community]),
            {FEB, APR, MAY},
        )
        self.assertFalse(self.figure._refresh(self.community, [MAR]))
        self.assertEqual(self.together("applied"), (100.0,))

    def test_the_day_after_is_another_day(self):
        self.figure._refresh(self.community, [MAY])
        self.assertEqual(self.figure.search([("period", "=", MAY)])[0].as_of.day, 20)
        # Taipei is already in June.
        with freeze_time("2026-05-31 17:00:00"):
            self.assertIn(MAY, self.figure._stale(self.community)[self.community])
            self.assertIn(
                date(2026, 6, 1), self.figure._stale(self.community)[self.community]
            )

    def test_who_reads_it(self):
        colleague = new_test_user(
            self.env,
            login="figure_colleague",
            groups=f"base.group_user,{MODULE}.group_cs",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        measures = ["arrears_opening:sum", "charged:sum"]
        domain = [("period", "=", MAR)]

        def seen(user):
            [sums] = self.figure.with_user(user)._read_group(domain, [], measures)
            return tuple(amount or 0.0 for amount in sums)

        # Not of the team.
        self.assertEqual(seen(colleague), (0.0, 0.0))
        self.community.cs_user_ids = [Command.link(colleague.id)]
        # What is 103's case is the result of another.
        self.assertEqual(seen(colleague), (0.0, 550.0))
        for user in (
            self.user_cs,
            self.user_cs_head,
            self.user_finance,
            self.user_manager,
            self.user_company,
        ):
            self.assertEqual(seen(user), (400.0, 550.0), user.login)
        foreign = new_test_user(
            self.env,
            login="figure_foreign",
            groups=f"base.group_user,{MODULE}.group_company",
            company_id=self.env["res.company"].create({"name": "Foreign"}).id,
        )
        self.assertEqual(seen(foreign), (0.0, 0.0))
        nobody = new_test_user(
            self.env, login="figure_nobody", groups="base.group_user"
        )
        with self.assertRaises(AccessError):
            seen(nobody)
        with self.assertRaises(AccessError):
            self.figure.with_user(nobody).action_refresh()
        with self.assertRaises(AccessError):
            self.figure.with_user(self.user_manager).search([], limit=1).unlink()
        self.figure.with_user(self.user_manager).action_refresh()

    def test_what_stands_behind(self):
        row = self.figure.search(
            [("period", "=", MAR), ("fee_item_id", "=", self.fee.id)], limit=1
        )
        action = row.action_open_invoices()
        moves = self.env["account.move"].search(action["domain"])
        self.assertEqual(moves, self.env["account.move"].union(*self.bills.values()))
        for name in ("items", "arrears", "units", "contacts"):
            action = getattr(row, f"action_open_{name}")()
            self.assertTrue(
                self.env[action["res_model"]].search_count(action["domain"]), name
            )


@tagged("post_install", "-at_install")
class TestFigurePaidAhead(ReleaseCommon, LedgerCommon):
    take = LedgerCommon.__dict__["pay"]

    def test_prepayments(self):
        """101 is paid ahead for 2026: 252.82 a month, 3,033.80 in all, paid on 20
        December. 102 pays 140.00 of its 280.00 of January."""
        self.make_unit("102", 100)
        agreement = self.conclude()
        self.release("2026-01-05")
        run = self.make_run(JAN)
        run.action_compute()
        [invoice] = self.invoice_run(run)
        self.take(invoice, 140.0, "2026-01-20")
        figure = self.env["property.figure"]
        december = date(2025, 12, 1)
        with freeze_time("2026-02-10 04:00:00"):
            figure._refresh(self.community, [december, JAN])
        rows = figure._read_group(
            [("community_id", "=", self.community.id)],
            ["period:month"],
            [
                "prepaid_next:sum",
                "charged:sum",
                "applied:sum",
                "consumed:sum",
                "collection_rate:avg",
            ],
        )
        (before, now) = rows
        self.assertEqual(before[1], agreement.amount_total)
        self.assertEqual(before[1], 3033.8)
        self.assertEqual(now[2:5], (532.82, 392.82, 252.82))
        self.assertAlmostEqual(now[5], 392.82 / 532.82)
