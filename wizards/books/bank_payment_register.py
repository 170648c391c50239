from odoo import models


class AccountPaymentRegister(models.TransientModel):
    """Odoo's own wizard: a payment of invoices of one community belongs to it."""

    _inherit = "account.payment.register"

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        return vals | self._property_vals(batch_result)

    def _create_payment_vals_from_batch(self, batch_result):
        vals = super()._create_payment_vals_from_batch(batch_result)
        return vals | self._property_vals(batch_result)

    def _property_vals(self, batch_result):
        moves = batch_result["lines"].move_id
        communities = moves.property_community_id
        is_one = len(communities) == 1 and all(moves.mapped("property_community_id"))
        return {"property_community_id": communities.id} if is_one else {}
