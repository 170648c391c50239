from odoo import http
from odoo.http import request

from .notice.print_file import pdf_response, readable


class HandoverPrintFile(http.Controller):
    @http.route(
        "/property/handover/<int:batch_id>/invitations.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def invitations(self, batch_id):
        """The letters of a batch in the order of the appointments, each with its
        enclosure."""
        batch = readable("property.handover.batch", batch_id)
        if not batch.moment_ids.filtered("slot_start"):
            raise request.not_found()
        return pdf_response(batch._invitations_pdf(), batch.name)
