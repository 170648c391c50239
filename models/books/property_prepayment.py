from odoo import api, models


class PropertyPrepayment(models.Model):
    _name = "property.prepayment"
    _inherit = ["property.prepayment", "property.receipt.source"]

    @api.model
    def _property_receipt_domain(self, ids):
        return [("line_ids.move_id", "in", self.browse(ids).sudo().move_id.ids)]
