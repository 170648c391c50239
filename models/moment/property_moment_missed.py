from odoo import fields, models


class PropertyMoment(models.Model):
    """Owners who did not come are called and get another appointment."""

    _inherit = "property.moment"

    call_ids = fields.One2many("property.call", "moment_id", "Calls")

    def _miss(self):
        """Note that nobody came, and put the owners on the call list; again changes
        nothing."""
        missed = self.filtered(
            lambda row: row.state == "open" and row.attendance == "expected"
        )
        # sudo: attendance is set by methods only
        missed.sudo().write({"attendance": "missed"})
        # sudo: the list is the team's; whoever closes a batch need not keep it.
        return (
            self.env["property.call"]
            .sudo()
            ._open([moment._call_vals() for moment in missed])
        )

    def _call_vals(self):
        start = self.slot_start and self.batch_id._local(self.slot_start)
        return {
            "kind": "handover",
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "unit_id": self.unit_id.id,
            "moment_id": self.id,
            "subject": self.env._(
                "%(batch)s: did not come on %(day)s. Agree on a new appointment.",
                batch=self.batch_id.name,
                day=fields.Date.to_string(start.date() if start else self.date),
            ),
        }

    def _cancel_calls(self):
        """Whoever is here, or has another appointment, need not be called."""
        # sudo: as in _miss
        calls = self.sudo().call_ids.filtered(lambda call: call.state == "open")
        if calls:
            calls.action_cancel()

    def action_new_appointment(self):
        """Open the form that gives these owners another appointment."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Appointment"),
            "res_model": "property.handover.appointment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_moment_ids": self.ids},
        }
