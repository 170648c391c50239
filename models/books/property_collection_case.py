from odoo import api, models


class PropertyCollectionCase(models.Model):
    _name = "property.collection.case"
    _inherit = ["property.collection.case", "property.receipt.source"]

    def action_take_money(self):
        """Take money of the customer."""
        self.ensure_one()
        return self.env["property.counter"]._action_open(
            self.partner_id, self.community_id
        )

    @api.model
    def _property_receipt_domain(self, ids):
        cases = self.browse(ids)
        return [
            ("partner_id", "in", cases.partner_id.ids),
            ("community_id", "in", cases.community_id.ids),
        ]
