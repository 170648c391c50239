from odoo import fields, models
from odoo.tools.misc import format_amount


class PropertyReceiptLine(models.Model):
    """One bill, or part of it, that was paid; a snapshot."""

    _name = "property.receipt.line"
    _description = "Line of a Receipt"
    _order = "receipt_id, sequence, id"

    receipt_id = fields.Many2one(
        "property.receipt", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="receipt_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="receipt_id.company_id", store=True)
    currency_id = fields.Many2one(related="receipt_id.currency_id")
    sequence = fields.Integer()
    move_id = fields.Many2one(
        "account.move",
        "Entry of the Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    unit_id = fields.Many2one(
        "property.unit", "Room", readonly=True, index="btree_not_null"
    )
    move_name = fields.Char("Invoice", readonly=True)
    unit_name = fields.Char("Unit", readonly=True)
    period = fields.Date("Month", readonly=True, help="First day of the month.")
    name = fields.Char("Item", readonly=True)
    amount = fields.Monetary(readonly=True)

    def _printed(self):
        """The line in words, as the paper shows it."""
        return {
            "unit": self.unit_name or "",
            "name": self.name or "",
            "month": self.period.strftime("%Y-%m") if self.period else "",
            "invoice": self.move_name or "",
            "amount": format_amount(self.env, self.amount, self.currency_id),
        }
