from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said

SEQUENCE = "property.cash.handover"


class PropertyCashHandover(models.Model):
    """From the collector to Finance: collect, hand over, count, confirm."""

    _inherit = "property.cash.handover"

    @api.model
    def action_prepare(self):
        """Open the collector's handover with all the cash that he holds, one for each
        community.

        :raises UserError: when he holds none
        """
        self.browse().check_access("create")
        made = self.browse()
        for community, receipts in (
            self._held(self.env.user).grouped("community_id").items()
        ):
            made += self._draft_for(community, receipts)
        if not made:
            raise UserError(self.env._("You hold no cash that is not handed over."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_cash_handover"
        )
        if len(made) == 1:
            return {**action, "views": [(False, "form")], "res_id": made.id}
        return {**action, "domain": [("id", "in", made.ids)]}

    @api.model
    def _held(self, users):
        """Valid cash receipts of these users that are in no handover that was handed
        over."""
        return self.env["property.receipt"].search(
            [
                ("user_id", "in", users.ids),
                ("is_cash", "=", True),
                ("state", "=", "issued"),
                "|",
                ("handover_id", "=", False),
                ("handover_id.state", "=", "draft"),
            ]
        )

    @api.model
    def _draft_for(self, community, receipts):
        # sudo: payments are for accountants; these are the collector's own takings.
        drafts = self.sudo()
        handover = drafts.search(
            [
                ("user_id", "=", self.env.uid),
                ("community_id", "=", community.id),
                ("state", "=", "draft"),
            ],
            limit=1,
        ) or drafts.create({"community_id": community.id, "user_id": self.env.uid})
        own = receipts.sudo()
        own.write({"handover_id": handover.id})
        own.payment_ids.write({"property_handover_id": handover.id})
        handover.amount_declared = handover.amount_total
        return handover.with_env(self.env)

    def action_hand_over(self):
        """Declare the cash as handed over; from now on it is Finance's turn.

        :raises UserError: for what is not a draft, or holds nothing
        """
        self.check_access("write")
        for handover in self:
            if handover.state != "draft":
                raise UserError(
                    self.env._(
                        "%(name)s was handed over already.", name=handover.display_name
                    )
                )
            if not handover.sudo().payment_ids:
                raise UserError(self.env._("There is no cash in this handover."))
            # sudo: the state is no client's to write; checked above.
            handover.sudo().write(
                {
                    "state": "handed",
                    "handed_on": fields.Datetime.now(),
                    "name": handover._next_number(),
                    "amount_received": handover.amount_declared,
                }
            )
            handover._ask_finance()
        return True

    def action_return(self):
        """Give a handover back to its collector, with a word in the chatter."""
        self._check_finance()
        if any(handover.state != "handed" for handover in self):
            raise UserError(self.env._("Only what waits for Finance can be returned."))
        self.sudo().write({"state": "draft", "approved_by": False})
        return True

    def action_approve_difference(self):
        """The manager accepts that more or less cash came than was taken.

        :raises AccessError: for other roles
        :raises UserError: without a reason
        """
        self.check_access("read")
        if not self.env.user._has_property_role("group_manager"):
            raise AccessError(self.env._("The manager approves differences."))
        for handover in self:
            if handover.user_id == self.env.user:
                raise UserError(self.env._("Nobody approves his own difference."))
            if not said(handover.difference_reason):
                raise UserError(self.env._("Explain the difference first."))
        self.sudo().approved_by = self.env.user
        return True

    def action_confirm(self):
        """Finance has counted: the money moves from the collector's cash to Finance's
        by a posted entry.

        :raises AccessError: for other roles than Finance, and for the collector
        :raises UserError: without a journal; for a difference without reason and the
            manager's approval
        """
        self._check_finance()
        for handover in self:
            handover._check_confirmable()
            # sudo: the state is no client's to write; checked above.
            handover.sudo()._confirm(self.env.user)
        return True

    def _check_finance(self):
        self.check_access("write")
        if not self.env.user._has_property_role("group_finance", "group_company"):
            raise AccessError(self.env._("Finance confirms what was handed over."))

    def _check_confirmable(self):
        if self.state != "handed":
            raise UserError(self.env._("Only what was handed over is confirmed."))
        if self.user_id == self.env.user:
            raise UserError(self.env._("Nobody confirms his own handover."))
        if self.currency_id.is_zero(self.amount_difference):
            return
        if not said(self.difference_reason):
            raise UserError(
                self.env._("The count differs from what was taken: explain why.")
            )
        if not self.approved_by:
            raise UserError(
                self.env._("A difference needs the manager's approval first.")
            )

    def write(self, vals):
        if {"amount_received", "difference_reason"} & set(vals) and not self.env.su:
            # What was approved is not what stands there now.
            self.filtered("approved_by").sudo().approved_by = False
        done = self.filtered(lambda handover: handover.state == "confirmed")
        if done and set(vals) & set(self._counted()):
            raise UserError(self.env._("What is confirmed does not change."))
        return super().write(vals)

    @api.model
    def _counted(self):
        return (
            "amount_declared",
            "amount_received",
            "difference_reason",
            "payment_ids",
            "journal_id",
            "user_id",
            "community_id",
        )

    def _ask_finance(self):
        finance = self.community_id.finance_user_id
        if finance:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Count and confirm"),
                user_id=finance.id,
            )

    def _next_number(self):
        sequences = self.env["ir.sequence"].sudo().with_company(self.company_id)
        return sequences.next_by_code(SEQUENCE)
