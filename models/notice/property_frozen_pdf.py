import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class PropertyFrozenPdf(models.AbstractModel):
    """A document that is rendered once, stored with its SHA-256 and served for ever
    (design, invariant 4)."""

    _name = "property.frozen.pdf"
    _description = "Frozen Document"

    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char("SHA-256 of the PDF", readonly=True, copy=False)

    def _store_pdfs(self, pdfs, **values):
        """Keep the PDF of each record.

        :param values: what is written with it
        """
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{record.name}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": record.id,
                }
                for record, pdf in zip(self, pdfs, strict=True)
            ]
        )
        for record, pdf, attachment in zip(self, pdfs, attachments, strict=True):
            record.write(
                {
                    "attachment_id": attachment.id,
                    "sha256": hashlib.sha256(pdf).hexdigest(),
                    **values,
                }
            )

    @api.private
    def _stored_pdf(self):
        """The frozen PDF.

        :raises UserError: when it is not what was issued
        """
        self.ensure_one()
        # sudo: the record may be read, so may its document.
        content = self.sudo().attachment_id.raw or b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError(
                self.env._(
                    "The stored PDF of %(notice)s is not the one that was issued.",
                    notice=self.display_name,
                )
            )
        return content

    def action_open_pdf(self):
        """Open the PDF as it was frozen, as often as it is asked for.

        :raises UserError: for a draft, and for a PDF that is not what was issued
        """
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("A draft has no PDF yet. Issue it first."))
        self._stored_pdf()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?filename={self.name}.pdf",
            "target": "new",
        }
