from odoo import models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said

COMPANY = "property_fee_collection.group_company"


class PropertyPlan(models.Model):
    """From the proposal to the customer's agreement (procedure, clause 4.3.2)."""

    _inherit = "property.plan"

    def action_approve(self):
        """The company agrees. A waiver is carried out at once: credit notes are posted.

        :raises AccessError: for others than the company, and for who proposed it
        :raises UserError: without reasons, or when it does not add up
        """
        self._check_decision()
        self._check_adds_up()
        self._decide("approved")
        self.filtered(lambda plan: plan.kind == "waiver")._waive()
        return True

    def action_reject(self):
        """The company does not agree: the debt is demanded as before.

        :raises AccessError: for others than the company, and for who proposed it
        :raises UserError: without reasons
        """
        self._check_decision()
        self._decide("rejected")
        return True

    def action_withdraw(self):
        """The team takes the proposal back, or the customer does not agree to it."""
        self.check_access("write")
        self._lock_in("proposed", "approved")
        # sudo: the state may be written by nobody; this is one of the ways to it.
        self.sudo().write({"state": "rejected"})
        self.message_post(
            body=self.env._("Withdrawn by %(user)s.", user=self.env.user.name)
        )
        self.activity_feedback(["mail.mail_activity_data_todo"])
        return True

    def action_start(self):
        """The customer has agreed: the plan is in force from ``agreed_on``, today where
        nothing is said.

        :raises UserError: when it is not approved, or an instalment lies before it
        """
        self.check_access("write")
        self._lock_in("approved")
        self._check_adds_up()
        for plan in self:
            day = plan.agreed_on or plan.community_id._property_today()
            if any(line.date < day for line in plan.line_ids):
                raise UserError(
                    self.env._("An instalment is due before the customer agreed.")
                )
            # sudo: see above.
            plan.sudo().write({"state": "running", "agreed_on": day})
        self.activity_feedback(["mail.mail_activity_data_todo"])
        self._evaluate()
        return True

    def action_refresh_items(self):
        """Read the open, undisputed, due bills of the customer again."""
        self.check_access("write")
        self._lock_in("proposed")
        self.item_ids.unlink()
        self._snapshot()
        return True

    def _check_decision(self):
        self.check_access("write")
        self._lock_in("proposed")
        self._check_decider()
        self._check_reason()
        for plan in self:
            if not said(plan.decision_reason):
                raise UserError(self.env._("Give the reasons of the decision."))

    def _check_decider(self):
        if not self.env.user.has_group(COMPANY):
            raise AccessError(self.env._("The company decides on hardship."))
        if self.env.user in self.proposed_by:
            raise AccessError(
                self.env._("Whoever proposed it cannot decide on it as well.")
            )

    def _check_adds_up(self):
        for plan in self:
            if not plan.item_ids:
                raise UserError(self.env._("There is no bill that it is about."))
            if plan.kind == "instalments" and (
                not plan.line_ids or plan.amount_difference
            ):
                raise UserError(
                    self.env._(
                        "The instalments must sum to %(amount)s.",
                        amount=plan.currency_id.format(plan.amount_covered),
                    )
                )

    def _lock_in(self, *states):
        """Two people must not decide at once, nor anybody twice."""
        self.lock_for_update()
        if any(plan.state not in states for plan in self):
            raise UserError(self.env._("That has been decided already."))

    def _decide(self, state):
        for community, plans in self.grouped("community_id").items():
            # sudo: the state may be written by nobody; this is one of the ways to it.
            plans.sudo().write(
                {
                    "state": state,
                    "decided_by": self.env.uid,
                    "decided_on": community._property_today(),
                }
            )
        self.activity_feedback(["mail.mail_activity_data_todo"])
        for plan in self:
            plan._property_schedule(
                plan.proposed_by,
                self.env._("The company has decided: tell the customer"),
            )

    def _tell_company(self):
        """The proposal reaches somebody who may decide on it, as an activity."""
        for plan in self:
            plan._property_schedule(
                plan._decider(),
                self.env._("Decide on a hardship proposal"),
                note=plan.reason,
            )

    def _decider(self):
        """Of the company, not the one who proposed it. Without any, the manager is
        asked, who reports to the company himself."""
        company = self.community_id._company_users() - self.proposed_by
        return company[:1] or self.community_id.manager_id

    def _property_schedule(self, user, summary, note=""):
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.community_id._property_today(),
                summary=summary,
                note=note,
                user_id=user.id,
            )
