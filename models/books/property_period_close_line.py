from odoo import fields, models

KINDS = [
    ("opening", "Opening"),
    ("backdated", "Adjustments of Earlier Months"),
    ("billed", "Billed"),
    ("billed_ahead", "Billed Ahead"),
    ("received_current", "Received on the Month's Bills"),
    ("received_arrears", "Received on Arrears"),
    ("received_ahead", "Received on Prepayments"),
    ("received_account", "Received on Account"),
    ("waived", "Waived"),
    ("written_off", "Written Off"),
    ("exchange", "Exchange Differences"),
    ("invoiced", "Invoiced Ahead"),
    ("released", "Released into Income"),
    ("other", "Other"),
    ("closing", "Closing"),
    ("charged", "Net Charges"),
    ("applied", "Received on Charges"),
    ("consumed", "Prepayment Consumed"),
]


class PropertyPeriodCloseLine(models.Model):
    """One figure of a building, or of a fee item in a building."""

    _name = "property.period.close.line"
    _description = "Figure of a Period Close"
    _inherit = "property.period.close.row"
    _order = "close_id, section, building_id, fee_item_id, id"
    _rec_name = "kind"
    _signed_names = ("section", "kind", "building_id", "fee_item_id", "amount")

    section = fields.Selection(
        [
            ("arrears", "Arrears"),
            ("advance", "Paid Ahead"),
            ("fees", "Fees of the Month"),
        ],
        readonly=True,
        required=True,
    )
    kind = fields.Selection(KINDS, "Figure", readonly=True, required=True)
    building_id = fields.Many2one("property.building", readonly=True)
    fee_item_id = fields.Many2one("property.fee.item", readonly=True)
    amount = fields.Monetary(readonly=True)

    def action_open_items(self):
        """Open the journal items behind the figure."""
        self.ensure_one()
        return self.close_id._open_kind(
            self.section, self.kind, self.building_id, self.fee_item_id
        )
