from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

MODULE = "property_fee_collection"
ROLES = ("cs", "cs_head", "finance", "manager", "company")


class PropertyCommon(AccountTestInvoicingCommon):
    """A community with one user per role, a developer and a property fee.

    Amounts are in the company's currency with two decimals.
    """

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref(f"{MODULE}.group_company")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        for role in ROLES:
            user = new_test_user(
                cls.env,
                login=f"property_{role}",
                groups=f"base.group_user,{MODULE}.group_{role}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            setattr(cls, f"user_{role}", user)
        cls.developer = cls.env["res.partner"].create({"name": "Sunrise Developer"})
        cls.community = cls.make_community("Sunrise Garden", "SRG")
        cls.building = cls.env["property.building"].create(
            {"name": "1", "community_id": cls.community.id}
        )
        cls.fee = cls.make_item("Property fee", "PF", "area", vacancy_eligible=True)

    @classmethod
    def make_community(cls, name, code, **values):
        return cls.env["property.community"].create(
            {
                "name": name,
                "code": code,
                "company_id": cls.company.id,
                "due_day": 10,
                "developer_id": cls.developer.id,
                "manager_id": cls.user_manager.id,
                "cs_head_id": cls.user_cs_head.id,
                "finance_user_id": cls.user_finance.id,
                "cs_user_ids": [Command.set(cls.user_cs.ids)],
                **values,
            }
        )

    @classmethod
    def make_item(cls, name, code, basis, **values):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "property_account_income_id": cls.company_data[
                    "default_account_revenue"
                ].id,
                "taxes_id": [Command.clear()],
            }
        )
        return cls.env["property.fee.item"].create(
            {
                "name": name,
                "code": code,
                "basis": basis,
                "product_id": product.id,
                **values,
            }
        )

    @classmethod
    def make_rate(cls, price, item=None, **values):
        return cls.env["property.fee.rate"].create(
            {
                "fee_item_id": (item or cls.fee).id,
                "community_id": cls.community.id,
                "price": price,
                **values,
            }
        )

    @classmethod
    def make_unit(cls, room, area=100.0, owner="", **values):
        """A delivered unit; ``owner`` is a name, None for nobody."""
        if owner == "":
            owner = f"Owner of {room}"
        partner = owner and cls.env["res.partner"].create({"name": owner})
        return cls.env["property.unit"].create(
            {
                "name": room,
                "building_id": cls.building.id,
                "floor_area": area,
                "occupancy_status": "owner_occupied",
                "owner_id": partner and partner.id,
                **values,
            }
        )

    @classmethod
    def make_run(cls, period, **values):
        return cls.env["property.billing.run"].create(
            {
                "community_id": cls.community.id,
                "period": fields.Date.to_date(period),
                **values,
            }
        )

    @classmethod
    def sign(cls, run):
        run.with_user(cls.user_cs_head).action_sign_cs()
        run.with_user(cls.user_finance).action_sign_finance()

    def charges_of(self, run):
        """[(room, payer, fee code, amount)] in building and room order."""
        return [
            (
                charge.unit_id.name,
                charge.partner_id.name,
                charge.fee_item_id.code,
                charge.amount,
            )
            for charge in run.charge_ids.sorted("sort_key")
        ]

    def problems_of(self, run):
        return sorted((row.unit_id.name or "", row.kind) for row in run.exception_ids)
