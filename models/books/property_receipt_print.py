import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from ..notice.capitals import chinese_capitals

REPORT = "property_fee_collection.action_report_receipt"


class PropertyReceipt(models.Model):
    """The paper: one original, stored as it was printed; whatever comes later says that
    it is a copy."""

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

    def _next_pdf(self):
        """:return: the original the first time, a copy afterwards"""
        self.ensure_one()
        self.lock_for_update()
        receipt = self.sudo()
        if not receipt.printed_on:
            receipt.printed_on = fields.Datetime.now()
            return receipt._stored_pdf()
        receipt.copy_count += 1
        return receipt._render(copy=receipt.copy_count)

    def _freeze(self):
        content = self._render()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.name}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "attachment_id": attachment.id,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def _stored_pdf(self):
        content = self.attachment_id.raw or b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError(
                self.env._("The stored PDF of %(name)s was changed.", name=self.name)
            )
        return content

    def _render(self, copy=0):
        lang = self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        report = (
            self.env.ref(self._report_name())
            .sudo()
            .with_context(lang=lang, property_copy=copy)
        )
        return report._render_qweb_pdf(report.report_name, self.ids)[0]

    def _report_name(self):
        if self.company_id.property_receipt_format == "thermal":
            return f"{REPORT}_thermal"
        return REPORT

    def _amount_words(self):
        lang = self.env.lang or ""
        if lang.startswith("zh"):
            return chinese_capitals(self.amount, lang, self.currency_id.name)
        return self.currency_id.amount_to_text(self.amount)
