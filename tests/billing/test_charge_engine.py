"""Charges of a month from rows in the database, worked by hand."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PropertyCommon


@tagged("post_install", "-at_install")
class TestChargeEngine(PropertyCommon):
    def compute(self, period="2026-01-01"):
        run = self.make_run(period)
        run.action_compute()
        return run

    def test_area_times_rate(self):
        self.make_rate(2.8)
        self.make_unit("101", 91.25)
        self.make_unit("102", 119.83)
        run = self.compute()
        # 91.25 × 2.8 = 255.50; 119.83 × 2.8 = 335.524
        self.assertEqual(
            self.charges_of(run),
            [
                ("101", "Owner of 101", "PF", 255.5),
                ("102", "Owner of 102", "PF", 335.52),
            ],
        )
        self.assertEqual(run.amount_total, 591.02)
        charge = run.charge_ids[0]
        self.assertEqual(
            (charge.date_from, charge.date_to), (date(2026, 1, 1), date(2026, 1, 31))
        )

    def test_rate_raised_in_february(self):
        self.make_rate(2.8)
        self.make_rate(3.0, date_from="2026-02-01")
        self.make_unit("101", 100)
        self.assertEqual(self.compute("2026-01-01").amount_total, 280)
        self.assertEqual(self.compute("2026-02-15").amount_total, 300)

    def test_fixed_fee_and_price_zero(self):
        parking = self.make_item("Parking", "PK", "fixed")
        self.make_rate(150, parking, unit_type="parking")
        self.make_rate(2.8)
        self.make_rate(0, unit_type="parking")
        self.make_unit("P1", 12, unit_type="parking")
        self.make_unit("101", 100)
        run = self.compute()
        self.assertEqual(
            self.charges_of(run),
            [
                ("101", "Owner of 101", "PF", 280),
                ("P1", "Owner of P1", "PK", 150),
            ],
        )
        self.assertFalse(run.exception_ids)

    def test_handover_in_the_month(self):
        """Developer until the 15th, owner from the 16th: 15 and 16 of 31 days."""
        self.make_rate(2.8)
        self.make_unit("101", 91.25, handover_date="2026-01-16")
        self.assertEqual(
            self.charges_of(self.compute()),
            [
                ("101", "Sunrise Developer", "PF", 123.63),
                ("101", "Owner of 101", "PF", 131.87),
            ],
        )

    def test_handover_from_the_following_month(self):
        self.company.property_handover_rule = "next_month"
        self.make_rate(2.8)
        self.make_unit("101", 91.25, handover_date="2026-01-16")
        self.assertEqual(
            self.charges_of(self.compute()),
            [("101", "Sunrise Developer", "PF", 255.5)],
        )

    def test_change_of_owner_in_leap_february(self):
        """Sold on 20 February 2028: 19 and 10 of 29 days of 280.00 =
        183.448 and 96.551."""
        self.make_rate(2.8)
        unit = self.make_unit("101", 100, owner="Seller")
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        unit.with_context(property_effective_date="2028-02-20").owner_id = buyer
        self.assertEqual(
            self.charges_of(self.compute("2028-02-01")),
            [("101", "Seller", "PF", 183.45), ("101", "Buyer", "PF", 96.55)],
        )
        self.company.property_transfer_rule = "buyer"
        run = self.env["property.billing.run"].search([("period", "=", "2028-02-01")])
        run.action_compute()
        self.assertEqual(self.charges_of(run), [("101", "Buyer", "PF", 280)])

    def test_unsold_is_the_developers_and_ownerless_an_exception(self):
        self.make_rate(2.8)
        self.make_unit("101", 100, owner=None, occupancy_status="unsold")
        self.make_unit("102", 100, owner=None, occupancy_status="leased")
        run = self.compute()
        self.assertEqual(
            self.charges_of(run), [("101", "Sunrise Developer", "PF", 280)]
        )
        self.assertEqual(self.problems_of(run), [("102", "no_owner")])

    def test_months_paid_through_are_not_billed(self):
        self.make_rate(2.8)
        water = self.make_item("Lift", "LF", "fixed", is_prepayable=False)
        self.make_rate(10, water)
        self.make_unit("101", 100, paid_through="2026-02-10")
        self.make_unit("102", 100, opening_through="2026-01-31")
        january = self.compute("2026-01-01")
        self.assertEqual(
            self.charges_of(january),
            [("101", "Owner of 101", "LF", 10), ("102", "Owner of 102", "LF", 10)],
        )
        # 18 of 28 days of 280.00 for unit 101
        february = self.compute("2026-02-01").charge_ids.filtered(
            lambda charge: charge.fee_item_id == self.fee
        )
        self.assertEqual(february.mapped("amount"), [180, 280])
        self.assertEqual(february[0].date_from, date(2026, 2, 11))

    def vacancy(self, unit, **values):
        return self.env["property.vacancy"].create(
            {"unit_id": unit.id, "date_from": "2025-10-01", **values}
        )

    def test_vacancy_factor(self):
        """Empty since October, three months' minimum: 0.7 from January on."""
        self.make_rate(2.8, vacancy_factor=0.7)
        lift = self.make_item("Lift", "LF", "area")
        self.make_rate(0.5, lift, vacancy_factor=0.7)
        unit = self.make_unit("101", 100)
        vacancy = self.vacancy(unit)
        before = self.compute("2026-01-01")
        self.assertEqual(before.amount_total, 280 + 50, "not approved yet")
        vacancy.with_user(self.user_cs_head).action_approve()
        before.action_compute()
        self.assertEqual(
            self.charges_of(before),
            [
                ("101", "Owner of 101", "PF", 196),  # 280 × 0.7
                ("101", "Owner of 101", "LF", 50),  # not eligible
            ],
        )
        self.assertEqual(before.charge_ids[0].factor, 0.7)
        self.assertEqual(self.compute("2025-12-01").amount_total, 330)
        vacancy.date_to = "2026-02-20"
        self.assertEqual(self.compute("2026-02-01").amount_total, 330)

    def test_vacancy_is_decided_by_head_or_manager_only(self):
        vacancy = self.vacancy(self.make_unit("101"))
        with self.assertRaises(UserError):
            vacancy.with_user(self.user_cs).action_approve()
        with self.assertRaises(UserError):
            vacancy.with_user(self.user_cs).state = "approved"
        vacancy.with_user(self.user_manager).action_approve()
        self.assertEqual(vacancy.decided_by, self.user_manager)
        with self.assertRaises(UserError):
            vacancy.date_from = "2025-01-01"

    def meter(self, unit, item, readings, **values):
        meter = self.env["property.meter"].create(
            {"unit_id": unit.id, "fee_item_id": item.id, **values}
        )
        self.env["property.meter.reading"].create(
            [
                {"meter_id": meter.id, "date": day, "value": value}
                for day, value in readings
            ]
        )
        return meter

    def test_meter(self):
        energy = self.make_item("Energy", "EN", "meter")
        self.make_rate(0.485, energy)
        unit = self.make_unit("101")
        self.meter(
            unit, energy, [("2025-12-31", 1200), ("2026-01-31", 1323)], multiplier=2
        )
        run = self.compute()
        # (1323 − 1200) × 2 = 246 kWh × 0.485 = 119.31
        self.assertEqual(self.charges_of(run), [("101", "Owner of 101", "EN", 119.31)])
        charge = run.charge_ids
        self.assertEqual(
            (charge.quantity, charge.reading_previous, charge.reading_current),
            (246, 1200, 1323),
        )

    def test_meter_replaced_in_the_month(self):
        """Old meter 990 → 1,000, new one begins at 5 and shows 45: 10 + 40 = 50."""
        energy = self.make_item("Energy", "EN", "meter")
        self.make_rate(1, energy)
        unit = self.make_unit("101")
        old = self.meter(
            unit,
            energy,
            [("2025-12-31", 990), ("2026-01-12", 1000)],
            date_removed="2026-01-12",
        )
        self.meter(
            unit,
            energy,
            [("2026-01-31", 45)],
            date_installed="2026-01-12",
            initial_value=5,
            replaces_id=old.id,
        )
        run = self.compute()
        self.assertEqual(run.amount_total, 50)
        self.assertFalse(run.exception_ids)

    def test_meter_exceptions(self):
        energy = self.make_item("Energy", "EN", "meter")
        self.make_rate(1, energy)
        self.meter(self.make_unit("101"), energy, [("2025-12-31", 10)])
        self.meter(
            self.make_unit("102"), energy, [("2025-12-31", 10), ("2026-01-31", 9)]
        )
        self.meter(
            self.make_unit("103"),
            energy,
            [
                ("2025-09-30", 0),
                ("2025-10-31", 10),
                ("2025-11-30", 20),
                ("2025-12-31", 30),
                ("2026-01-31", 130),
            ],
        )
        run = self.compute()
        self.assertEqual(
            self.problems_of(run),
            [("101", "no_reading"), ("102", "backwards"), ("103", "absurd_usage")],
        )
        absurd = run.exception_ids.filtered(lambda row: row.kind == "absurd_usage")
        self.assertIn("100 against an average of 10", absurd.message)

    def test_shared_cost_by_area_sums_to_the_cost(self):
        lift = self.make_item("Lift power", "LP", "apportioned")
        for room, area in (("101", 90), ("102", 60), ("103", 50.5)):
            self.make_unit(room, area)
        cost = self.env["property.shared.cost"].create(
            {
                "community_id": self.community.id,
                "fee_item_id": lift.id,
                "period": "2026-01-20",
                "amount": 1000,
            }
        )
        run = self.compute()
        self.assertEqual(
            run.charge_ids.sorted("sort_key").mapped("amount"), [448.88, 299.25, 251.87]
        )
        self.assertEqual(run.amount_total, 1000)
        cost.method = "key"
        run.charge_ids.unit_id[0].apportion_key = 0
        run.action_compute()
        self.assertEqual(run.charge_ids.mapped("amount"), [500, 500])

    def test_shared_cost_of_a_unit_sold_in_the_month(self):
        lift = self.make_item("Lift power", "LP", "apportioned")
        self.make_unit("101", 100, handover_date="2026-01-16")
        self.make_unit("102", 200)
        self.env["property.shared.cost"].create(
            {
                "community_id": self.community.id,
                "fee_item_id": lift.id,
                "period": "2026-01-01",
                "amount": 100,
            }
        )
        # 33.33 and 66.67; 33.33 × 15/31 = 16.127, the owner 17.20
        self.assertEqual(
            self.charges_of(self.compute()),
            [
                ("101", "Sunrise Developer", "LP", 16.13),
                ("101", "Owner of 101", "LP", 17.2),
                ("102", "Owner of 102", "LP", 66.67),
            ],
        )

    def test_missing_rates_and_areas(self):
        self.make_rate(2.8, unit_type="residential", date_to="2025-12-31")
        self.make_unit("101")
        self.make_unit("102", unit_type="shop")
        self.assertEqual(
            self.problems_of(self.compute()), [("101", "no_rate"), ("102", "no_rate")]
        )
        self.make_rate(3, date_from="2026-02-01")
        self.make_unit("103", 0)
        self.assertEqual(
            self.problems_of(self.compute("2026-02-01")), [("103", "no_area")]
        )

    def test_other_communities_and_companies_are_left_alone(self):
        self.make_rate(2.8)
        self.make_unit("101")
        other = self.make_community("Moon Court", "MNC")
        building = self.env["property.building"].create(
            {"name": "1", "community_id": other.id}
        )
        self.make_unit("201", building_id=building.id)
        self.assertEqual(len(self.compute().charge_ids), 1)

    def test_queries_do_not_grow_with_units(self):
        self.make_rate(2.8)
        for room in range(5):
            self.make_unit(f"1{room}")
        few, many = self.make_run("2026-01-01"), self.make_run("2026-02-01")
        few.action_compute()  # warms the caches
        self.env.invalidate_all()
        with self.assertQueryCount(80):
            few.action_compute()
        for room in range(60):
            self.make_unit(f"2{room}")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(80):
            many.action_compute()
        self.assertEqual(len(many.charge_ids), 65)


