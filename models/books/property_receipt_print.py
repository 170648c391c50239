from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date

from ..notice.capitals import chinese_capitals
from .receipt_pages import cut_to_content, stamp

TEMPLATE = "property_fee_collection.report_receipt"
STAMP = "property_fee_collection.report_receipt_stamp"
REPORTS = {
    "a5": "property_fee_collection.action_report_receipt",
    "thermal": "property_fee_collection.action_report_receipt_thermal",
}


class PropertyReceipt(models.Model):
    """The paper: one original, stored as it was printed; whatever comes later is that
    original with a stamp that says that it is a copy, or void."""

    _inherit = "property.receipt"

    def action_print(self):
        """Open the original once, and copies marked as such ever after."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/receipt/{self.id}.pdf",
            "target": "new",
        }

    def action_open_pdf(self):
        """As ``action_print``: whoever opens a receipt again gets a copy."""
        return self.action_print()

    @api.private
    def _next_pdf(self):
        """:return: the original the first time, a copy afterwards; void ones say so"""
        self.ensure_one()
        # sudo: printing is noted by the system, whoever prints.
        receipt = self.sudo()
        receipt.lock_for_update()
        receipt.invalidate_recordset(["printed_on", "copy_count", "state"])
        is_copy = bool(receipt.printed_on)
        if is_copy:
            receipt.copy_count += 1
        else:
            receipt.printed_on = fields.Datetime.now()
        marks = receipt.with_context(lang=receipt.lang)._marks(is_copy)
        if not marks:
            return receipt._stored_pdf()
        return stamp(receipt._stored_pdf(), receipt._render(STAMP, marks=marks))

    def _marks(self, is_copy):
        """What is stamped on the paper."""
        marks = []
        if is_copy:
            marks.append(self.env._("Copy %(number)s", number=self.copy_count))
        if self.state == "void":
            marks.append(
                self.env._(
                    "Void %(day)s: %(reason)s",
                    day=format_date(self.env, self.voided_day),
                    reason=self.void_reason,
                )
            )
        return marks

    def _freeze(self):
        """Store the PDF; nothing is rendered a second time."""
        # A field of the receipt, so that it is not offered as a file to download.
        receipt = self.with_context(default_res_field="attachment_id", lang=self.lang)
        content = receipt._render(TEMPLATE, doc=receipt._document())
        if self.paper == "thermal":
            content = cut_to_content(content)
        receipt._store_pdfs([content])

    def _render(self, template, **values):
        notices = self.env["property.notice"]
        html = self.env["ir.qweb"]._render(
            template,
            {
                "receipt": self,
                "narrow": self.paper == "thermal",
                **notices._layout_values(self.company_id),
                **values,
            },
        )
        reports = self.env["ir.actions.report"].sudo()
        return reports._run_wkhtmltopdf([html], report_ref=REPORTS[self.paper])

    def _document(self):
        """What the template prints, in words (procedure, section 3)."""
        notices, company = self.env["property.notice"], self.company_id
        return {
            "company": company.name,
            "community": self.community_id.name,
            "address": notices._address(company.partner_id),
            "phone": self.community_id.service_phone or company.phone or "",
            "date": format_date(self.env, self.date),
            "units": ", ".join(
                dict.fromkeys(filter(None, self.line_ids.mapped("unit_name")))
            ),
            "lines": [line._printed() for line in self.line_ids],
            "total": format_amount(self.env, self.amount, self.currency_id),
            "words": self._amount_words(),
            "currency": self.currency_id.name,
            "cashier": self.user_id.name,
        }

    def _amount_words(self):
        lang = self.env.lang or ""
        if lang.startswith("zh"):
            return chinese_capitals(self.amount, lang, self.currency_id.name)
        return self.currency_id.amount_to_text(self.amount)
