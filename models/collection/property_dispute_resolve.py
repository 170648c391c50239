from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..estate.texts import said

INVOICING = "account.group_account_invoice"


class PropertyDispute(models.Model):
    """The answer to a dispute, its credit note, and the reminder of a late one."""

    _inherit = "property.dispute"

    def action_uphold(self):
        """The customer is right (procedure, clause 4.1.5): offers the credit note for
        the amount, or asks Finance for it. Until it is posted the amount stays held.

        :raises UserError: without an explanation, or when it is answered already
        """
        self._resolve("upheld")
        if len(self) == 1 and self.env.user.has_group(INVOICING):
            return self.action_credit()
        self._ask_for_credit()
        return True

    def action_reject(self):
        """The customer is wrong: the amount ages from its due date again and is
        demanded.

        :raises UserError: without an explanation, or when it is answered already
        """
        self._resolve("rejected")
        return True

    def action_credit(self):
        """Open Odoo's credit note wizard for what is still to credit."""
        self.ensure_one()
        if self.state != "upheld" or not self.amount_held:
            raise UserError(self.env._("There is nothing to credit."))
        return {
            "name": self.env._("Credit Note"),
            "type": "ir.actions.act_window",
            "res_model": "account.move.reversal",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "account.move",
                "active_ids": self.move_id.ids,
                "default_property_dispute_id": self.id,
                "default_reason": self.env._("Dispute upheld"),
            },
        }

    def _resolve(self, state):
        self.check_access("write")
        # Two people must not give two answers.
        self.lock_for_update()
        self._check_open()
        for dispute in self:
            if not said(dispute.explanation):
                raise UserError(self.env._("Write down what the customer was told."))
        for community, disputes in self.grouped("community_id").items():
            # sudo: the state may be written by nobody; this is the one way to it.
            disputes.sudo().write(
                {
                    "state": state,
                    "resolved_by": self.env.uid,
                    "resolved_on": community._property_today(),
                }
            )
        # The index would still see the dispute open if the next one came in at once.
        self.flush_recordset(["state"])
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def _ask_responsible(self):
        """One activity for whoever is to explain, on the day by which he must."""
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for (user, deadline), disputes in self.grouped(
            lambda dispute: (dispute.responsible_id, dispute.deadline)
        ).items():
            disputes.filtered(
                lambda dispute: dispute.state == "open"
            )._property_schedule(user, self.env._("Answer the dispute"), deadline)

    def _ask_for_credit(self):
        for community, disputes in self.grouped("community_id").items():
            disputes._property_schedule(
                community.finance_user_id,
                self.env._("Credit what was upheld"),
                community._property_today(),
            )

    @api.model
    def _overdue(self, communities, day):
        """Open disputes whose deadline has passed and of which the head knows not."""
        return self.search(
            Domain("community_id", "in", communities.ids)
            & Domain("state", "=", "open")
            & Domain("deadline", "<", day)
            & Domain("is_overdue", "=", False)
        )

    def _follow_up(self, day):
        """Tell the head of customer service, once for each deadline, that an answer is
        late (procedure, clause 4.2.5)."""
        # sudo: the mark is written by the system alone.
        late = self.sudo().filtered(
            lambda dispute: (
                dispute.state == "open"
                and dispute.deadline < day
                and not dispute.is_overdue
            )
        )
        late.is_overdue = True
        for community, disputes in late.grouped("community_id").items():
            disputes._property_schedule(
                community.cs_head_id or community.manager_id,
                self.env._("The answer to the customer is late"),
                day,
            )

    def _property_schedule(self, user, summary, day):
        """An activity per record; without a user there is nobody to ask."""
        if self and user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day,
                summary=summary,
                user_id=user.id,
            )

    def _touch_cases(self):
        self.move_id._touch_property_cases()
