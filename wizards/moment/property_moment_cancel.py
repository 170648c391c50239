from odoo import fields, models


class PropertyMomentCancel(models.TransientModel):
    """Asks why a moment did not take place."""

    _name = "property.moment.cancel"
    _description = "Cancel a Moment"
    _inherit = ["property.moment.way"]

    reason = fields.Char(required=True)

    def action_apply(self):
        """Cancel the moment.

        :raises UserError: without a reason, or where money was taken
        """
        self.moment_id._cancel(self.reason)
        return self._close()
