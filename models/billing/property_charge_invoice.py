from odoo import models
from odoo.tools import float_round

from .amounts import line_quantity_and_price


class PropertyCharge(models.Model):
    _inherit = "property.charge"

    def _invoice_line_vals(self):
        """Values of the invoice line that says the charge, in the payer's language."""
        self.ensure_one()
        charge = self.with_context(lang=self.partner_id.lang or self.env.lang)
        currency = self.currency_id
        quantity, price = line_quantity_and_price(
            charge.quantity,
            charge.price_unit * charge.factor,
            charge.amount,
            currency.rounding,
            self.env["decimal.precision"].precision_get("Product Unit"),
        )
        return {
            "product_id": charge.fee_item_id.product_id.id,
            "name": charge._line_text(),
            "quantity": quantity,
            "price_unit": float_round(price, precision_digits=8),
            "property_charge_id": charge.id,
            "property_date_from": charge.date_from,
            "property_date_to": charge.date_to,
        }

    def _line_text(self):
        """Fee, month and how the amount came about: 物業費 2026-01 91.25 m² × 2.8"""
        item = self.fee_item_id
        month = self.period.strftime("%Y-%m")
        days = ""
        if self.months != 1.0:
            days = f" ({self.date_from:%m-%d} – {self.date_to:%m-%d})"
        parts = [f"{self.quantity:.10g} {item.quantity_unit or ''}".strip()]
        parts.append(f"{self.price_unit:.10g}")
        if self.factor != 1.0:
            parts.append(f"{self.factor:.10g}")
        text = f"{item.name} {month}{days}"
        return text if item.basis == "fixed" else f"{text}\n{' × '.join(parts)}"
