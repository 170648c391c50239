"""What is billed stands on facts that stay; who moves in ends the lower fee."""

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .common import PropertyCommon


class BilledCommon(PropertyCommon):
    @classmethod
    def sign_month(cls, period):
        run = cls.make_run(period)
        run.action_compute()
        cls.sign(run)
        return run

    @classmethod
    def bill_month(cls, period):
        run = cls.sign_month(period)
        run.sudo().state = "invoiced"
        return run

    def assertRefused(self, text, function, *args):
        with self.assertRaises(UserError) as caught:
            function(*args)
        self.assertIn(text, str(caught.exception))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-31")
class TestBilledReadings(BilledCommon):
    """Water at 1.00 a unit: a charge is its usage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.make_item("Water", "W", "meter")
        cls.make_rate(1, cls.water)
        cls.meter = cls.make_meter("101", "W-1")
        cls.count(cls.meter, "2026-08-31", 100)
        cls.september = cls.count(cls.meter, "2026-09-20", 150)

    @classmethod
    def make_meter(cls, room, name):
        return cls.env["property.meter"].create(
            {
                "unit_id": cls.make_unit(room).id,
                "fee_item_id": cls.water.id,
                "name": name,
            }
        )

    @classmethod
    def count(cls, meter, day, value):
        return (
            cls.env["property.meter.reading"]
            .with_user(cls.user_cs)
            .create({"meter_id": meter.id, "date": day, "value": value})
        )

    def test_a_billed_reading_stays(self):
        """100 → 150 → 200: September 50, October 50 and no more."""
        self.bill_month("2026-09-01")
        october = self.count(self.meter, "2026-10-31", 200)
        self.assertRefused("W-1 is billed for 2026-09", self.september.unlink)
        for vals in (
            {"value": 149},
            {"date": "2026-10-01"},
            {"is_estimate": True},
            {"meter_id": self.make_meter("102", "W-2").id},
        ):
            self.assertRefused("will catch up", self.september.write, vals)
        self.assertRefused("evidence", self.september.sudo().unlink)
        self.assertRefused("evidence", october.write, {"date": "2026-09-30"})
        run = self.make_run("2026-10-01")
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 50)

    def test_what_is_no_evidence_may_change(self):
        self.bill_month("2026-09-01")
        self.september.write({"note": "By the caretaker", "value": 150})
        october = self.count(self.meter, "2026-10-30", 199)
        october.write({"value": 200, "date": "2026-10-31"})
        october.unlink()
        other = self.make_meter("102", "W-2")
        self.count(other, "2026-09-30", 7).unlink()

    def test_a_late_reading_waits_for_the_next_one(self):
        """170 of September comes late: October charges 150 → 200, nothing is lost."""
        self.bill_month("2026-09-01")
        for day in ("2026-09-30", "2026-09-01", "2026-05-31"):
            self.assertRefused("2026-09", self.count, self.meter, day, 170)
        self.assertRefused(
            "W-1", self.meter._replace_on, Date.to_date("2026-09-30"), 170, {}
        )
        self.count(self.meter, "2026-10-31", 200)
        run = self.make_run("2026-10-01")
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 50)

    def test_signed_only(self):
        run = self.make_run("2026-09-01")
        run.action_compute()
        self.september.value = 151
        self.september.value = 150
        run.action_compute()
        self.sign(run)
        self.assertRefused(
            "Withdraw the signatures", self.september.write, {"value": 149}
        )
        self.assertRefused("signed", self.meter.write, {"multiplier": 2})
        run.with_user(self.user_cs_head).action_withdraw_signatures()
        self.september.value = 149
        run.action_compute()
        self.assertEqual(run.charge_ids.amount, 49)

    def test_a_billed_meter_stays(self):
        self.bill_month("2026-09-01")
        unit = self.make_unit("102")
        meter = self.meter.with_user(self.user_cs)
        for vals in (
            {"multiplier": 2},
            {"initial_value": 5},
            {"date_installed": "2026-01-01"},
            {"unit_id": unit.id},
            {"fee_item_id": self.make_item("Energy", "E", "meter").id},
        ):
            self.assertRefused("Replace the meter", meter.write, vals)
        self.assertRefused("W-1 is billed for 2026-09", meter.unlink)
        meter.rollover_at = 1000  # learnt late, but it rewrites nothing
        self.assertRefused("Replace the meter", meter.write, {"rollover_at": 2000})
        meter.write({"name": "W-1a", "multiplier": 1, "active": True})
        new = meter._replace_on(Date.to_date("2026-10-15"), 180, {"name": "W-1b"})
        new.multiplier = 2  # nothing of the new one is billed
        self.count(new, "2026-10-31", 10)
        run = self.make_run("2026-10-01")
        run.action_compute()
        # 150 → 180 of the old one and 0 → 10, twice, of the new one
        self.assertEqual(run.charge_ids.amount, 50)

    def test_one_query_however_many(self):
        self.bill_month("2026-09-01")
        meters = [self.meter]
        for room in range(20):
            meters.append(self.make_meter(f"2{room:02}", f"W-2{room:02}"))
        self.env.flush_all()
        days = [(meter, Date.to_date("2026-09-30")) for meter in meters]
        with self.assertQueryCount(1):
            found = self.env["property.meter"]._billed_on(days)
        self.assertEqual(found, [(self.meter, "2026-09", False)])


@tagged("post_install", "-at_install")
@freeze_time("2026-09-10")
class TestVacancyEnds(BilledCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8, vacancy_factor=0.7)
        cls.unit = cls.make_unit("101", occupancy_status="delivered_vacant")
        cls.vacancy = cls.approve(cls.unit, "2025-10-01")

    @classmethod
    def approve(cls, unit, date_from, date_to=False):
        vacancy = cls.env["property.vacancy"].create(
            {"unit_id": unit.id, "date_from": date_from, "date_to": date_to}
        )
        vacancy.with_user(cls.user_cs_head).action_approve()
        return vacancy

    def test_an_approval_is_never_extended(self):
        vacancy = self.vacancy.with_user(self.user_cs)
        vacancy.date_to = "2026-03-31"
        for day in ("2030-01-01", "2026-04-01", False):
            self.assertRefused("only be ended", vacancy.write, {"date_to": day})
        vacancy.write({"date_to": "2026-03-31", "reason": "Abroad"})
        vacancy.date_to = "2026-03-15"
        waiting = self.env["property.vacancy"].create(
            {"unit_id": self.unit.id, "date_from": "2026-05-01"}
        )
        waiting.with_user(self.user_cs).date_to = "2026-05-31"
        waiting.with_user(self.user_cs).date_to = False

    def test_moving_in_ends_it_the_day_before(self):
        """100 m² at 2.80: 196.00 while it is empty, 280.00 from July on."""
        other = self.approve(
            self.make_unit("102", occupancy_status="delivered_vacant"), "2026-01-01"
        )
        unit = self.unit.with_user(self.user_cs)
        unit.with_context(
            property_effective_date="2026-07-01"
        ).occupancy_status = "owner_occupied"
        self.assertEqual(self.vacancy.date_to, Date.to_date("2026-06-30"))
        self.assertEqual(self.vacancy.state, "approved")
        self.assertIn("Owner-occupied", str(self.vacancy.message_ids.mapped("body")))
        self.assertFalse(other.date_to)
        for period, amount in (("2026-06-01", 196), ("2026-09-01", 280)):
            run = self.make_run(period)
            run.action_compute()
            charge = run.charge_ids.filtered(lambda row: row.unit_id == self.unit)
            self.assertEqual(charge.amount, amount)

    def test_only_an_occupied_status_ends_it(self):
        self.unit.occupancy_status = "decorating"
        self.assertFalse(self.vacancy.date_to)
        self.unit.with_context(
            property_effective_date="2026-09-15"
        ).occupancy_status = "leased"
        self.assertEqual(self.vacancy.date_to, Date.to_date("2026-09-14"))
        rows = self.unit.occupancy_ids.grouped("status")
        rows["decorating"].date_to = "2026-09-11"
        rows["leased"].date_from = "2026-09-12"
        self.assertEqual(self.vacancy.date_to, Date.to_date("2026-09-11"))

    def test_moving_out_ends_nothing(self):
        unit = self.make_unit("103")  # owner-occupied as far back as is known
        vacancy = self.approve(unit, "2026-06-01")
        unit.occupancy_status = "delivered_vacant"
        self.assertFalse(vacancy.date_to)

    def test_vacancies_that_begin_later(self):
        """Begun before it was told that the unit is occupied: nothing is left but its
        first day. Planned: it stays."""
        begun = self.approve(self.unit, "2026-08-01")
        planned = self.approve(self.unit, "2026-12-01")
        ended = self.approve(self.unit, "2026-01-01", "2026-03-31")
        self.unit.with_context(
            property_effective_date="2026-07-01"
        ).occupancy_status = "leased"
        self.assertEqual(begun.date_to, Date.to_date("2026-08-01"))
        self.assertFalse(planned.date_to)
        self.assertEqual(ended.date_to, Date.to_date("2026-03-31"))


@tagged("post_install", "-at_install")
class TestBilledSharedCost(BilledCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lift = cls.make_item("Lift power", "LP", "apportioned")
        cls.pump = cls.make_item("Pump power", "PP", "apportioned")
        cls.make_unit("101")
        cls.cost = cls.share(cls.lift, "2026-01-01")

    @classmethod
    def share(cls, item, period):
        return cls.env["property.shared.cost"].create(
            {
                "community_id": cls.community.id,
                "fee_item_id": item.id,
                "period": period,
                "amount": 100,
            }
        )

    def test_a_billed_cost_stays(self):
        self.bill_month("2026-01-01")
        cost = self.cost.with_user(self.user_finance)
        for vals in (
            {"amount": 101},
            {"method": "equal"},
            {"building_ids": [(4, self.building.id)]},
            {"period": "2026-02-01"},
            {"fee_item_id": self.pump.id},
            {"community_id": self.make_community("Moon Court", "MNC").id},
        ):
            self.assertRefused("evidence", cost.write, vals)
        self.assertRefused("evidence", cost.unlink)
        self.assertRefused("evidence", cost.sudo().unlink)
        cost.name = "2026-0117"

    def test_other_fees_and_months_are_free(self):
        self.bill_month("2026-01-01")
        late = self.share(self.pump, "2026-01-01")
        following = self.share(self.lift, "2026-02-01")
        (late | following).with_user(self.user_finance).write({"amount": 90})
        (late | following).with_user(self.user_finance).unlink()

    def test_signed_only(self):
        run = self.sign_month("2026-01-01")
        cost = self.cost.with_user(self.user_finance)
        self.assertRefused("Withdraw the signatures", cost.write, {"amount": 90})
        run.with_user(self.user_cs_head).action_withdraw_signatures()
        cost.amount = 90
        run.action_compute()
        self.assertEqual(run.amount_total, 90)
