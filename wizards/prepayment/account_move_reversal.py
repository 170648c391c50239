from odoo import models
from odoo.exceptions import UserError


class AccountMoveReversal(models.TransientModel):
    """A credit note on the invoice of an agreement, the invoice not made anew: its
    months would be paid ahead under no agreement."""

    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        # sudo: an accountant need not see the community
        agreements = self.sudo().move_ids.property_prepayment_id
        if is_modify and agreements:
            raise UserError(
                self.env._(
                    "%(name)s: cancel the agreement and conclude another one.",
                    name=agreements[0].display_name,
                )
            )
        return super().reverse_moves(is_modify)
