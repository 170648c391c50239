from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..xlsx import xlsx_response


class KpiWorkbookController(http.Controller):
    @http.route(
        "/property_fee_collection/kpi/<int:wizard_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def kpi_workbook(self, wizard_id):
        """The KPI workbook that the user has asked for; not found for another's."""
        wizard = request.env["property.kpi.workbook"].browse(wizard_id)
        try:
            wizard.check_access("read")
            request.env["property.figure"].check_access("read")
            name = f"{wizard._file_name()}.xlsx"
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        return xlsx_response(name, wizard._write_workbook)
