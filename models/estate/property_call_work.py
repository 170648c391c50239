from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Nobody there: the call comes back after so many days.
AGAIN_DAYS = 2
FROZEN = frozenset(
    ("kind", "partner_id", "community_id", "unit_id", "user_id", "date_due", "amount")
)


class PropertyCall(models.Model):
    """Working through the call list by phone: one tap on what came of it."""

    _inherit = "property.call"

    def action_reached(self):
        """The customer was told. For errors see ``_record``."""
        self._record("reached")

    def action_no_answer(self):
        """Nobody there: the call comes back by itself in two days."""
        self._record("no_answer")

    def action_wrong_number(self):
        """Not his number: his contact data is to be verified (clause 5.2)."""
        self._record("wrong_number")

    def action_refused(self):
        """He was reached and does not want to."""
        self._record("refused")

    def action_cancel(self):
        """Take calls off the list without calling."""
        self._check_open()
        self.check_access("write")
        self._close("cancelled")

    def _close(self, state):
        for community, calls in self.grouped("community_id").items():
            # sudo: the state is no client's to set.
            calls.sudo().write(
                {"state": state, "closed_on": community._property_today()}
            )

    def _record(self, outcome):
        """Note what came of a call that was made just now.

        :raises UserError: when the call is over, or may not take place now
        """
        self.check_access("write")
        self._check_open()
        self._check_may_call()
        for community, calls in self.grouped("community_id").items():
            calls._note_outcome(outcome, community._property_today())
        self._after_call(outcome)

    def _note_outcome(self, outcome, today):
        values = {
            "outcome": outcome,
            "called_on": fields.Datetime.now(),
            "called_by": self.env.uid,
        }
        if outcome == "no_answer":
            values["date_due"] = today + timedelta(days=AGAIN_DAYS)
        else:
            values |= {"state": "done", "closed_on": today}
        for attempts, calls in self.grouped("attempts").items():
            # sudo: the outcome is noted by the buttons only; checked by the caller.
            calls.sudo().write({**values, "attempts": attempts + 1})

    def _check_open(self):
        """:raises UserError: for a call that is over"""
        if any(call.state != "open" for call in self):
            raise UserError(self.env._("This call is off the list already."))

    def _check_may_call(self):
        """Whether these customers may be rung up now; hook of the rooms.

        :raises UserError: saying why not, and from when on (procedure, section 4)
        """

    def _after_call(self, outcome):
        """What follows from a call besides; hook of the rooms.

        :param outcome: see the field; the calls carry it already
        """

    def write(self, vals):
        if not self.env.su and FROZEN & set(vals):
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_made(self):
        if any(call.called_on for call in self):
            raise UserError(self.env._("Calls that were made stay on record."))
