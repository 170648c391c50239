from freezegun import freeze_time

from odoo.tests import tagged

from .common import EstateCommon


@tagged("post_install", "-at_install")
@freeze_time("2024-08-31 04:00:00")
class TestContactData(EstateCommon):
    """Six months before 31 August 2024 is 29 February: the last fresh day."""

    def setUp(self):
        super().setUp()
        known = {"phone": "1", "street": "Main Street 1"}
        self.fresh, self.old_phone, self.old_address, self.never, self.unknown = (
            self.env["res.partner"].create(
                [
                    {**known, "name": "fresh", **self.verified("02-29", "08-31")},
                    {**known, "name": "old phone", **self.verified("02-28", "08-31")},
                    {**known, "name": "old address", **self.verified("08-31", "02-28")},
                    {**known, "name": "never"},
                    {"name": "no street", "phone": "1"},
                ]
            )
        )
        self.all = (
            self.fresh + self.old_phone + self.old_address + self.never + self.unknown
        )

    def verified(self, phone, address):
        return {
            "property_phone_verified": f"2024-{phone}",
            "property_address_verified": f"2024-{address}",
        }

    def test_state(self):
        self.assertEqual(
            self.all.mapped("property_contact_state"),
            ["fresh", "stale", "stale", "stale", "missing"],
        )

    def found(self, operator, value):
        return self.all.search(
            [("id", "in", self.all.ids), ("property_contact_state", operator, value)],
            order="id",
        )

    def test_search_agrees(self):
        stale = self.old_phone + self.old_address + self.never
        self.assertEqual(self.found("=", "fresh"), self.fresh)
        self.assertEqual(self.found("=", "stale"), stale)
        self.assertEqual(self.found("=", "missing"), self.unknown)
        self.assertEqual(self.found("!=", "stale"), self.fresh + self.unknown)
        self.assertEqual(self.found("in", ["stale", "missing"]), self.all - self.fresh)

    def test_one_tap_verification(self):
        self.never.action_property_phone_verified()
        self.assertEqual(self.never.property_contact_state, "stale")
        self.never.action_property_address_verified()
        self.assertEqual(self.never.property_contact_state, "fresh")

    def test_units_of_owners_to_verify(self):
        units = self.make_unit("101", owner_id=self.fresh.id)
        units += self.make_unit("102", owner_id=self.never.id)
        stale = [("owner_id.property_contact_state", "in", ["stale", "missing"])]
        found = units.search([("id", "in", units.ids), *stale])
        self.assertEqual(found.name, "102")

    def test_unit_count_is_todays(self):
        # Owner of 101, occupant of 102, no longer owner of 103.
        self.make_unit("101", owner_id=self.ann.id)
        self.make_unit("102", owner_id=self.ben.id, occupant_id=self.ann.id)
        sold = self.make_unit("103", owner_id=self.ann.id)
        sold.with_context(property_effective_date="2024-08-01").owner_id = self.ben
        self.assertEqual(self.ann.property_unit_count, 2)
        action = self.ann.action_open_property_units()
        units = self.env["property.unit"].search(action["domain"], order="name")
        self.assertEqual(units.mapped("name"), ["101", "102"])
