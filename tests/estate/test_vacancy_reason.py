from freezegun import freeze_time

from odoo.tests import Form, tagged

from .verify_common import VerifyCommon


@tagged("post_install", "-at_install")
class TestVacancyReason(VerifyCommon):
    def rows(self, unit):
        return [
            (row.status, row.vacancy_reason, str(row.date_from or ""))
            for row in unit.occupancy_ids.sorted(lambda row: str(row.date_from or ""))
        ]

    def test_a_first_reason_completes_the_row(self):
        with freeze_time("2026-01-05 04:00:00"):
            unit = self.make_unit("1", owner_id=self.ann.id)
        with freeze_time("2026-03-05 04:00:00"):
            unit.vacancy_reason = "remote"
        self.assertEqual(self.rows(unit), [("delivered_vacant", "remote", "")])
        # Another one is a change like any other.
        with freeze_time("2026-04-01 04:00:00"):
            unit.vacancy_reason = "to_let"
        self.assertEqual(
            self.rows(unit),
            [
                ("delivered_vacant", "remote", ""),
                ("delivered_vacant", "to_let", "2026-04-01"),
            ],
        )
        with freeze_time("2026-05-01 04:00:00"):
            unit.occupancy_status = "leased"
            self.assertFalse(unit.vacancy_reason)
        self.assertEqual(self.rows(unit)[-1], ("leased", False, "2026-05-01"))

    def test_with_the_status(self):
        unit = self.make_unit("1", owner_id=self.ann.id)
        with freeze_time("2026-03-05 04:00:00"):
            unit.occupancy_status = "decorating"
        with freeze_time("2026-04-05 04:00:00"):
            unit.write(
                {"vacancy_reason": "season", "occupancy_status": "delivered_vacant"}
            )
        self.assertEqual(
            self.rows(unit)[1:],
            [
                ("decorating", False, "2026-03-05"),
                ("delivered_vacant", "season", "2026-04-05"),
            ],
        )

    def test_only_what_is_vacant_has_a_reason(self):
        unit = self.make_unit(
            "1",
            owner_id=self.ann.id,
            occupancy_status="leased",
            vacancy_reason="remote",
        )
        self.assertFalse(unit.vacancy_reason)
        row = unit.occupancy_ids
        row.write({"status": "delivered_vacant", "vacancy_reason": "other"})
        self.assertEqual(unit.vacancy_reason, "other")
        row.status = "owner_occupied"
        self.assertFalse(unit.vacancy_reason)

    @freeze_time("2026-08-31 04:00:00")
    def test_asked_on_the_phone(self):
        owner = self.make_owner("1")
        unit = owner.property_unit_ids
        form = self.verify(owner, vacancy_reason="second_home")
        self.assertEqual(form.vacant_unit_ids, unit)
        form.action_save()
        self.assertEqual(unit.vacancy_reason, "second_home")

    @freeze_time("2026-08-31 04:00:00")
    def test_from_the_unit(self):
        owner = self.make_owner("1")
        action = owner.property_unit_ids.with_user(self.cs).action_verify_owner()
        form = Form(
            self.env["property.contact.verify"]
            .with_user(self.cs)
            .with_context(**action["context"])
        )
        self.assertEqual((form.partner_id, form.phone), (owner, "0912 000 001"))
        form.source, form.phone_check = "tenant", "confirmed"
        form.save().action_save()
        self.assertEqual(self.checks(owner), [("phone", "confirmed", "tenant")])

    def test_by_building_and_stage(self):
        self.community.stage = "decoration"
        units = self.make_unit("1", owner_id=self.ann.id, vacancy_reason="for_sale")
        units |= self.make_unit("2", owner_id=self.ann.id, vacancy_reason="for_sale")
        rows = self.env["property.unit"]._read_group(
            [("id", "in", units.ids)],
            ["community_stage", "building_id", "vacancy_reason"],
            ["__count"],
        )
        self.assertEqual(rows, [("decoration", self.building, "for_sale", 2)])
