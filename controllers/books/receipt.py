from odoo import http

from ..notice.print_file import pdf_response, readable


class ReceiptPaper(http.Controller):
    @http.route("/property/receipt/<int:receipt_id>.pdf", type="http", auth="user")
    def receipt(self, receipt_id):
        """The original once, then copies marked as such."""
        receipt = readable("property.receipt", receipt_id)
        return pdf_response(receipt._next_pdf(), receipt.name)
