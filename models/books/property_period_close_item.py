from odoo import fields, models


class PropertyPeriodCloseItem(models.Model):
    """A journal item as it stood at the close: the next close holds the books against
    it, so that nothing enters a signed month unseen."""

    _name = "property.period.close.item"
    _description = "Journal Item at a Period Close"
    _inherit = "property.period.close.row"
    _order = "close_id, section, line_key"
    _rec_name = "move_name"
    _signed_names = ("section", "line_key", "amount", "balance")

    section = fields.Selection(
        [("arrears", "Arrears"), ("advance", "Paid Ahead")],
        readonly=True,
        required=True,
    )
    # No reference: the item may be gone, which is what is to be noticed.
    line_key = fields.Integer("Journal Item No.", readonly=True, required=True)
    move_id = fields.Many2one(
        "account.move", "Entry", readonly=True, index="btree_not_null"
    )
    move_name = fields.Char("Invoice or Entry", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    amount = fields.Monetary(
        "Open", readonly=True, help="Open at the end of the month."
    )
    balance = fields.Monetary("Booked", readonly=True)

    _once = models.UniqueIndex("(close_id, section, line_key)")
    _by_line = models.Index("(line_key)")
