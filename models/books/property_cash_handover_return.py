from odoo import models
from odoo.exceptions import UserError

from ..estate.texts import said


class PropertyCashHandover(models.Model):
    """Finance gives cash back to its collector, and says why."""

    _inherit = "property.cash.handover"

    def action_ask_return(self):
        """Ask why a handover is given back to its collector."""
        self.ensure_one()
        self._check_finance()
        view = "property_fee_collection.property_cash_handover_view_form_return"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give Back %(name)s", name=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(view).id, "form")],
            "target": "new",
        }

    def action_return(self):
        """Give handovers back to their collectors.

        :raises UserError: without a reason; for what does not wait for Finance; while
            the collector prepares another one
        """
        self._check_finance()
        # sudo: as in action_hand_over
        handovers = self.sudo()
        handovers.lock_for_update()
        handovers.invalidate_recordset(["state"])
        for handover in handovers:
            if handover.state != "handed":
                raise UserError(
                    self.env._("Only what waits for Finance can be given back.")
                )
            if not said(handover.return_reason):
                raise UserError(self.env._("Say why it is given back."))
        handovers.write({"state": "draft", "approved_by": False, "handed_on": False})
        for handover in handovers:
            handover._join_draft()
        handovers.activity_unlink(["mail.mail_activity_data_todo"])
        for handover in handovers:
            handover.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Finance gave the cash back"),
                note=handover.return_reason,
                user_id=handover.user_id.id,
            )
        return {"type": "ir.actions.act_window_close"}

    def _join_draft(self):
        """What the collector began to prepare meanwhile goes with what comes back."""
        draft = self.search(
            [
                ("user_id", "=", self.user_id.id),
                ("community_id", "=", self.community_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("state", "=", "draft"),
                ("id", "!=", self.id),
            ]
        )
        receipts, payments = draft.receipt_ids, draft.payment_ids
        receipts.write({"handover_id": self.id})
        payments.write({"property_handover_id": self.id})
        draft.unlink()
        if payments:
            self._declare_taken()
