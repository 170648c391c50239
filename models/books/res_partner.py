from odoo import api, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "property.receipt.source"]

    def action_take_money(self):
        """Take money of the customer."""
        self.ensure_one()
        return self.env["property.counter"]._action_open(self)

    @api.model
    def _property_receipt_domain(self, ids):
        customers = self.browse(ids).commercial_partner_id
        return [("partner_id", "in", customers.ids)]
