from odoo import models


class PropertyNotice(models.Model):
    _inherit = "property.notice"

    def action_take_money(self):
        """Take money for what the notice asks for."""
        self.ensure_one()
        return self.env["property.counter"]._action_open(
            self.partner_id, self.community_id
        )
