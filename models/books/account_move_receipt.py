from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The entry of a payment for which a receipt was given, or of a handover."""

    _inherit = "account.move"

    def button_draft(self):
        # Before anything changes.
        self.origin_payment_id._check_no_receipt()
        self._check_no_handover()
        return super().button_draft()

    def _post(self, soft=True):
        # Voiding comes first: then the receipt says already that it is void.
        self.reversed_entry_id.origin_payment_id._check_no_receipt()
        self.reversed_entry_id._check_no_handover()
        return super()._post(soft)

    @api.ondelete(at_uninstall=False)
    def _unlink_without_handover(self):
        self._check_no_handover()

    def _check_no_handover(self):
        """:raises UserError: for the entry of a confirmed handover"""
        if not self:
            return
        # sudo: accountants of other communities strike no handover of this one either.
        handovers = self.env["property.cash.handover"].sudo()
        if handovers.search_count([("move_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("What is confirmed does not change."))
