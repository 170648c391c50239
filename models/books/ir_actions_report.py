import io

from odoo import models

PAPERS = (
    "property_fee_collection.paperformat_receipt",
    "property_fee_collection.paperformat_receipt_thermal",
)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """A receipt is printed once; what comes later is marked as a copy."""
        report = self._get_report(report_ref)
        if report.model != "property.receipt" or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        return {
            receipt.id: {"stream": io.BytesIO(receipt._next_pdf()), "attachment": None}
            for receipt in self.env[report.model].browse(res_ids)
        }

    def _build_wkhtmltopdf_args(
        self,
        paperformat_id,
        landscape,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Somebody waits at the counter, and a receipt holds no script: nothing is
        gained by Odoo's second of waiting."""
        arguments = super()._build_wkhtmltopdf_args(
            paperformat_id,
            landscape,
            specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size,
        )
        papers = [self.env.ref(name, raise_if_not_found=False) for name in PAPERS]
        if paperformat_id in papers and "--javascript-delay" in arguments:
            arguments[arguments.index("--javascript-delay") + 1] = "0"
        return arguments