@tagged("post_install", "-at_install")
class TestSecondRun(PropertyCommon):
    """A month that was billed is not billed again, whatever changed since."""

    def invoice(self, run):
        run.exception_ids.reason = "Known"
        run.exception_ids.filtered(lambda row: row.state == "open").action_accept()
        self.sign(run)
        run.action_create_invoices()

    def second(self):
        run = self.make_run("2026-01-01")
        run.action_compute()
        return run

    def test_sale_and_handover_recorded_late(self):
        """Both months were billed whole; the buyer is not billed on top."""
        self.make_rate(3)
        sold = self.make_unit("101", 100, owner="Seller")
        handed_over = self.make_unit("102", 100, handover_date="2026-03-01")
        self.invoice(self.second())
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        sold.with_context(property_effective_date="2026-01-16").owner_id = buyer
        handed_over.handover_date = "2026-01-01"
        run = self.second()
        self.assertFalse(run.charge_ids)
        self.assertEqual(
            self.problems_of(run),
            [("101", "billed_otherwise"), ("102", "billed_otherwise")],
        )

    def test_days_not_billed_yet(self):
        """Paid through the 10th was a mistake: 10 of 31 days of 310.00 are missing."""
        self.make_rate(3.1)
        unit = self.make_unit("101", 100, paid_through="2026-01-10")
        first = self.second()
        self.assertEqual(first.charge_ids.amount, 210)
        self.invoice(first)
        unit.paid_through = False
        run = self.second()
        # The same payer, fee and month have one charge; the rest is done by hand.
        self.assertFalse(run.charge_ids)
        self.assertEqual(self.problems_of(run), [("101", "billed_partly")])

    def shared(self, amount, **values):
        return self.env["property.shared.cost"].create(
            {
                "community_id": self.community.id,
                "fee_item_id": self.lift.id,
                "period": "2026-01-01",
                "amount": amount,
                **values,
            }
        )

    def test_two_costs_of_one_fee_add_up(self):
        """100.00 over two units and 50.00 for one building: 50 + 50 and 50."""
        self.lift = self.make_item("Lift power", "LP", "apportioned")
        other = self.env["property.building"].create(
            {"name": "2", "community_id": self.community.id}
        )
        self.make_unit("101", 100)
        self.make_unit("201", 100, building_id=other.id)
        self.shared(100)
        self.shared(50, building_ids=[Command.set(other.ids)])
        run = self.second()
        self.assertEqual(
            [(room, amount) for room, _payer, _fee, amount in self.charges_of(run)],
            [("101", 50), ("201", 100)],
        )

    def test_a_shared_cost_is_shared_once(self):
        self.lift = self.make_item("Lift power", "LP", "apportioned")
        for room in ("101", "102"):
            self.make_unit(room)
        self.shared(100)
        self.invoice(self.second())
        self.make_unit("103")
        run = self.second()
        self.assertFalse(run.charge_ids)
        self.assertNotIn("shared_billed", run.exception_ids.mapped("kind"))
        self.shared(60)
        run.action_compute()
        self.assertFalse(run.charge_ids)
        self.assertIn("shared_billed", run.exception_ids.mapped("kind"))
