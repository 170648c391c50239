from odoo import http
from odoo.http import content_disposition, request


class NoticePrintFile(http.Controller):
    @http.route(
        "/property/run/<int:run_id>/notices.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def run_notices(self, run_id):
        """All notices of a billing run that the user may see, in building and room
        order."""
        run = request.env["property.billing.run"].browse(run_id).exists()
        if not run or not run.has_access("read"):
            raise request.not_found()
        notices = request.env["property.notice"].search([("run_id", "=", run.id)])
        content = notices._print_file()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(f"{run.name}.pdf")),
            ],
        )
