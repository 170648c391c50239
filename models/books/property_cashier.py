from odoo import api, models


class PropertyCashier(models.AbstractModel):
    """Nobody takes money without a receipt (clause 4.1.6)."""

    _inherit = "property.cashier"

    @api.private
    @api.model
    def _take(self, partner, community, journal, amount, parts=(), day=None, memo=""):
        payments = super()._take(
            partner, community, journal, amount, parts, day=day, memo=memo
        )
        self.env["property.receipt"]._issue(payments.sudo(), community, parts, memo)
        return payments
