from odoo import fields, models
from odoo.exceptions import UserError


class PropertyMoment(models.Model):
    """At the counter of a handover batch: who is there, who is done."""

    _inherit = "property.moment"

    def action_arrived(self):
        """Note that the owners are here now; again changes nothing.

        :raises UserError: for what is closed, or belongs to no batch
        """
        self.check_access("write")
        waiting = self.filtered(lambda row: row.attendance != "arrived")
        for moment in waiting:
            if moment.state != "open" or not moment.batch_id:
                raise UserError(
                    self.env._(
                        "%(moment)s is not waiting for anybody.",
                        moment=moment.display_name,
                    )
                )
        # sudo: attendance is set by methods only
        waiting.sudo().write(
            {
                "attendance": "arrived",
                "arrived_on": fields.Datetime.now(),
                "arrived_by": self.env.uid,
            }
        )
        waiting._cancel_calls()
        return True

    def action_not_arrived(self):
        """Take back a slip of the finger."""
        self.check_access("write")
        here = self.filtered(
            lambda row: row.attendance == "arrived" and row.state == "open"
        )
        # sudo: as in action_arrived
        here.sudo().write(
            {"attendance": "expected", "arrived_on": False, "arrived_by": False}
        )
        return True
