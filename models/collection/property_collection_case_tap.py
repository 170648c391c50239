from odoo import fields, models
from odoo.exceptions import UserError


class PropertyCollectionCase(models.Model):
    """The buttons of the worklist."""

    _inherit = "property.collection.case"

    notice_to_deliver_count = fields.Integer(compute="_compute_notice_to_deliver_count")

    def _compute_notice_to_deliver_count(self):
        for case in self:
            case.notice_to_deliver_count = len(case._notices_to_deliver())

    def action_log_call(self):
        """Ask what came of a call."""
        return self._action_record("phone")

    def action_log_visit(self):
        """Ask what came of a visit at the door."""
        return self._action_record("door")

    def action_log_other(self):
        """Ask what came of any other contact."""
        return self._action_record("message")

    def action_notice_delivered(self):
        """Ask who took the notices that wait.

        :raises UserError: when none does
        """
        self.ensure_one()
        notices = self._notices_to_deliver()
        if not notices:
            raise UserError(self.env._("No notice waits to be delivered."))
        return notices.action_deliver_signed()

    def action_plan_visit(self):
        """Plan a visit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.visit",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Plan a Visit"),
            "context": {"default_case_id": self.id},
        }

    def action_open_case(self):
        """Open the case."""
        self.ensure_one()
        return self.get_formview_action()

    def _action_record(self, channel, **defaults):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.contact.record",
            "view_mode": "form",
            "target": "new",
            "name": self.partner_id.display_name,
            "context": {
                "default_case_id": self.id,
                "default_channel": channel,
                **defaults,
            },
        }

    def _oldest_invoice(self):
        """The invoice that has been due for the longest time, or none."""
        self.ensure_one()
        due = [item for item in self._open_items()[self] if item.residual > 0]
        oldest = min(due, key=lambda item: (item.date_due, item.line_id), default=None)
        return self.env["account.move"].browse(oldest and oldest.move_id or ())
