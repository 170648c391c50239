from odoo import models
from odoo.tools.misc import get_lang


class PropertyNoticeLine(models.Model):
    _inherit = "property.notice.line"

    def _printed(self):
        """The line as the template prints it."""
        self.ensure_one()
        notice, number = self.notice_id, self._number
        reading = ""
        if self.has_reading:
            reading = (
                f"{number(self.reading_previous)} → {number(self.reading_current)}"
            )
        quantity = ""
        if self.quantity:
            quantity = f"{number(self.quantity)} {self.quantity_unit or ''}".strip()
        return {
            "type": self.type,
            "unit": self.unit_name or "",
            "item": self.item_name,
            "period": self._span(notice),
            "quantity": quantity,
            "reading": reading,
            "is_estimate": self.is_estimate,
            "price": number(self.price_unit) if self.type == "current" else "",
            "factor": number(self.factor) if self.factor != 1.0 else "",
            "amount": self._money(),
        }

    def _span(self, notice):
        if self.type == "arrears":
            first, last = notice._month(self.date_from), notice._month(self.date_to)
            return first if first == last else f"{first} – {last}"
        if self.type != "current":
            return notice._day(self.date_from)
        if not self.date_from or not self.date_to:
            return notice._month(self.period)
        return f"{notice._day(self.date_from)} – {notice._day(self.date_to)}"

    def _money(self):
        return self._money_of(self.amount)

    def _money_of(self, amount):
        """An amount without its currency, which stands at the total."""
        lang = self.env["res.lang"]._lang_get(get_lang(self.env).code)
        digits = self.currency_id.decimal_places
        return lang.format(f"%.{digits}f", amount, grouping=True)

    @staticmethod
    def _number(value):
        return f"{value:.10g}"
