from odoo import api, models


class PropertyMoment(models.Model):
    _name = "property.moment"
    _inherit = ["property.moment", "property.receipt.source"]

    @api.model
    def _property_receipt_domain(self, ids):
        # sudo: which payments were taken at the desk, the receipts are the user's own
        payments = self.env["account.payment"].sudo()
        taken = payments.search([("property_moment_id", "in", ids)])
        return [("id", "in", taken.property_receipt_id.ids)]
