from odoo import models
from odoo.exceptions import UserError


class PropertyHandoverBatch(models.Model):
    """Invitations, with the statement of what is open as an enclosure of its own.

    The letter never says that handing over depends on paying, for it does not
    (procedure, section 4).
    """

    _inherit = "property.handover.batch"

    def action_invite(self):
        """Print one file of letters to everybody who has an appointment and was not
        invited to it yet, in the order of the appointments, and note that they were.

        :raises UserError: when there is nobody left to invite
        """
        self.ensure_one()
        self._check_prepared()
        waiting = self.moment_ids.filtered(self._to_invite)
        if not waiting:
            raise UserError(
                self.env._("Everybody with an appointment is invited already.")
            )
        waiting._invite("letter")
        return self.action_print_invitations()

    def action_print_invitations(self):
        """Print the letters of all appointments, also those sent before."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/property/handover/{self.id}/invitations.pdf",
            "target": "new",
        }

    @staticmethod
    def _to_invite(moment):
        """Invited to this very appointment is invited; to an earlier one is not."""
        return (
            moment.state == "open"
            and moment.slot_start
            and moment.attendance != "arrived"
            and moment.slot_start not in moment.invitation_ids.mapped("slot_start")
        )

    def _invitations_pdf(self):
        """One PDF in the order of the appointments."""
        self.ensure_one()
        moments = self.moment_ids.filtered(
            lambda row: row.slot_start and row.state == "open"
        )
        return moments._letters_pdf()
