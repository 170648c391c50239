from odoo import api, models

ACTION = "property_fee_collection.action_property_receipt"


class PropertyReceipt(models.Model):
    """Receipts, found from where money was taken or is owed."""

    _inherit = "property.receipt"

    def action_next_customer(self):
        """Open an empty counter for whoever is next."""
        return self.env["property.counter"]._action_open()

    @api.private
    def _action_show(self):
        """The receipts as an action: one opens at once."""
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTION)
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}
