"""Collection rate against occupancy, worked by hand."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..billing.common import MODULE
from ..billing.ledger_common import FEB, JAN, LedgerCommon
from ..prepayment.release_common import ReleaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 04:00:00")
class TestOccupancyRate(LedgerCommon):
    """Two buildings of equal fees: in the first one 1 of 4 units is lived in, in the
    second one 2 of 2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.make_rate(1.0)
        cls.second = cls.env["property.building"].create(
            {"name": "2", "community_id": cls.community.id}
        )
        vacant = {"occupancy_status": "delivered_vacant"}
        cls.units = cls.make_unit("101")
        for room in ("102", "103", "104"):
            cls.units |= cls.make_unit(room, **vacant)
        for room in ("201", "202"):
            cls.units |= cls.make_unit(room, building_id=cls.second.id)
        # Neither delivered nor lived in; a parking space. Both are charged.
        cls.make_unit("105", occupancy_status="undelivered", owner=None)
        cls.make_unit("P1", unit_type="parking", **vacant)

    def bill(self, period):
        run = self.make_run(period)
        run.action_compute()
        return {move.property_unit_id.name: move for move in self.invoice_run(run)}

    def rates(self, **domain):
        return self.env["property.occupancy.rate"].search(
            [
                ("community_id", "=", self.community.id),
                *((name, "=", value) for name, value in domain.items()),
            ],
            order="period, building_id",
        )

    def test_by_building_at_the_end_of_the_month(self):
        bills = self.bill(JAN)
        self.pay(bills["101"], 100.0, "2026-01-31")
        # After the end of the month.
        self.pay(bills["102"], 100.0, "2026-02-01")
        self.pay(bills["201"], 100.0, "2026-01-10")
        self.credit(bills["202"], 20.0, "2026-01-20")
        self.pay(bills["202"], 40.0, "2026-01-21")
        first, second = self.rates()
        # First building: 6 rooms at 100; of 4 delivered ones 1 is occupied.
        self.assertRecordValues(
            first | second,
            [
                {
                    "building_id": self.building.id,
                    "total": 5,
                    "delivered": 4,
                    "occupied": 1,
                    "charged": 600.0,
                    "received": 100.0,
                    "occupancy_band": "1",
                },
                {
                    "building_id": self.second.id,
                    "total": 2,
                    "delivered": 2,
                    "occupied": 2,
                    # 200 less 20 waived
                    "charged": 180.0,
                    "received": 140.0,
                    "occupancy_band": "4",
                },
            ],
        )
        self.assertEqual((first.occupancy_rate, second.occupancy_rate), (0.25, 1.0))
        self.assertAlmostEqual(first.collection_rate, 100 / 600)
        self.assertAlmostEqual(second.collection_rate, 140 / 180)

    def test_together_it_is_the_ratio_of_the_sums(self):
        bills = self.bill(JAN)
        self.pay(bills["101"], 100.0, "2026-01-31")
        self.pay(bills["201"], 100.0, "2026-01-10")
        report = self.env["property.occupancy.rate"]
        domain = [("community_id", "=", self.community.id)]
        (row,) = report.formatted_read_group(
            domain,
            ["community_id"],
            ["occupancy_rate:avg", "collection_rate:avg", "charged:sum"],
        )
        # 3 of 6 units, not the mean of 25 % and 100 %; 200 of 800.
        self.assertEqual(row["occupancy_rate:avg"], 0.5)
        self.assertEqual(row["collection_rate:avg"], 0.25)
        self.assertEqual(row["charged:sum"], 800.0)

    def test_a_waiver_of_arrears_is_none_of_this_month(self):
        old = self.bill(JAN)
        bills = self.bill(FEB)
        waivers = self.company_data["default_journal_misc"]
        # January's fee is waived in February, and so is a tenth of February's.
        self.pay(old["202"], 30.0, "2026-02-05", waivers)
        self.pay(bills["202"], 10.0, "2026-02-05", waivers)
        # Money on arrears is none on February's charges either.
        self.pay(old["201"], 50.0, "2026-02-06")
        row = self.rates(period=FEB, building_id=self.second.id)
        self.assertEqual((row.charged, row.received), (190.0, 0.0))

    def test_occupancy_is_that_of_the_month(self):
        unit = self.units.filtered(lambda one: one.name == "102")
        unit.with_context(
            property_effective_date="2026-02-01"
        ).occupancy_status = "leased"
        late = self.units.filtered(lambda one: one.name == "202")
        late.handover_date = "2026-02-28"
        self.bill(JAN)
        self.bill(FEB)
        self.assertEqual(
            [(row.period, row.delivered, row.occupied) for row in self.rates()],
            [(JAN, 4, 1), (JAN, 1, 1), (FEB, 4, 2), (FEB, 2, 2)],
        )

    def test_nothing_delivered_and_nothing_charged(self):
        third = self.env["property.building"].create(
            {"name": "3", "community_id": self.community.id}
        )
        self.make_unit(
            "301", area=0.0, building_id=third.id, occupancy_status="unsold", owner=None
        )
        self.bill(JAN)
        row = self.rates(building_id=third.id)
        self.assertEqual((row.total, row.delivered, row.charged), (1, 0, 0.0))
        self.assertEqual(row.occupancy_band, "9")
        self.assertFalse(row.occupancy_rate or row.collection_rate)

    def test_who_reads_it(self):
        self.bill(JAN)
        report = self.env["property.occupancy.rate"]
        self.assertEqual(len(report.with_user(self.user_cs).search([])), 2)
        stranger = new_test_user(
            self.env,
            login="rate_stranger",
            groups=f"base.group_user,{MODULE}.group_cs",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.assertFalse(report.with_user(stranger).search([]))
        nobody = new_test_user(self.env, login="rate_nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            report.with_user(nobody).search([])
        action = self.rates()[0].action_open_ledger()
        rows = self.env["property.ledger.line"].search(action["domain"])
        self.assertEqual(set(rows.mapped("building_id")), {self.building})
        self.assertEqual(set(rows.mapped("period")), {date(2026, 1, 1)})


@tagged("post_install", "-at_install")
class TestConsumedRate(ReleaseCommon, LedgerCommon):
    take = LedgerCommon.__dict__["pay"]

    def test_what_was_paid_ahead_is_charged_and_received(self):
        """101 is paid ahead for 2026, 252.82 a month; 102 pays 140.00 of 280.00."""
        self.make_unit("102", 100)
        self.conclude()
        self.release("2026-01-05")
        run = self.make_run(JAN)
        run.action_compute()
        [invoice] = self.invoice_run(run)
        self.take(invoice, 140.0, "2026-01-20")
        row = self.env["property.occupancy.rate"].search(
            [("community_id", "=", self.community.id), ("period", "=", JAN)]
        )
        self.assertEqual(row.consumed, 252.82)
        self.assertEqual((row.charged, row.received), (532.82, 392.82))
        self.assertAlmostEqual(row.collection_rate, 392.82 / 532.82)
