from odoo.fields import Command
from odoo.tests import Form, new_test_user

from ..billing.common import MODULE
from ..collection.common import CollectionCommon


class DeskCommon(CollectionCommon):
    """An owner with two units who stands at the desk; what he owes is in the company's
    currency with two decimals, without taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_unit("102", owner=None, owner_id=cls.owner.id)
        cls.cash = cls.company_data["default_journal_cash"]
        cls.bank = cls.company_data["default_journal_bank"]
        # Somebody who works for another community only.
        cls.stranger = new_test_user(
            cls.env,
            login="property_stranger",
            groups=f"base.group_user,{MODULE}.group_cs",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.elsewhere = cls.make_community(
            "Moon Court", "MNC", cs_user_ids=[Command.set(cls.stranger.ids)]
        )

    @classmethod
    def make_moment(cls, kind="certificate_request", unit=None, user=None, **values):
        return (
            cls.env["property.moment"]
            .with_user(user or cls.user_cs)
            .create({"kind": kind, "unit_id": (unit or cls.unit).id, **values})
        )

    @classmethod
    def wizard(cls, moment, action, **values):
        """The form that a button opens, filled in and applied."""
        opened = getattr(moment, action)()
        form = Form(moment.env[opened["res_model"]].with_context(**opened["context"]))
        for name, value in values.items():
            setattr(form, name, value)
        return form.save()
