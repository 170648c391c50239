from odoo import api, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "property.receipt.source"]

    def action_take_money(self):
        """Take money for these bills of one customer."""
        return self.env["property.counter"]._action_open(
            self.commercial_partner_id[:1], self.property_community_id[:1], self
        )

    @api.model
    def _property_receipt_domain(self, ids):
        return [("line_ids.move_id", "in", ids)]
