"""Nobody moves anything into a community, or charges one, he does not work for."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import PropertyCommon

CS = ("cs", "cs_head", "manager")
MONEY = ("cs_head", "finance")


@tagged("post_install", "-at_install")
class TestCommunityBound(PropertyCommon):
    """Sunrise Garden (A) and Green Court are the team's, Riverside (B) is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.make_item("Water", "W", "meter")
        cls.lift = cls.make_item("Lift", "L", "apportioned")
        cls.unit = cls.make_unit("101")
        cls.green = cls.make_community("Green Court", "GRC")
        cls.b = cls.env["property.community"].create(
            {"name": "Riverside", "code": "RVS", "company_id": cls.company.id}
        )
        cls.green_building, cls.b_building = cls.env["property.building"].create(
            [
                {"name": "5", "community_id": cls.green.id},
                {"name": "9", "community_id": cls.b.id},
            ]
        )
        cls.green_unit = cls.make_unit("501", building_id=cls.green_building.id)
        cls.b_unit = cls.make_unit("901", building_id=cls.b_building.id)
        cls.meter = cls._meter(cls.unit)
        cls.env.flush_all()

    @classmethod
    def _meter(cls, unit):
        return cls.env["property.meter"].create(
            {"unit_id": unit.id, "fee_item_id": cls.water.id}
        )

    def _user(self, role):
        return getattr(self, f"user_{role}")

    def _stays(self, record, values, roles, refused=AccessError):
        """Nobody of ``roles`` may write ``values``, which would move it to B."""
        record.flush_recordset()
        for role in roles:
            with self.subTest(model=record._name, values=values, role=role):
                with self.assertRaises(refused):
                    record.with_user(self._user(role)).write(values)

    def _moves(self, record, values, role):
        """The same move within the team's own communities works."""
        record.with_user(self._user(role)).write(values)
        self.assertEqual(record.community_id, self.green)

    def test_a_building_stays(self):
        self._stays(self.building, {"community_id": self.b.id}, CS)
        self._moves(self.building, {"community_id": self.green.id}, "cs")
        self.assertEqual(self.unit.community_id, self.green)

    def test_a_unit_stays(self):
        self._stays(self.unit, {"building_id": self.b_building.id}, CS)
        self._moves(self.unit, {"building_id": self.green_building.id}, "cs")

    def test_stored_places_are_not_written_either(self):
        for values in ({"community_id": self.b.id}, {"unit_id": self.b_unit.id}):
            self._stays(self.meter, values, CS)
        self._stays(self.unit, {"community_id": self.b.id}, CS)

    def test_history_of_a_unit_stays(self):
        for name in ("tenure_ids", "occupancy_ids"):
            rows = self.unit[name]
            self.assertEqual(len(rows), 1)
            rows.date_to = "2020-12-31"
            (self.green_unit | self.b_unit)[name].date_from = "2021-01-01"
            self._stays(rows, {"unit_id": self.b_unit.id}, CS)
            self._moves(rows, {"unit_id": self.green_unit.id}, "cs")

    def test_a_meter_and_its_readings_stay(self):
        reading = self.env["property.meter.reading"].create(
            {"meter_id": self.meter.id, "date": "2026-01-31", "value": 5}
        )
        self._stays(self.meter, {"unit_id": self.b_unit.id}, CS)
        self._stays(reading, {"meter_id": self._meter(self.b_unit).id}, CS)
        self._moves(reading, {"meter_id": self._meter(self.green_unit).id}, "cs")
        self._moves(self.meter, {"unit_id": self.green_unit.id}, "cs")

    def test_a_vacancy_stays(self):
        vacancy = self.env["property.vacancy"].create(
            {"unit_id": self.unit.id, "date_from": "2026-01-01"}
        )
        self._stays(vacancy, {"unit_id": self.b_unit.id}, CS)
        self._moves(vacancy, {"unit_id": self.green_unit.id}, "cs")

    def test_a_shared_cost_stays(self):
        cost = self.env["property.shared.cost"].create(
            {
                "community_id": self.community.id,
                "fee_item_id": self.lift.id,
                "period": "2026-01-01",
                "amount": 50,
            }
        )
        self._stays(cost, {"community_id": self.b.id}, MONEY)
        self._stays(cost, {"building_ids": self.b_building.ids}, MONEY)
        self._moves(cost, {"community_id": self.green.id}, "finance")

    def test_a_rate_stays(self):
        rate = self.make_rate(2.8)
        for values in (
            {"community_id": self.b.id},
            {"unit_id": self.b_unit.id},
            {"building_id": self.b_building.id},
            {"community_id": False},
            {"unit_id": self.b_unit.id, "community_id": self.community.id},
        ):
            self._stays(rate, values, ["finance"])
        self._moves(rate, {"community_id": self.green.id}, "finance")

    def test_only_the_company_sets_rates_for_all_communities(self):
        values = {"fee_item_id": self.fee.id, "price": 3}
        rates = self.env["property.fee.rate"]
        with self.assertRaises(AccessError):
            rates.with_user(self.user_finance).create(values)
        rate = rates.with_user(self.user_company).create(values)
        self.assertFalse(rate.community_id)
        for role in ("cs", "finance", "manager"):
            self.assertEqual(rate.with_user(self._user(role)).price, 3)
        for refused in ({"price": 4}, {"community_id": self.community.id}):
            with self.assertRaises(AccessError):
                rate.with_user(self.user_finance).write(refused)
        with self.assertRaises(AccessError):
            rate.with_user(self.user_finance).unlink()
        rate.price = 4
        mine = {**values, "community_id": self.community.id}
        rates.with_user(self.user_finance).create(mine).price = 5

    def test_no_rate_for_an_item_of_another_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        item = self.fee.copy(
            {"company_id": other.id, "product_id": self.fee.product_id.id}
        )
        for role in ("finance", "company"):
            for community in (False, self.community.id):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.env["property.fee.rate"].with_user(self._user(role)).create(
                        {
                            "fee_item_id": item.id,
                            "price": 3,
                            "community_id": community,
                        }
                    )

    def test_a_run_stays(self):
        run = self.make_run("2026-01-01")
        self._stays(run, {"community_id": self.b.id}, MONEY)
        self._moves(run, {"community_id": self.green.id}, "finance")

    def test_imports_stay(self):
        sheet = self.env["property.meter.import"].create(
            {"community_id": self.community.id}
        )
        ledger = self.env["property.ledger.import"].create(
            {"community_id": self.community.id, "file": b"bm8="}
        )
        for record in (sheet, ledger):
            self._stays(record, {"community_id": self.b.id}, CS)
            self._moves(record, {"community_id": self.green.id}, "cs")

    def test_a_notice_stays(self):
        notice = self.env["property.notice"].create(
            {"community_id": self.community.id, "partner_id": self.partner_a.id}
        )
        self._stays(notice, {"community_id": self.b.id}, ("cs", "finance", "manager"))
        run = self.make_run("2026-01-01", community_id=self.b.id)
        self._stays(notice, {"run_id": run.id}, ("cs", "finance"))
        self._moves(notice, {"community_id": self.green.id}, "finance")

    def test_creating_elsewhere_is_refused(self):
        """Also where the community is named that the user does belong to."""
        meters = self.env["property.meter"]
        for role in CS:
            with self.subTest(role=role), self.assertRaises(AccessError):
                meters.with_user(self._user(role)).create(
                    {
                        "unit_id": self.b_unit.id,
                        "community_id": self.community.id,
                        "fee_item_id": self.water.id,
                    }
                )
        with self.assertRaises(AccessError):
            self.env["property.fee.rate"].with_user(self.user_finance).create(
                {
                    "fee_item_id": self.fee.id,
                    "community_id": self.community.id,
                    "unit_id": self.b_unit.id,
                    "price": 1,
                }
            )

    def test_an_invoice_stays(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "property_community_id": self.community.id,
            }
        )
        for values in (
            {"property_community_id": self.b.id},
            {"property_unit_id": self.b_unit.id},
        ):
            self._stays(invoice, values, ["finance"])
        invoice.with_user(self.user_finance).property_community_id = self.green
        self.assertEqual(invoice.property_community_id, self.green)

    def test_the_company_moves_between_all_its_communities(self):
        self.building.with_user(self.user_company).community_id = self.b
        self.assertEqual(self.unit.community_id, self.b)

    def test_a_community_stays_in_its_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self._stays(
            self.community, {"company_id": other.id}, ("cs_head", "manager", "company")
        )

    def _charge_values(self, run, unit):
        return {
            "run_id": run.id,
            "community_id": run.community_id.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "unit_id": unit.id,
            "partner_id": self.partner_a.id,
            "fee_item_id": self.fee.id,
            "period": "2026-01-01",
            "date_from": "2026-01-01",
            "date_to": "2026-01-31",
            "amount": 10,
        }

    def test_a_run_charges_units_of_its_community_only(self):
        run = self.make_run("2026-01-01")
        charges = self.env["property.charge"]
        good = self._charge_values(run, self.unit)
        other_fee = {"fee_item_id": self.water.id}
        for role in (*MONEY, "company"):
            mine = charges.with_user(self._user(role))
            for wrong in (
                {"unit_id": self.b_unit.id},
                {"unit_id": self.green_unit.id},
                {"community_id": self.green.id},
                {"building_id": self.b_building.id},
            ):
                with self.subTest(role=role, wrong=wrong):
                    with self.assertRaises(ValidationError):
                        mine.create([good, {**good, **other_fee, **wrong}])
        charge = charges.with_user(self.user_cs_head).create(good)
        for role in (*MONEY, "company"):
            for wrong in ({"unit_id": self.b_unit.id}, {"community_id": self.green.id}):
                with self.subTest(role=role, wrong=wrong):
                    with self.assertRaises(ValidationError):
                        charge.with_user(self._user(role)).write(wrong)

    def test_a_charge_does_not_move_to_another_s_run(self):
        charge = self.env["property.charge"].create(
            self._charge_values(self.make_run("2026-01-01"), self.unit)
        )
        for community, unit, refused in (
            (self.b, self.b_unit, True),
            (self.green, self.green_unit, False),
        ):
            values = {
                "run_id": self.make_run("2026-01-01", community_id=community.id).id,
                "community_id": community.id,
                "unit_id": unit.id,
            }
            if refused:
                self._stays(charge, values, MONEY)
            else:
                self._moves(charge, values, "finance")

    def test_many_charges_are_checked_with_one_query(self):
        run = self.make_run("2026-01-01")
        units = self.unit + self.make_unit("102") + self.make_unit("103")
        charges = self.env["property.charge"].create(
            [self._charge_values(run, unit) for unit in units]
        )
        self.env.flush_all()
        with self.assertQueryCount(1):
            charges._check_one_community()
