from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        # sudo: whoever reverses an entry need not work at the desk
        payments = posted.reversed_entry_id.sudo().origin_payment_id
        payments.property_moment_id._payment_struck()
        return posted
