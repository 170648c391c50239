from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import EstateCommon


@tagged("post_install", "-at_install")
class TestEstateSetup(EstateCommon):
    @mute_logger("odoo.sql_db")
    def test_codes_and_names_are_unique_where_they_should(self):
        self.make_unit("101")
        for make in (
            lambda: self.make_community("Another", "SRG"),
            lambda: self.make_building("1", self.community),
            lambda: self.make_unit("101"),
        ):
            with self.assertRaises(UniqueViolation):
                make()

    def test_same_names_elsewhere_are_fine(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        community = self.make_community("Other", "SRG", company_id=other.id)
        building = self.make_building("1", community)
        self.make_unit("101")
        unit = self.make_unit("101", building_id=building.id)
        self.assertEqual(unit.company_id, other)

    @mute_logger("odoo.sql_db")
    def test_due_day_exists_in_every_month(self):
        for day in (0, 29):
            with self.assertRaises(CheckViolation):
                self.make_community("Bad", f"B{day}", due_day=day)
        self.make_community("Good", "G28", due_day=28)

    @mute_logger("odoo.sql_db")
    def test_area_and_dates_make_sense(self):
        with self.assertRaises(CheckViolation):
            self.make_unit("101", floor_area=-1)
        unit = self.make_unit("102", owner_id=self.ann.id)
        with self.assertRaises(CheckViolation):
            unit.tenure_ids.write({"date_from": "2024-02-02", "date_to": "2024-02-01"})
            self.env.flush_all()

    def test_units_sort_by_number(self):
        units = self.make_unit("1001") + self.make_unit("901") + self.make_unit("A2")
        self.assertEqual(
            units.search([("id", "in", units.ids)]).mapped("name"),
            ["901", "1001", "A2"],
        )

    def test_names_of_units_and_buildings(self):
        self.assertEqual(self.make_unit("101").display_name, "1 101")
        building = self.building.with_context(property_show_community=True)
        self.assertEqual(building.display_name, "Sunrise Gardens 1")

    def test_team_are_the_members(self):
        manager, clerk = self.make_user("manager"), self.make_user("cs")
        self.community.write({"manager_id": manager.id, "cs_user_ids": clerk.ids})
        self.assertEqual(self.community.member_ids, manager + clerk)

    def test_settings_are_the_companys(self):
        with Form(self.env["res.config.settings"]) as settings:
            settings.property_handover_rule = "next_month"
            settings.property_transfer_rule = "buyer"
        self.assertEqual(self.company.property_handover_rule, "next_month")
        self.assertEqual(self.company.property_transfer_rule, "buyer")
