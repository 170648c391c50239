from odoo import api, fields, models


class PropertyCollectionCase(models.Model):
    """What the screens of a case show besides its standing."""

    _inherit = "property.collection.case"

    partner_phone = fields.Char(related="partner_id.phone", string="Phone")
    open_count = fields.Integer(compute="_compute_open_count")

    @api.depends("amount_open")
    def _compute_open_count(self):
        # sudo: a collector need not be an accountant to see what is open.
        ledger = self.env["property.collection.ledger"].sudo()
        items = ledger._open_items(self.community_id, self.partner_id)
        for case in self:
            case.open_count = len(case._invoices(items))

    def action_refresh(self):
        """Look at the ledger again: what is due may have changed with the day."""
        self.check_access("read")
        # sudo: facts are written by the system alone, whoever asks for them.
        self.sudo()._touch()
        return True

    def action_open_items(self):
        """Open the invoices and credit notes of which something is open."""
        self.ensure_one()
        ledger = self.env["property.collection.ledger"].sudo()
        items = ledger._open_items(self.community_id, self.partner_id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice"
        )
        action["domain"] = [("id", "in", list(self._invoices(items)))]
        action["context"] = {"create": False}
        return action

    def _invoices(self, items):
        return {
            item.move_id
            for item in items
            if item.partner_id == self.partner_id.id
            and item.community_id == self.community_id.id
        }
