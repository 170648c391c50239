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

    def run_on(self, day):
        with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
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
