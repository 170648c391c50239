from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

PAID = ("paid", "in_payment")
UNDOERS = ("group_cs_head", "group_manager", "group_finance")


class PropertyVoucher(models.Model):
    """Redeemed once, with date and signature, and not before the year is paid."""

    _inherit = "property.voucher"

    def action_redeem(self):
        """The form in which the owner signs for the service.

        :raises UserError: see ``_check_redeemable``
        """
        self.ensure_one()
        self._check_redeemable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Redeem %(voucher)s", voucher=self.name),
            "res_model": "property.voucher.redeem",
            "view_mode": "form",
            "target": "new",
            "context": {"default_voucher_id": self.id},
        }

    def action_undo_redeem(self):
        """Take a redemption back that was put down by mistake; it stays in the log.

        :raises UserError: for other roles than customer service head, manager, Finance
        """
        if not self.env.user._has_property_role(*UNDOERS):
            raise UserError(
                self.env._(
                    "Only the customer service head, the manager or Finance may take "
                    "this back."
                )
            )
        self.check_access("write")
        # sudo: the state is no client's to set; what was there goes to the log.
        for voucher in self.sudo().filtered(lambda row: row.state == "redeemed"):
            voucher._message_log(
                body=self.env._(
                    "Taken back: redeemed on %(day)s, received by %(recipient)s.",
                    day=format_date(self.env, voucher.redeemed_on),
                    recipient=voucher.recipient or "",
                )
            )
            voucher.write(
                {
                    "state": "open",
                    "redeemed_on": False,
                    "redeemed_by": False,
                    "recipient": False,
                    "signature": False,
                }
            )

    @api.private
    def _redeem(self, day, recipient, signature):
        """The service was given.

        :param day: where the community is
        :raises UserError: see ``_check_redeemable``
        """
        self.check_access("write")
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_redeemable(day)
        # sudo: state and signature are no client's to set
        self.sudo().write(
            {
                "state": "redeemed",
                "redeemed_on": day,
                "redeemed_by": self.env.uid,
                "recipient": recipient,
                "signature": signature,
            }
        )
        self.sudo().activity_unlink(["property_fee_collection.activity_voucher"])

    def _check_redeemable(self, day=None):
        """:raises UserError: for a voucher that is over, or not paid for"""
        reasons = []
        for voucher in self:
            reason = voucher._refusal(day or voucher.community_id._property_today())
            if reason:
                reasons.append(f"{voucher.name}: {reason}")
        if reasons:
            raise UserError("\n".join(reasons))

    def _refusal(self, day):
        agreement = self.prepayment_id
        # sudo: whether the invoice is paid, whoever may read it
        move = agreement.sudo().move_id
        if self.state == "redeemed":
            return self.env._(
                "redeemed on %(day)s already",
                day=format_date(self.env, self.redeemed_on),
            )
        if self.state == "expired" or (self.date_expiry and self.date_expiry < day):
            return self.env._(
                "valid up to %(day)s only", day=format_date(self.env, self.date_expiry)
            )
        if day > self.community_id._property_today():
            return self.env._("a service cannot have been given in the future")
        if agreement.state not in ("running", "done"):
            return self.env._("the agreement has ended")
        if move and move.payment_state not in PAID:
            return self.env._("%(invoice)s is not paid yet", invoice=move.name)
        return ""
