from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ROLES, EstateCommon

MODELS = (
    "property.community",
    "property.building",
    "property.unit",
    "property.unit.tenure",
    "property.unit.occupancy",
)


@tagged("post_install", "-at_install")
class TestEstateAccess(EstateCommon):
    """Community A with a user of each role, community B of the same company without
    any of them, community C of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls.make_user(role) for role in ROLES}
        cls.community.write(
            {
                "manager_id": cls.users["manager"].id,
                "cs_head_id": cls.users["cs_head"].id,
                "finance_user_id": cls.users["finance"].id,
                "cs_user_ids": cls.users["cs"].ids,
            }
        )
        cls.unit = cls.make_unit("101", owner_id=cls.ann.id)
        cls.community_b = cls.make_community("Lake View", "LKV")
        cls.unit_b = cls.make_unit(
            "201",
            building_id=cls.make_building("1", cls.community_b).id,
            owner_id=cls.ben.id,
        )
        other = cls.env["res.company"].create({"name": "Other Company"})
        cls.community_c = cls.make_community("Far Away", "FAR", company_id=other.id)
        cls.unit_c = cls.make_unit(
            "301",
            building_id=cls.make_building("1", cls.community_c).id,
            owner_id=cls.cat.id,
        )

    def communities_seen(self, user, model):
        records = self.env[model].with_user(user).search([])
        return records if model == "property.community" else records.sudo().community_id

    def test_members_see_their_community_only(self):
        for role in set(ROLES) - {"company"}:
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    seen = self.communities_seen(self.users[role], model)
                    self.assertEqual(seen.sudo(), self.community)

    def test_company_sees_its_company_only(self):
        for model in MODELS:
            with self.subTest(model=model):
                seen = self.communities_seen(self.users["company"], model)
                self.assertEqual(seen.sudo(), self.community + self.community_b)

    def test_reading_another_community_by_id_is_refused(self):
        for role in ROLES:
            unit = self.unit_c if role == "company" else self.unit_b
            for record in (unit, unit.tenure_ids, unit.occupancy_ids):
                with self.subTest(role=role, model=record._name):
                    with self.assertRaises(AccessError):
                        record.with_user(self.users[role]).read(["company_id"])

    def test_leaving_the_team_ends_access(self):
        self.community.cs_user_ids = False
        seen = self.communities_seen(self.users["cs"], "property.unit")
        self.assertFalse(seen)

    def test_portal_and_plain_employees_read_nothing(self):
        self.ann.write({"email": "ann@example.com"})
        portal = new_test_user(
            self.env, "estate_portal", "base.group_portal", partner_id=self.ann.id
        )
        plain = new_test_user(self.env, "estate_plain", "base.group_user")
        for user in (portal, plain):
            for model in (*MODELS, "property.occupancy.on"):
                with self.subTest(user=user.login, model=model):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([])

    def test_partner_fields_are_for_the_team(self):
        plain = new_test_user(self.env, "estate_plain", "base.group_user")
        with self.assertRaises(AccessError):
            self.ann.with_user(plain).read(["property_unit_count"])
        self.assertEqual(self.ann.with_user(self.users["cs"]).property_unit_count, 1)

    def test_partner_shows_only_tenures_of_own_communities(self):
        self.unit_b.owner_id = self.ann
        partner = self.ann.with_user(self.users["cs"])
        self.assertEqual(partner.property_tenure_ids.unit_id.sudo(), self.unit)
        self.assertEqual(partner.property_unit_count, 1)

    def test_finance_cannot_change_units(self):
        unit = self.unit.with_user(self.users["finance"])
        for values in ({"floor_area": 1.0}, {"owner_id": self.cat.id}):
            with self.assertRaises(AccessError):
                unit.write(values)
        with self.assertRaises(AccessError):
            self.unit.tenure_ids.with_user(self.users["finance"]).unlink()

    def test_cs_keeps_units_but_no_communities(self):
        user = self.users["cs"]
        unit = self.unit.with_user(user)
        unit.write({"owner_id": self.cat.id, "occupancy_status": "leased"})
        self.assertEqual(unit.owner_id, self.cat)
        with self.assertRaises(AccessError):
            unit.unlink()
        with self.assertRaises(AccessError):
            self.community.with_user(user).due_day = 5
        with self.assertRaises(AccessError):
            self.env["property.community"].with_user(user).create(
                {"name": "X", "code": "X"}
            )

    def test_cs_cannot_add_units_elsewhere(self):
        with self.assertRaises(AccessError):
            self.env["property.unit"].with_user(self.users["cs"]).create(
                {"name": "9", "building_id": self.unit_b.building_id.id}
            )

    def test_company_sets_up_communities(self):
        community = self.env["property.community"].with_user(self.users["company"])
        created = community.create({"name": "New", "code": "NEW"})
        self.assertEqual(created.company_id, self.company)
