from odoo import models


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    def action_sell_prepayment(self):
        """Offer to pay the fees of these units ahead."""
        return self.env["property.prepayment.sell"]._action_open(unit_ids=self.ids)
