from odoo import http
from odoo.http import request

from ..notice.print_file import readable
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
        wizard = readable("property.kpi.workbook", wizard_id)
        if not request.env["property.figure"].has_access("read"):
            raise request.not_found()
        return xlsx_response(f"{wizard._file_name()}.xlsx", wizard._write_workbook)
