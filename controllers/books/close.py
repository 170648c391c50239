from odoo import http

from ..notice.print_file import pdf_response, readable
from ..xlsx import xlsx_response


class PeriodClosePaper(http.Controller):
    @http.route(
        "/property/close/<int:close_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def close_workbook(self, close_id):
        """The close as XLSX; not found for those who may not read it."""
        close = readable("property.period.close", close_id)
        name = f"{close._document_title()} {close.name}.xlsx"
        return xlsx_response(name, close._write_workbook)

    @http.route("/property/close/<int:close_id>.pdf", type="http", auth="user")
    def close_draft(self, close_id):
        """The stored PDF of a signed close, else a draft as it would look."""
        close = readable("property.period.close", close_id)
        # sudo: what stands on the paper is what may be read of the close.
        content = close._stored_pdf() if close.sha256 else close.sudo()._render_pdf()
        return pdf_response(content, close.name)
