from odoo import api, fields, models


class PropertyNoticeLine(models.Model):
    """One line of a notice as it was printed: a snapshot in the customer's words."""

    _name = "property.notice.line"
    _description = "Notice Line"
    _order = "notice_id, sequence, id"
    _rec_name = "item_name"

    notice_id = fields.Many2one(
        "property.notice", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="notice_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="notice_id.company_id", store=True)
    currency_id = fields.Many2one(related="notice_id.currency_id")
    sequence = fields.Integer()
    type = fields.Selection(
        [
            ("current", "Current charge"),
            ("received", "Received"),
            ("arrears", "Arrears brought forward"),
            ("credit", "Credit"),
        ],
        required=True,
        default="current",
    )
    unit_id = fields.Many2one("property.unit", index=True, ondelete="restrict")
    unit_name = fields.Char("Unit on the Notice")
    item_name = fields.Char("Item", required=True)
    period = fields.Date("Month", help="First day of the month.")
    date_from = fields.Date("From")
    date_to = fields.Date("To", help="Last day charged for.")
    quantity = fields.Float(
        "Area or Usage", digits=(16, 4), aggregator=None, help="Zero: not printed."
    )
    quantity_unit = fields.Char("Unit of Quantity")
    has_reading = fields.Boolean()
    reading_previous = fields.Float(digits=(16, 3), aggregator=None)
    reading_current = fields.Float(digits=(16, 3), aggregator=None)
    is_estimate = fields.Boolean("Estimated")
    price_unit = fields.Float("Price", digits=(16, 6), aggregator=None)
    factor = fields.Float(digits=(16, 4), default=1.0, aggregator=None)
    amount = fields.Monetary(
        required=True, help="Taxes included; received sums and credits are negative."
    )
    move_id = fields.Many2one("account.move", "Invoice", ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._check_draft()

    def _check_draft(self):
        self.notice_id._check_draft()
