import io

from odoo import models
from odoo.exceptions import UserError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Printing what was issued gives the PDF that was frozen, never a new one."""
        report = self._get_report(report_ref)
        frozen = self.env["ir.attachment"]._property_frozen_models()
        if report.model not in frozen or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        records = self.env[report.model].browse(res_ids)
        if not all(record.attachment_id for record in records):
            raise UserError(self.env._("A draft has no PDF yet. Issue it first."))
        return {
            record.id: {
                "stream": io.BytesIO(record._stored_pdf()),
                # sudo: the record may be read, so may its document.
                "attachment": record.sudo().attachment_id,
            }
            for record in records
        }

    def _build_wkhtmltopdf_args(
        self,
        paperformat_id,
        landscape,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Notices hold no script: nothing is gained by Odoo's second of waiting."""
        arguments = super()._build_wkhtmltopdf_args(
            paperformat_id,
            landscape,
            specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size,
        )
        notice = self.env.ref(
            "property_fee_collection.paperformat_notice", raise_if_not_found=False
        )
        if notice and paperformat_id == notice and "--javascript-delay" in arguments:
            arguments[arguments.index("--javascript-delay") + 1] = "0"
        return arguments
