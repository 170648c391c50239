import io

from odoo import models
from odoo.exceptions import UserError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Printing a certificate gives the PDF that was frozen, never a new one."""
        report = self._get_report(report_ref)
        if report.model != "property.certificate" or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        certificates = self.env["property.certificate"].browse(res_ids)
        if not all(certificate.attachment_id for certificate in certificates):
            raise UserError(self.env._("A draft has no PDF yet. Issue it first."))
        return {
            certificate.id: {
                "stream": io.BytesIO(certificate._stored_pdf()),
                # sudo: the certificate may be read, so may its document.
                "attachment": certificate.sudo().attachment_id,
            }
            for certificate in certificates
        }
