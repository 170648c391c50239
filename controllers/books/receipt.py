from odoo import http

from ..notice.print_file import pdf_response, readable


class ReceiptPaper(http.Controller):
    @http.route("/property/receipt/<int:receipt_id>.pdf", type="http", auth="user")
    def receipt(self, receipt_id):
        """The original once, then copies marked as such."""
        receipt = readable("property.receipt", receipt_id)
        return pdf_response(receipt._next_pdf(), receipt.name)

    @http.route(
        "/property/handover/<int:handover_id>.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def handover(self, handover_id):
        """The slip that goes with the cash."""
        handover = readable("property.cash.handover", handover_id)
        return pdf_response(handover._slip(), handover.name or "draft")
