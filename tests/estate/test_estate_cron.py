from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import EstateCommon


@tagged("post_install", "-at_install")
class TestRefreshUnits(EstateCommon):
    """Ben owns and decorates from 1 June 2024, entered in May."""

    @classmethod
    @freeze_time("2024-05-15 04:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.make_unit(
            "101", owner_id=cls.ann.id, occupancy_status="owner_occupied"
        )
        cls.unit.tenure_ids.date_to = "2024-05-31"
        cls.unit.occupancy_ids.date_to = "2024-05-31"
        cls.unit.write(
            {
                "tenure_ids": [
                    Command.create(
                        {"partner_id": cls.ben.id, "date_from": "2024-06-01"}
                    )
                ],
                "occupancy_ids": [
                    Command.create({"status": "decorating", "date_from": "2024-06-01"})
                ],
            }
        )
        cls.cron = cls.env.ref("property_fee_collection.cron_refresh_units")

    def run_on(self, day, time="04:00:00"):
        with freeze_time(f"{day} {time}"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.unit.invalidate_recordset()
        return self.unit.owner_id, self.unit.occupancy_status

    def test_not_before_its_day(self):
        self.assertEqual(self.run_on("2024-05-31"), (self.ann, "owner_occupied"))

    def test_on_its_day_and_twice(self):
        self.assertEqual(self.run_on("2024-06-01"), (self.ben, "decorating"))
        rows = self.unit.tenure_ids + self.unit.tenure_ids
        written = self.unit.write_date
        self.assertEqual(self.run_on("2024-06-01"), (self.ben, "decorating"))
        self.assertEqual(self.unit.tenure_ids | rows, self.unit.tenure_ids)
        self.assertEqual(self.unit.write_date, written)

    def test_a_year_late(self):
        self.assertEqual(self.run_on("2025-06-01"), (self.ben, "decorating"))

    def test_what_ended_leaves_nobody(self):
        self.unit.tenure_ids.filtered(
            lambda row: row.partner_id == self.ben
        ).date_to = "2024-06-30"
        self.assertEqual(self.run_on("2024-07-01")[0], self.env["res.partner"])

    def test_the_day_is_that_of_the_community(self):
        """31 May, 17:00 in Greenwich is 1 June, 01:00 in Taipei."""
        self.company.partner_id.tz = "Europe/London"
        self.assertEqual(
            self.run_on("2024-05-31", "17:00:00"), (self.ann, "owner_occupied")
        )
        self.company.partner_id.tz = "Asia/Taipei"
        self.assertEqual(
            self.run_on("2024-05-31", "17:00:00"), (self.ben, "decorating")
        )

    def test_a_change_is_of_the_day_there(self):
        """Entered at that hour it holds from 1 June on, when nobody lives there yet;
        the community counts one unit that is handed over, none occupied."""
        self.company.partner_id.tz = "Asia/Taipei"
        with freeze_time("2024-05-31 17:00:00"):
            self.unit.owner_id = self.cat
            self.assertEqual(self.unit.owner_id, self.cat)
            self.assertEqual(self.unit.occupancy_status, "decorating")
            self.assertEqual(self.community.occupied_count, 0)
            self.assertEqual(self.community.delivered_count, 1)
        row = self.unit.tenure_ids.filtered(lambda row: row.partner_id == self.cat)
        self.assertEqual(str(row.date_from), "2024-06-01")
