from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...models.collection.instalments import allocate


class PropertyCounterLine(models.TransientModel):
    """An open bill, to be paid now or not."""

    _name = "property.counter.line"
    _description = "Bill to Be Paid"
    _inherit = ["property.community.bound"]
    _order = "date_due, id"

    counter_id = fields.Many2one("property.counter", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="counter_id.currency_id")
    move_id = fields.Many2one("account.move", "Invoice", required=True)
    move_name = fields.Char(
        "Invoice Number", compute="_compute_bill", compute_sudo=True
    )
    unit_name = fields.Char("Unit", compute="_compute_bill", compute_sudo=True)
    # One column: two would not stand beside the sums on a phone.
    label = fields.Char("Bill", compute="_compute_bill", compute_sudo=True)
    # Stored, because the lines stand in its order.
    date_due = fields.Date(
        "Due Date", compute="_compute_date_due", compute_sudo=True, store=True
    )
    is_due = fields.Boolean("Due", compute="_compute_bill", compute_sudo=True)
    amount_residual = fields.Monetary(
        "Open", compute="_compute_bill", compute_sudo=True
    )
    amount_disputed = fields.Monetary("In Dispute", readonly=True)
    is_chosen = fields.Boolean("Pay")
    amount = fields.Monetary(
        "Pays", compute="_compute_amount", store=True, readonly=False
    )

    @api.depends("move_id", "amount_disputed")
    def _compute_bill(self):
        for line in self:
            move, community = line.move_id, line.counter_id.community_id
            today = community._property_today() if community else False
            period = move.property_period
            line.move_name = move.name
            line.unit_name = move.property_unit_id.display_name or move.name
            month = format_date(self.env, period, date_format="yyyy-MM")
            disputed = line.amount_disputed and self.env._("in dispute")
            line.label = " · ".join(filter(None, (line.unit_name, month, disputed)))
            line.is_due = bool(today and move.invoice_date_due <= today)
            line.amount_residual = move.amount_residual

    @api.depends("move_id")
    def _compute_date_due(self):
        for line in self:
            line.date_due = line.move_id.invoice_date_due

    @api.depends("is_chosen", "counter_id.amount")
    def _compute_amount(self):
        """What was received goes to the chosen bills, the oldest first; what is in
        dispute comes after all that is not."""
        for counter, lines in self.grouped("counter_id").items():
            for line, amount in zip(
                counter.line_ids, counter.line_ids._shares(counter.amount), strict=True
            ):
                line.amount = amount
            (lines - counter.line_ids).amount = 0.0

    def _shares(self, received):
        chosen = self.filtered("is_chosen")
        if not chosen:
            return [0.0] * len(self)
        digits = chosen[0].currency_id.decimal_places
        asked = [line._asked() for line in chosen]
        first = allocate(received, asked, digits)
        rests = [
            line.amount_residual - part
            for line, part in zip(chosen, asked, strict=True)
        ]
        more = allocate(received - sum(first), rests, digits)
        paid = {
            line: round(one + two, digits)
            for line, one, two in zip(chosen, first, more, strict=True)
        }
        return [paid.get(line, 0.0) for line in self]

    def _asked(self):
        """What is paid of it when it is chosen; all of it where it is in dispute
        altogether."""
        undisputed = self.amount_residual - self.amount_disputed
        return undisputed if undisputed > 0 else self.amount_residual

    @api.constrains("amount")
    def _check_amount(self):
        for line in self:
            if line.amount < 0:
                raise ValidationError(self.env._("A payment cannot be negative."))
