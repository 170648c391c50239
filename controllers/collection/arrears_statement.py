from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..xlsx import xlsx_response


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
        return xlsx_response(name, statement._write_workbook)
