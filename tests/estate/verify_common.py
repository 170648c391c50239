from odoo import fields

from .common import EstateCommon

KNOWN = {"phone": "0912 000 001", "street": "Main Street 1", "email": "a@example.com"}


class VerifyCommon(EstateCommon):
    """31 August 2026, noon in Taipei. Six months before is 28 February: verified that
    day is fresh, verified the day before is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.cs = cls.make_user("cs")
        cls.community.cs_user_ids = cls.cs
        cls.env.user.tz = "Asia/Taipei"

    @classmethod
    def make_owner(cls, name, phone=None, address=None, **values):
        owner = cls.env["res.partner"].create(
            {
                "name": name,
                **KNOWN,
                "property_phone_verified": phone,
                "property_address_verified": address or phone,
                **values,
            }
        )
        cls.make_unit(name, owner_id=owner.id)
        return owner

    def calls(self, *partners):
        domain = [("partner_id", "in", [partner.id for partner in partners])]
        return self.env["property.call"].search(domain, order="date_due, id")

    def checks(self, partner):
        rows = self.env["property.contact.check"].search(
            [("partner_id", "=", partner.id)], order="id"
        )
        return [(row.field, row.result, row.source) for row in rows]

    def verify(self, partner, user=None, call=None, **values):
        return (
            self.env["property.contact.verify"]
            .with_user(user or self.cs)
            .create(
                {
                    "partner_id": partner.id,
                    "community_id": self.community.id,
                    "call_id": call.id if call else False,
                    **values,
                }
            )
        )

    def day(self, text):
        return fields.Date.to_date(text)
