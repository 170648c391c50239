from odoo import fields

from ..billing.common import PropertyCommon


class PrepaymentCommon(PropertyCommon):
    """A unit of 98.5 m² at 2.80: 275.80 a month. Company currency, no taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Taipei"
        cls.unit = cls.make_unit("101", 98.5)
        cls.owner = cls.unit.owner_id
        cls.make_rate(2.8)
        cls.offer = cls.env["property.prepayment.offer"].create(
            {"name": "12 → 1", "months": 12, "free_months": 1}
        )

    @classmethod
    def make_agreement(cls, day="2026-01-01", confirm=True, **values):
        agreement = cls.env["property.prepayment"].create(
            {
                "unit_id": cls.unit.id,
                "partner_id": cls.owner.id,
                "offer_id": cls.offer.id,
                "date_from": fields.Date.to_date(day),
                **values,
            }
        )
        if confirm:
            agreement.action_confirm()
        return agreement
