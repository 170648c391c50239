from odoo import models
from odoo.exceptions import AccessError, UserError

CASHIERS = ("group_cs", "group_finance")


class PropertyCounter(models.TransientModel):
    """The money is taken, once."""

    _inherit = "property.counter"

    def action_take(self):
        """Take the money; opens the receipt. Pressed again, it opens the same receipt.

        :raises AccessError: for other roles than customer service and Finance, and for
            a community that is not the user's
        :raises UserError: without customer or way to pay; for bills of somebody else;
            for a bill that was paid meanwhile (``property.cashier``)
        """
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["receipt_id"])
        if not self.receipt_id:
            self._check_takes()
            # sudo: no client writes it.
            self.sudo().receipt_id = self._take()
        return self._action_receipt()

    def _take(self):
        payments = self.env["property.cashier"]._take(
            self.partner_id,
            self.community_id,
            self.journal_id.sudo(),
            self.amount,
            [(line.sudo().move_id, line.amount) for line in self.line_ids],
            memo=self.memo or "",
        )
        return payments.sudo().property_receipt_id

    def _check_takes(self):
        if not self.env.user._has_property_role(*CASHIERS):
            raise AccessError(
                self.env._("Only customer service and Finance take money.")
            )
        if not self.partner_id or not self.community_id:
            raise UserError(self.env._("Choose the customer."))
        self.community_id.check_access("read")
        self._check_bills()
        # sudo: journals are for accountants.
        if self.journal_id.sudo() not in self.journal_ids.sudo():
            raise UserError(self.env._("Choose how it was paid."))

    def _check_bills(self):
        """:raises UserError: for a bill of somebody else, or of another community"""
        customer = self.partner_id.commercial_partner_id
        # sudo: as in _open_moves
        if len(self.line_ids.sudo().move_id) < len(self.line_ids):
            raise UserError(self.env._("The same bill stands there twice."))
        for move in self.line_ids.sudo().move_id:
            is_his = move.commercial_partner_id == customer
            if not is_his or move.property_community_id != self.community_id:
                raise UserError(self.env._("These are not open bills of the customer."))

    def _action_receipt(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt"),
            "res_model": "property.receipt",
            "res_id": self.receipt_id.id,
            "views": [(False, "form")],
            "context": {"property_counter": True},
        }
