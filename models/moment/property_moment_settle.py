from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

from ..estate.texts import said


class PropertyMoment(models.Model):
    """Ways to settle what is due, and what was agreed (procedure, clause 5.6)."""

    _inherit = "property.moment"

    def action_pay(self):
        """Take money: which bills, how much, cash or bank."""
        return self._action_way("property.moment.pay", self.env._("Take Money"))

    def action_promise(self):
        """Note by when the customer promises to pay.

        :raises UserError: where nothing is overdue
        """
        self._check_not_cancelled()
        self._open_case()
        return self._action_way("property.moment.promise", self.env._("Promise"))

    def action_plan(self):
        """Propose an instalment plan to the company.

        :raises UserError: where nothing is overdue
        """
        self._check_not_cancelled()
        self._open_case()
        return self._action_way("property.moment.plan", self.env._("Instalment Plan"))

    def action_decline(self):
        """The customer settles nothing today. What is his he gets all the same."""
        self._check_may_close()
        for moment in self:
            moment._log_contact("refused")
        return self._settle("declined")

    def action_clear(self):
        """Nothing is due.

        :raises UserError: names what is due
        """
        self._check_may_close()
        found = self._sums()
        for moment in self:
            due = found[moment][0].due
            if not moment.currency_id.is_zero(due):
                raise UserError(
                    self.env._(
                        "%(moment)s: %(amount)s is due.",
                        moment=moment.display_name,
                        amount=format_amount(self.env, due, moment.currency_id),
                    )
                )
        return self._settle("clear")

    def action_prepay(self):
        """Offer months paid ahead for the unit."""
        self.ensure_one()
        self._check_not_cancelled()
        return self.env["property.prepayment.sell"]._action_open(
            unit_ids=self.unit_id.ids,
            partner_id=self.partner_id.id,
            moment_id=self.id,
        )

    def action_cancel(self):
        """Ask why it is cancelled."""
        return self._action_way(
            "property.moment.cancel", self.env._("Cancel the Moment")
        )

    def action_reopen(self):
        """Take back how moments ended; payments, promises and plans stay.

        :raises AccessError: for who is neither head nor manager
        """
        self.check_access("write")
        if not self.env.user._is_property_head():
            raise AccessError(self.env._("Heads and managers reopen a moment."))
        # sudo: the state is written by methods alone.
        self.sudo().write(
            {
                "state": "open",
                "outcome": False,
                "closed_on": False,
                "closed_by": False,
                "cancel_reason": False,
            }
        )
        return True

    def _action_way(self, model, name):
        self.ensure_one()
        self.check_access("write")
        self._check_not_cancelled()
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "name": name,
            "context": {"default_moment_id": self.id},
        }

    def _check_not_cancelled(self):
        if any(moment.state == "cancelled" for moment in self):
            raise UserError(self.env._("It is cancelled. The head can reopen it."))

    def _check_may_close(self):
        self.check_access("write")
        self._check_not_cancelled()
        if any(moment.state != "open" for moment in self):
            raise UserError(self.env._("It has been settled already."))

    @api.private
    def _settle(self, outcome):
        """Record how moments ended. Called again it records what came of the rest: a
        part was paid, the rest is promised.

        :param outcome: of ``outcome``
        """
        # sudo: state and outcome are written by methods alone; callers have checked.
        self.sudo().write(
            {
                "state": "done",
                "outcome": outcome,
                "closed_on": fields.Datetime.now(),
                "closed_by": self.env.uid,
            }
        )
        self.invalidate_recordset()
        return True

    @api.private
    def _cancel(self, reason):
        """Cancel moments that did not take place; money that was taken stays.

        :raises UserError: without a reason, or where money was taken
        """
        self.check_access("write")
        self._check_not_cancelled()
        if not said(reason):
            raise UserError(self.env._("Say why it is cancelled."))
        if any(moment.amount_settled for moment in self):
            raise UserError(self.env._("Money was taken: it has taken place."))
        # sudo: the state is written by methods alone.
        self.sudo().write(
            {
                "state": "cancelled",
                "outcome": False,
                "cancel_reason": reason,
                "closed_on": fields.Datetime.now(),
                "closed_by": self.env.uid,
            }
        )
        return True

    def _open_case(self):
        """The customer's open case; one is opened where something is overdue and there
        is none.

        :raises UserError: where nothing is overdue
        """
        self.ensure_one()
        cases = self.env["property.collection.case"]
        customer, community = self.partner_id.commercial_partner_id, self.community_id
        key = customer.id, community.id
        case = cases._of_customers(customer, community).get(key)
        if not case:
            cases._open_missing(community, customer)
            case = cases._of_customers(customer, community).get(key)
        if not case or case.state == "closed":
            raise UserError(
                self.env._(
                    "Nothing that %(customer)s owes is overdue: there is nothing to be "
                    "promised or spread.",
                    customer=customer.display_name,
                )
            )
        return case

    @api.private
    def _log_contact(self, outcome):
        """Put the talk at the counter on the customer's case, where he has one."""
        self.ensure_one()
        case = self.case_id
        if case and case.state != "closed":
            self.env["property.contact"].create(
                {
                    "case_id": case.id,
                    "channel": "counter",
                    "outcome": outcome,
                    "note": self.display_name,
                }
            )
