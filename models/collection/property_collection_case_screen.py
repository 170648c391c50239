from odoo import api, fields, models


class PropertyCollectionCase(models.Model):
    """What the screens of a case show besides its standing."""

    _inherit = "property.collection.case"

    partner_phone = fields.Char(related="partner_id.phone", string="Phone")
    open_count = fields.Integer(compute="_compute_open_count")

    @api.depends("amount_open")
    def _compute_open_count(self):
        for case, moves in self._open_moves().items():
            case.open_count = len(moves)

    def action_refresh(self):
        """Look at the ledger again: what is due may have changed with the day."""
        self.check_access("read")
        # sudo: facts are written by the system alone, whoever asks for them.
        self.sudo()._touch()
        return True

    def action_open_items(self):
        """Open the invoices and credit notes of which something is open."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice"
        )
        action["domain"] = [("id", "in", self._open_moves()[self])]
        action["context"] = {"create": False}
        return action

    def _open_items(self):
        """{case: what is open of it, charges and credits by due date}"""
        # sudo: a collector need not be an accountant to see what is open.
        return self.env["property.collection.ledger"].sudo()._open_of(self)

    def _open_moves(self):
        """{case: ids of the invoices and credit notes of which something is open}"""
        return {
            case: list(dict.fromkeys(item.move_id for item in items))
            for case, items in self._open_items().items()
        }
