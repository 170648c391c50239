from odoo import api, models


class PropertyUnit(models.Model):
    _name = "property.unit"
    _inherit = ["property.unit", "property.receipt.source"]

    def action_take_money(self):
        """Take money of whoever pays for the unit (procedure, clause 4.1.6)."""
        self.ensure_one()
        return self.env["property.counter"]._action_open(
            community=self.community_id, query=self.display_name
        )

    @api.model
    def _property_receipt_domain(self, ids):
        return [("line_ids.unit_id", "in", ids)]
