import tempfile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ArrearsStatementController(http.Controller):
    @http.route(
        "/property_fee_collection/arrears/<int:statement_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def arrears_statement(self, statement_id):
        """The arrears statement as XLSX; not found for those who may not read it."""
        statement = request.env["property.arrears.statement"].browse(statement_id)
        try:
            statement.check_access("read")
            name = f"{statement._document_title()} {statement.name}.xlsx"
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        # The file has no name, it is gone when the response closes it.
        stream = tempfile.TemporaryFile()  # noqa: SIM115
        statement._write_workbook(stream)
        size = stream.seek(0, 2)
        stream.seek(0)
        return request.make_response(
            wrap_file(request.httprequest.environ, stream),
            [
                ("Content-Type", XLSX),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
