import io

from odoo import models
from odoo.exceptions import UserError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Printing a notice gives the PDF that was frozen, never a new one."""
        report = self._get_report(report_ref)
        if report.model != "property.notice" or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        notices = self.env["property.notice"].browse(res_ids)
        if not all(notice.attachment_id for notice in notices):
            raise UserError(self.env._("A draft has no PDF yet. Issue it first."))
        return {
            notice.id: {
                "stream": io.BytesIO(notice._stored_pdf()),
                "attachment": notice.sudo().attachment_id,
            }
            for notice in notices
        }
