from odoo import http
from odoo.http import content_disposition, request

from ..wizards.estate.ledger_workbook import message_list, template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OwnerLedgerController(http.Controller):
    """Downloads of the owner ledger import, for those who may import."""

    @http.route(
        "/property_fee_collection/owner_ledger/template", type="http", auth="user"
    )
    def owner_ledger_template(self):
        """An empty ledger to fill in."""
        request.env["property.ledger.import"].check_access("create")
        return self._xlsx(template(request.env), request.env._("Owner Ledger"))

    @http.route(
        "/property_fee_collection/owner_ledger/<int:import_id>/messages",
        type="http",
        auth="user",
    )
    def owner_ledger_messages(self, import_id):
        """The errors and warnings of one import."""
        # searched for: somebody else's import is not told from one that never was
        record = request.env["property.ledger.import"].search([("id", "=", import_id)])
        if not record:
            raise request.not_found()
        return self._xlsx(
            message_list(request.env, record), request.env._("Ledger Messages")
        )

    def _xlsx(self, content, name):
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )
