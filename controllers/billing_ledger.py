from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from .xlsx import xlsx_response


class BillingLedgerController(http.Controller):
    @http.route(
        "/property_fee_collection/ledger/<int:run_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def billing_ledger(self, run_id):
        """The owner payment ledger of a run's community and month.

        Not found for those who may not read the run or ledgers at all.
        """
        run = request.env["property.billing.run"].browse(run_id)
        try:
            request.env["property.ledger.line"].check_access("read")
            run.check_access("read")
            name = f"{run._ledger_title()} {run.name}.xlsx"
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        return xlsx_response(name, run._write_ledger)
