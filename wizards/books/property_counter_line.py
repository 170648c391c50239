from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PropertyCounterLine(models.TransientModel):
    _name = "property.counter.line"
    _description = "Bill to Be Paid"
    _order = "date_due, id"

    counter_id = fields.Many2one("property.counter", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="counter_id.currency_id")
    move_id = fields.Many2one("account.move", "Invoice", required=True)
    move_name = fields.Char(
        "Invoice Number", compute="_compute_bill", compute_sudo=True
    )
    unit_name = fields.Char("Unit", compute="_compute_bill", compute_sudo=True)
    period = fields.Date("Month", compute="_compute_bill", compute_sudo=True)
    # Stored, because the lines stand in its order.
    date_due = fields.Date(
        "Due Date", compute="_compute_date_due", compute_sudo=True, store=True
    )
    is_due = fields.Boolean("Due", compute="_compute_bill", compute_sudo=True)
    amount_residual = fields.Monetary(
        "Open", compute="_compute_bill", compute_sudo=True
    )
    amount = fields.Monetary("Pays")

    @api.depends("move_id")
    def _compute_bill(self):
        for line in self:
            move, community = line.move_id, line.counter_id.community_id
            today = community._property_today() if community else False
            line.move_name = move.name
            line.unit_name = move.property_unit_id.display_name
            line.period = move.property_period
            line.is_due = bool(today and move.invoice_date_due <= today)
            line.amount_residual = move.amount_residual

    @api.depends("move_id")
    def _compute_date_due(self):
        for line in self:
            line.date_due = line.move_id.invoice_date_due

    @api.constrains("amount")
    def _check_amount(self):
        for line in self:
            if line.amount < 0:
                raise ValidationError(self.env._("A payment cannot be negative."))
