from odoo import models


class PropertyPrepayment(models.Model):
    """The invoice as a PDF, for whoever sold it."""

    _inherit = "property.prepayment"

    def action_print_invoice(self):
        """Download the invoices of these agreements."""
        self.check_access("read")
        # sudo: what the customer gets on paper, whoever may keep the books
        moves = self.sudo().move_id
        return self.env.ref("account.account_invoices").report_action(moves.ids)

    def action_open_invoice(self):
        """The invoice in Odoo's own screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
