from datetime import datetime, timedelta

from odoo.tests import HttpCase, new_test_user

from .desk_common import DeskCommon


class ApiCommon(DeskCommon, HttpCase):
    """Another system's calls; the owner of room 101 owes 275.80."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_invoice(cls.owner, 275.8, "2026-01-10", cls.unit)
        cls.portal = new_test_user(
            cls.env, login="desk_portal", groups="base.group_portal"
        )

    def key_of(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        until = datetime.now() + timedelta(hours=12)
        return keys.sudo(False)._generate("rpc", "land office", until)

    def call(self, *rows, user=None, method="create", key=None, **body):
        key = key or self.key_of(user or self.user_cs)
        if rows:
            body["vals_list"] = list(rows)
        return self.url_open(
            f"/json/2/property.moment/{method}",
            json=body,
            headers={"Authorization": f"Bearer {key}"},
        )

    def row(self, **values):
        return {
            "kind": "transfer",
            "unit_id": self.unit.id,
            "origin": "Land office",
            "external_ref": "LO-1",
            **values,
        }
