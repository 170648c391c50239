from odoo import http
from odoo.http import content_disposition, request


def pdf_response(content, name):
    """A PDF to download."""
    return request.make_response(
        content,
        [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{name}.pdf")),
        ],
    )


def readable(model, record_id):
    """The record.

    :raises NotFound: where there is none, or not for this user
    """
    record = request.env[model].browse(record_id).exists()
    if not record or not record.has_access("read"):
        raise request.not_found()
    return record


class NoticePrintFile(http.Controller):
    """What is printed of many notices. All of it holds only those that the user may
    see."""

    @http.route(
        "/property/run/<int:run_id>/<any(notices,deliveries):what>.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def run_notices(self, run_id, what):
        """The notices of a billing run in building and room order, or who is to sign
        for them."""
        run = readable("property.billing.run", run_id)
        return pdf_response(run._print_notices(what), run.name)

    @http.route(
        "/property/notice/<int:notice_id>/preview.pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def notice_preview(self, notice_id):
        """A draft as it would look, marked as a draft and not stored."""
        notice = readable("property.notice", notice_id)
        return pdf_response(notice._preview_pdf(), notice.display_name)
