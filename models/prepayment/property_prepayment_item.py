from odoo import fields, models


class PropertyPrepaymentItem(models.Model):
    """One fee of an agreement at the price agreed: rate, area and factor as they were
    on the first day. Amounts without taxes, in the agreement's currency."""

    _name = "property.prepayment.item"
    _description = "Fee of a Prepayment"
    _order = "id"
    _rec_name = "fee_item_id"

    prepayment_id = fields.Many2one(
        "property.prepayment", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="prepayment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="prepayment_id.company_id", store=True)
    currency_id = fields.Many2one(related="prepayment_id.currency_id")
    fee_item_id = fields.Many2one(
        "property.fee.item", required=True, index=True, ondelete="restrict"
    )
    quantity = fields.Float(digits=(16, 4))
    price_unit = fields.Float(digits=(16, 6), aggregator=None)
    factor = fields.Float(digits=(16, 4), default=1.0, aggregator=None)
    date_price = fields.Date(
        "Price since", help="First day of the month from which this price holds."
    )
    monthly = fields.Monetary("A Month", help="quantity × price × factor, rounded.")
    amount_list = fields.Monetary("List Price")
    amount_discount = fields.Monetary("Discount")
    amount = fields.Monetary("Net Price")
    account_id = fields.Many2one(
        "account.account",
        "Income Account",
        ondelete="restrict",
        help="Into which its months are released.",
    )

    _once = models.UniqueIndex(
        "(prepayment_id, fee_item_id)", "A fee stands once in an agreement."
    )
