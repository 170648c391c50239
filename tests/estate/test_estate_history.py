from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import EstateCommon


@tagged("post_install", "-at_install")
@freeze_time("2024-05-15 04:00:00")
class TestHistory(EstateCommon):
    def owners(self, unit):
        return unit.tenure_ids.filtered(lambda row: row.role == "owner")

    def test_first_row_has_no_first_day(self):
        unit = self.make_unit("101", owner_id=self.ann.id)
        self.assertHistory(unit.tenure_ids, (self.ann, "", ""))
        self.assertTrue(unit.tenure_ids.is_payer)
        self.assertHistory(unit.occupancy_ids, ("delivered_vacant", "", ""))

    def test_unit_without_owner_is_unsold(self):
        unit = self.make_unit("101")
        self.assertFalse(unit.tenure_ids)
        self.assertEqual(unit.occupancy_status, "unsold")

    def test_change_holds_from_today(self):
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.owner_id = self.ben
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-05-14"),
            (self.ben, "2024-05-15", ""),
        )

    def test_second_change_of_the_day_corrects_the_first(self):
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.owner_id = self.ben
        unit.owner_id = self.cat
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-05-14"),
            (self.cat, "2024-05-15", ""),
        )
        unit.owner_id = False
        self.assertHistory(unit.tenure_ids, (self.ann, "", "2024-05-14"))
        self.assertFalse(unit.owner_id)

    def test_same_value_again_adds_nothing(self):
        unit = self.make_unit("101", owner_id=self.ann.id, occupancy_status="leased")
        unit.write({"owner_id": self.ann.id, "occupancy_status": "leased"})
        self.assertHistory(unit.tenure_ids, (self.ann, "", ""))
        self.assertHistory(unit.occupancy_ids, ("leased", "", ""))

    def test_ended_and_taken_up_again(self):
        unit = self.make_unit("101", owner_id=self.ann.id, occupant_id=self.ben.id)
        unit.occupant_id = False
        with freeze_time("2024-06-20 04:00:00"):
            unit.occupant_id = self.cat
            self.assertEqual(unit.occupant_id, self.cat)
        occupants = unit.tenure_ids.filtered(lambda row: row.role == "occupant")
        self.assertHistory(
            occupants, (self.ben, "", "2024-05-14"), (self.cat, "2024-06-20", "")
        )
        self.assertFalse(any(occupants.mapped("is_payer")))
        self.assertHistory(self.owners(unit), (self.ann, "", ""))

    def test_past_day_from_the_context(self):
        # The day before 1 March 2024 is the leap day.
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.with_context(property_effective_date="2024-03-01").owner_id = self.ben
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-02-29"),
            (self.ben, "2024-03-01", ""),
        )
        self.assertEqual(unit.owner_id, self.ben)

    def test_past_day_of_the_first_row(self):
        unit = self.make_unit("101")
        unit.with_context(property_effective_date="2024-03-01").owner_id = self.ben
        self.assertHistory(unit.tenure_ids, (self.ben, "2024-03-01", ""))

    def test_past_day_before_a_later_change(self):
        # Cat owned from 1 April until Ben took over on 15 May; Ben still owns.
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.owner_id = self.ben
        unit.with_context(property_effective_date="2024-04-01").owner_id = self.cat
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-03-31"),
            (self.cat, "2024-04-01", "2024-05-14"),
            (self.ben, "2024-05-15", ""),
        )
        self.assertEqual(unit.owner_id, self.ben)

    def test_future_day_changes_nothing_today(self):
        unit = self.make_unit("101", owner_id=self.ann.id, occupancy_status="leased")
        unit.with_context(property_effective_date="2024-07-01").write(
            {"owner_id": self.ben.id, "occupancy_status": "decorating"}
        )
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-06-30"),
            (self.ben, "2024-07-01", ""),
        )
        self.assertEqual(unit.owner_id, self.ann)
        self.assertEqual(unit.occupancy_status, "leased")

    def test_many_units_at_once(self):
        units = self.make_unit("101", owner_id=self.ann.id) + self.make_unit("102")
        units.owner_id = self.cat
        self.assertHistory(
            units[0].tenure_ids,
            (self.ann, "", "2024-05-14"),
            (self.cat, "2024-05-15", ""),
        )
        self.assertHistory(units[1].tenure_ids, (self.cat, "", ""))

    def test_rows_written_by_hand_set_the_owner(self):
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.tenure_ids = [
            Command.update(unit.tenure_ids.id, {"date_to": "2024-05-09"}),
            Command.create({"partner_id": self.ben.id, "date_from": "2024-05-10"}),
        ]
        self.assertEqual(unit.owner_id, self.ben)

    def test_form_keeps_rows_and_owner_in_step(self):
        with Form(self.env["property.unit"]) as form:
            form.name = "101"
            form.building_id = self.building
            form.owner_id = self.ann
        unit = form.record
        self.assertHistory(unit.tenure_ids, (self.ann, "", ""))
        with Form(unit) as form:
            with form.tenure_ids.edit(0) as row:
                row.date_to = "2024-05-09"
            with form.tenure_ids.new() as row:
                row.partner_id = self.ben
                row.date_from = "2024-05-10"
        self.assertHistory(
            unit.tenure_ids,
            (self.ann, "", "2024-05-09"),
            (self.ben, "2024-05-10", ""),
        )
        self.assertEqual(unit.owner_id, self.ben)

    def test_overlap_is_refused(self):
        unit = self.make_unit("101", owner_id=self.ann.id)
        with self.assertRaisesRegex(ValidationError, "1 101.*overlap.*2024-05-10"):
            self.env["property.unit.tenure"].create(
                {
                    "unit_id": unit.id,
                    "partner_id": self.ben.id,
                    "date_from": "2024-05-10",
                }
            )
        with self.assertRaisesRegex(ValidationError, "overlap"):
            unit.occupancy_ids = [Command.create({"status": "leased"})]

    def test_last_day_is_taken(self):
        # Ann holds the 10th itself, so the next owner cannot begin on the 10th.
        unit = self.make_unit("101", owner_id=self.ann.id)
        unit.tenure_ids.date_to = "2024-05-10"
        row = {"unit_id": unit.id, "partner_id": self.ben.id}
        with self.assertRaises(ValidationError):
            self.env["property.unit.tenure"].create({**row, "date_from": "2024-05-10"})
        self.env["property.unit.tenure"].create({**row, "date_from": "2024-05-11"})
        self.assertEqual(unit.owner_id, self.ben)

    def test_owner_and_occupant_are_separate_tracks(self):
        unit = self.make_unit("101", owner_id=self.ann.id, occupant_id=self.ben.id)
        self.assertEqual(len(unit.tenure_ids), 2)
        self.assertEqual((unit.owner_id, unit.occupant_id), (self.ann, self.ben))
