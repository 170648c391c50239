from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_sell_prepayment(self):
        """Offer the customer to pay ahead for his units."""
        self.ensure_one()
        return self.env["property.prepayment.sell"]._action_open(partner_id=self.id)
