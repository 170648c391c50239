from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said


class PropertyReceipt(models.Model):
    """Taking a receipt back (procedure, clause 4.1.6)."""

    _inherit = "property.receipt"

    def action_ask_void(self):
        """Ask why the receipt is to be void."""
        self.ensure_one()
        self._check_may_void()
        view = "property_fee_collection.property_receipt_view_form_void"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Void %(name)s", name=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(view).id, "form")],
            "target": "new",
        }

    def action_void(self):
        """Void receipts: the payments are reversed and the bills are open again.

        :raises AccessError: for other roles than Finance, head and manager
        :raises UserError: without a reason, and for money that was handed over
        """
        self._check_may_void()
        # sudo: heads keep no books; the receipt says what is reversed.
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state", "handover_id"])
        for receipt in self:
            receipt._check_voidable()
            receipt.sudo()._void(self.env.user)
        return {"type": "ir.actions.act_window_close"}

    def _check_may_void(self):
        self.check_access("read")
        user = self.env.user
        if not (user._is_property_head() or user._has_property_role("group_finance")):
            raise AccessError(self.env._("Finance, heads and managers void receipts."))

    def _check_voidable(self):
        if self.state == "void":
            raise UserError(self.env._("%(name)s is void already.", name=self.name))
        if not said(self.void_reason):
            raise UserError(self.env._("Say why the receipt is void."))
        # sudo: heads keep no books.
        if self.sudo().payment_ids.reconciled_statement_line_ids:
            raise UserError(
                self.env._(
                    "The bank statement tells of the money of %(name)s. Undo that "
                    "match first.",
                    name=self.name,
                )
            )
        handover = self.sudo().handover_id
        if handover.state in ("handed", "confirmed"):
            raise UserError(
                self.env._(
                    "The cash of %(name)s was handed over with %(handover)s. Pay it "
                    "back out of Finance's cash instead.",
                    name=self.name,
                    handover=handover.name,
                )
            )

    def _void(self, user):
        """The receipt says that it is void before its payments are reversed: what has
        a valid receipt cannot be."""
        self.write(
            {
                "state": "void",
                "voided_by": user.id,
                "voided_on": fields.Datetime.now(),
                "voided_day": self.community_id._property_today(),
                "handover_id": False,
            }
        )
        self._reverse_payments()
        drafts = self.payment_ids.property_handover_id
        self.payment_ids.write({"property_handover_id": False})
        drafts._declare_taken()

    def _reverse_payments(self):
        day = self.community_id._property_today()
        text = self.env._(
            "%(name)s void: %(reason)s", name=self.name, reason=self.void_reason
        )
        moves = self.payment_ids.move_id
        moves.line_ids.remove_move_reconcile()
        moves._reverse_moves([{"date": day, "ref": text} for _ in moves], cancel=True)
