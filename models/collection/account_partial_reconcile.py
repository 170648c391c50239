from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A matched payment moves the customer's case at once."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._touch_property_cases()
        return partials

    def unlink(self):
        lines = self.debit_move_id | self.credit_move_id
        result = super().unlink()
        lines.move_id._touch_property_cases()
        return result

    def _touch_property_cases(self):
        (self.debit_move_id | self.credit_move_id).move_id._touch_property_cases()
