from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _property_move(self, values):
        """Write what has changed, if anything has."""
        now = self._convert_to_write({name: self[name] for name in values})
        changed = {name: values[name] for name in values if now[name] != values[name]}
        if changed:
            self.write(changed)
