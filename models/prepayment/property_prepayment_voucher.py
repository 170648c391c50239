from odoo import models
from odoo.tools import date_utils

from ..estate.dates import ONE_DAY

SEQUENCE = "property.voucher"


class PropertyPrepayment(models.Model):
    """The value-added service that comes with some offers."""

    _inherit = "property.prepayment"

    def _confirmed(self):
        result = super()._confirmed()
        self._issue_vouchers()
        return result

    def _issue_vouchers(self):
        with_service = self.filtered("offer_id.voucher_product_id")
        self.env["property.voucher"].create(
            [agreement._voucher_values() for agreement in with_service]
        )

    def _voucher_values(self):
        offer, company = self.offer_id, self.company_id
        months = offer.voucher_months
        numbers = self.env["ir.sequence"].with_company(company)
        product = offer.voucher_product_id.with_company(company)
        last = months and date_utils.add(self.date_from, months=months) - ONE_DAY
        return {
            "name": numbers.next_by_code(SEQUENCE),
            "prepayment_id": self.id,
            "product_id": product.id,
            "cost": product.standard_price,
            "date_expiry": last,
        }
