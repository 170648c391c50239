from odoo import fields, models


class PropertyPeriodCloseAdjustment(models.Model):
    """What came into a month that was signed already: one invoice, payment or entry."""

    _name = "property.period.close.adjustment"
    _description = "Adjustment of an Earlier Month"
    _inherit = "property.period.close.row"
    _order = "close_id, section, date, id"
    _rec_name = "move_name"
    _signed_names = (
        "section",
        "line_key",
        "cause",
        "move_id",
        "counter_move_id",
        "amount",
        "date",
    )

    section = fields.Selection(
        [("arrears", "Arrears"), ("advance", "Paid Ahead")],
        readonly=True,
        required=True,
    )
    line_key = fields.Integer(readonly=True)
    cause = fields.Selection(
        [
            ("invoice", "Invoice entered later"),
            ("credit_note", "Credit note entered later"),
            ("entry", "Entry made later"),
            ("payment", "Payment or write-off entered later"),
            ("credit", "Settled by a credit note entered later"),
            ("matched", "Matched later"),
            ("unmatched", "Matching undone"),
            ("changed", "Amount changed"),
            ("redated", "Date changed"),
            ("moved", "Moved to another community"),
            ("removed", "Taken out of the books"),
            ("unknown", "Not explained"),
        ],
        "What Happened",
        readonly=True,
        required=True,
    )
    move_id = fields.Many2one(
        "account.move", "Entry", readonly=True, index="btree_not_null"
    )
    move_name = fields.Char("Invoice or Entry", readonly=True)
    counter_move_id = fields.Many2one(
        "account.move", "Counterpart Entry", readonly=True, index="btree_not_null"
    )
    counter_name = fields.Char("With", readonly=True, help="Payment or other entry.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    building_id = fields.Many2one("property.building", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="What it changes in the opening: more owed is positive."
    )
    date = fields.Date(readonly=True, help="The day in the books.")
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)
    entered_on = fields.Datetime(readonly=True)

    def action_open_entry(self):
        """Open the payment or entry, else the invoice."""
        self.ensure_one()
        return (self.counter_move_id or self.move_id).get_formview_action()
