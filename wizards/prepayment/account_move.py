from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_sell_prepayment(self):
        """Offer whoever gets this invoice to pay ahead for what it is about."""
        self.ensure_one()
        charges = self.env["property.charge"].search([("move_id", "=", self.id)])
        units = self.property_unit_id or charges.unit_id
        return self.env["property.prepayment.sell"]._action_open(
            partner_id=self.partner_id.id, unit_ids=units.ids
        )
