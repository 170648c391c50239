from odoo import models

from ..notice.pagination import LINE_MM
from .property_notice import OF_CASES

# In millimetres, when nothing wraps: what stands above and below the rows.
HEADS = {"demand": 76.0, "final": 76.0, "lawyer": 79.0}
TAILS = {"demand": 128.0, "final": 138.0, "lawyer": 128.0}
# Inner widths of the columns whose text may wrap.
COLUMNS = {"unit": 29.0, "item_and_notes": 29.0, "period": 22.0}
TEXT_MM = 178.0


class PropertyNotice(models.Model):
    """What stands on demand notices, final notices and lawyer's letters (procedure,
    section 3). No threat but the lawful one: the court."""

    _inherit = "property.notice"

    def _document(self, level=0):
        document = super()._document(level)
        if self.kind not in OF_CASES:
            return document
        company = self.company_id
        return {
            **document,
            "jurisdiction": company.property_jurisdiction,
            "address": self._address(self.partner_id),
            "contract_basis": self.contract_basis or "",
            "earlier": (self.earlier_note or "").splitlines(),
            "principal": self._amount(self.amount_principal),
            "late_fee": self.amount_late_fee and self._amount(self.amount_late_fee),
            "late_fee_note": self.late_fee_note,
            "disputed": self.amount_disputed and self._amount(self.amount_disputed),
            "has_apart": any(
                line.type in ("disputed", "paused") for line in self.line_ids
            ),
            "has_credit": any(line.type == "credit" for line in self.line_ids),
            "email": company.email or "",
            "currency": self.currency_id.name,
            "span": self._span_asked(),
            **self._lawyer_facts(),
        }

    def _lawyer_facts(self):
        """Who writes in whose name; empty but for a lawyer's letter."""
        if self.kind != "lawyer":
            return {}
        legal = self.legal_case_id
        lawyer = legal.lawyer_id
        firm = legal.firm_id or lawyer.parent_id or lawyer
        return {
            "lawyer": lawyer.name or "",
            "firm": firm.name or "",
            "firm_address": self._address(firm) if firm else "",
            "firm_phone": lawyer.phone or firm.phone or "",
            "firm_email": lawyer.email or firm.email or "",
            "authority": legal.authority
            or self.env._(
                "Power of attorney of %(company)s", company=self.company_id.name
            ),
            "address_of_units": self.unit_names,
        }

    def _span_asked(self):
        """From the first to the last month asked for."""
        charges = self.line_ids.filtered(lambda line: line.type == "charge")
        firsts = charges.mapped(lambda line: line.date_from or line.date_due)
        lasts = charges.mapped(lambda line: line.date_to or line.date_due)
        if not firsts:
            return ""
        months = self._month(min(firsts)), self._month(max(lasts))
        return " – ".join(dict.fromkeys(months))

    def _measures(self):
        measures = super()._measures()
        if self.kind not in OF_CASES:
            return measures
        earlier = len((self.earlier_note or "").splitlines())
        apart = 2 if self.amount_disputed else 0
        return {
            "head": HEADS[self.kind],
            "tail": TAILS[self.kind] + (earlier + apart + 1) * LINE_MM,
            "columns": COLUMNS,
        }

    def _small_lines(self, row):
        if self.kind not in OF_CASES:
            return super()._small_lines(row)
        return 0

    def _head_texts(self):
        texts = super()._head_texts()
        if self.kind not in OF_CASES:
            return texts
        return [
            *texts,
            (self._address(self.partner_id), 150.0),
            (self._lawyer_facts().get("authority"), 60.0),
            (self.contract_basis, 150.0),
        ]

    def _tail_texts(self):
        texts = super()._tail_texts()
        if self.kind not in OF_CASES:
            return texts
        earlier = (self.earlier_note or "").splitlines()
        return [
            *texts[:4],
            (self.late_fee_note, 140.0),
            *((line, TEXT_MM) for line in earlier),
        ]
