from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

MODULE = "property_fee_collection"
ROLES = ("cs", "cs_head", "finance", "manager", "company")


class EstateCommon(TransactionCase):
    """One community with a building and a few partners; no accounting set up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Estate Test Company"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.community = cls.make_community("Sunrise Gardens", "SRG")
        cls.building = cls.make_building("1", cls.community)
        cls.ann, cls.ben, cls.cat = cls.env["res.partner"].create(
            [{"name": "Ann"}, {"name": "Ben"}, {"name": "Cat"}]
        )

    @classmethod
    def make_community(cls, name, code, **values):
        return cls.env["property.community"].create(
            {"name": name, "code": code, "company_id": cls.company.id, **values}
        )

    @classmethod
    def make_building(cls, name, community):
        return cls.env["property.building"].create(
            {"name": name, "community_id": community.id}
        )

    @classmethod
    def make_unit(cls, name, **values):
        return cls.env["property.unit"].create(
            {"name": name, "building_id": cls.building.id, **values}
        )

    @classmethod
    def make_user(cls, role, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=f"estate_{role}_{company.id}",
            groups=f"base.group_user,{MODULE}.group_{role}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def assertHistory(self, rows, *expected):
        """Compare (value, first day, last day), oldest first, days as text."""
        value = "partner_id" if "partner_id" in rows._fields else "status"
        found = [
            (row[value], str(row.date_from or ""), str(row.date_to or ""))
            for row in rows.sorted(lambda row: str(row.date_from or ""))
        ]
        self.assertEqual(found, list(expected))
