from odoo import fields, models


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
    move_name = fields.Char("Invoice", readonly=True)
    unit_name = fields.Char("Unit", readonly=True)
    period = fields.Date("Month", readonly=True, help="First day of the month.")
    name = fields.Char("For", readonly=True)
    amount = fields.Monetary(readonly=True)
