from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.http import request

from .xlsx import xlsx_response


class PrepaymentProofController(http.Controller):
    @http.route(
        "/property_fee_collection/prepayment_proof/<string:day>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def prepayment_proof(self, day):
        """The prepayment proof at the end of a day (YYYY-MM-DD), as far as the user may
        read it; not found for those who may not at all."""
        try:
            as_of = fields.Date.to_date(day)
            proof = request.env["property.prepayment.proof"]
            proof.check_access("read")
        except (AccessError, ValueError) as error:
            raise request.not_found() from error
        proof = proof.with_context(property_as_of=as_of)
        return xlsx_response(f"{proof._proof_title()} {as_of}.xlsx", proof._write_proof)
