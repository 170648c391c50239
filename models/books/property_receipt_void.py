from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said


class PropertyReceipt(models.Model):
    _inherit = "property.receipt"

    def action_void(self):
        """Void receipts: the payments are reversed and the bills are open again.

        :raises AccessError: for other roles than Finance, head and manager
        :raises UserError: without a reason, and for money that Finance has confirmed
        """
        self.check_access("read")
        user = self.env.user
        if not (user._is_property_head() or user._has_property_role("group_finance")):
            raise AccessError(self.env._("Finance, heads and managers void receipts."))
        for receipt in self:
            receipt._check_voidable()
            # sudo: heads keep no books; the receipt says what is reversed.
            receipt.sudo()._void(self.env.user)

    def _check_voidable(self):
        if self.state == "void":
            raise UserError(self.env._("%(name)s is void already.", name=self.name))
        if not said(self.void_reason):
            raise UserError(self.env._("Say why the receipt is void."))
        if self.handover_id.state in ("handed", "confirmed"):
            raise UserError(
                self.env._(
                    "The cash of %(name)s was handed over with %(handover)s. Pay it "
                    "back out of Finance's cash instead.",
                    name=self.name,
                    handover=self.handover_id.name,
                )
            )

    def _void(self, user):
        day = self.community_id._property_today()
        moves = self.payment_ids.move_id
        moves.line_ids.remove_move_reconcile()
        moves._reverse_moves(
            [
                {
                    "date": day,
                    "ref": self.env._(
                        "%(name)s void: %(reason)s",
                        name=self.name,
                        reason=self.void_reason,
                    ),
                }
                for _move in moves
            ],
            cancel=True,
        )
        self.payment_ids.write({"property_handover_id": False})
        self.write(
            {
                "state": "void",
                "voided_by": user.id,
                "voided_on": fields.Datetime.now(),
                "handover_id": False,
            }
        )
