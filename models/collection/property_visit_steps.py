from odoo import models
from odoo.exceptions import AccessError, UserError

from ..estate.texts import said

TODO = "mail.mail_activity_data_todo"


class PropertyVisit(models.Model):
    """From the plan to what came of it."""

    _inherit = "property.visit"

    def action_approve(self):
        """Allow visits at the workplace.

        :raises AccessError: for who is no manager, or asked for it himself
        :raises UserError: when nothing waits for a decision
        """
        self._decide("approved")

    def action_reject(self):
        """Refuse visits at the workplace, with a reason; errors as above."""
        for visit in self:
            if not said(visit.decision_reason):
                raise UserError(self.env._("Say why the visit is rejected."))
        self._decide("rejected")

    def action_cancel(self):
        """The visit does not take place."""
        if any(visit.state in ("done", "cancelled") for visit in self):
            raise UserError(self.env._("This visit is over already."))
        self._set_state("cancelled")

    def action_done(self):
        """Ask what came of the visit; saving it makes the contact.

        :raises UserError: when it still needs an approval, or is over
        """
        self.ensure_one()
        self._check_ready()
        return self.case_id._action_record(self.kind, default_visit_id=self.id)

    def action_open_case(self):
        """Open the case."""
        return self.case_id.get_formview_action()

    def _decide(self, state):
        self._check_manager()
        user = self.env.user
        if any(visit.state != "to_approve" for visit in self):
            raise UserError(self.env._("Nothing waits for a decision here."))
        if user in self.requested_by | self.user_id:
            raise AccessError(
                self.env._("Somebody else decides on a visit that you asked for.")
            )
        self._set_state(state, approved_by=user.id)

    def _set_state(self, state, **values):
        # sudo: state is nobody's to write; who may was checked by the action.
        self.check_access("write")
        self.sudo().write({"state": state, **values})
        self.sudo().activity_unlink([TODO])
        self.case_id._remind_later()

    def _ask(self):
        """Visits at the workplace go to the manager, whoever plans them."""
        for visit in self.filtered(lambda visit: visit.kind == "workplace"):
            visit._set_state("to_approve", approved_by=False)
            visit.sudo().requested_by = self.env.user
            visit.sudo().activity_schedule(
                TODO,
                user_id=visit._approver().id,
                summary=self.env._("Approve a visit at the workplace"),
                note=visit._facts(),
            )
        self.filtered(
            lambda visit: visit.kind == "door" and visit.state != "planned"
        )._set_state("planned", approved_by=False)

    def _approver(self):
        """The community's manager; somebody of the company where he asks himself."""
        community = self.sudo().community_id
        deciders = community.manager_id | community._company_users()
        return (deciders - self.requested_by - self.user_id)[:1] or deciders[:1]

    def _facts(self):
        return self.env._(
            "%(customer)s, %(address)s, on %(when)s by %(who)s. %(purpose)s",
            customer=self.partner_id.display_name,
            address=self.address,
            when=f"{self.case_id._local(self.date):%Y-%m-%d %H:%M}",
            who=self.user_id.name,
            purpose=self.purpose or "",
        )

    def _ready(self):
        """Those that may take place."""
        return self.filtered(
            lambda visit: (
                visit.state == ("approved" if visit.kind == "workplace" else "planned")
            )
        )

    def _check_ready(self):
        if self - self._ready():
            raise UserError(
                self.env._("This visit is over, or waits for the manager's approval.")
            )

    def _made_by(self, contact):
        """The visit took place, as ``contact`` tells."""
        if not self:
            return
        if self.case_id != contact.case_id or self.kind != contact.channel:
            raise UserError(self.env._("The planned visit is another one."))
        self._check_ready()
        self._set_state("done")
