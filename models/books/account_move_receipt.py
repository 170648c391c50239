from odoo import models


class AccountMove(models.Model):
    """The entry of a payment for which a receipt was given."""

    _inherit = "account.move"

    def button_draft(self):
        # Before anything changes.
        self.origin_payment_id._check_no_receipt()
        return super().button_draft()

    def _post(self, soft=True):
        # Voiding comes first: then the receipt says already that it is void.
        self.reversed_entry_id.origin_payment_id._check_no_receipt()
        return super()._post(soft)
