from odoo import fields, models


class PropertyPrepaymentLine(models.Model):
    """The share of one month of an agreement, in its currency, without taxes. With an
    entry it is released; the shares of an agreement add up to what was invoiced less
    what was credited."""

    _name = "property.prepayment.line"
    _description = "Month of a Prepayment"
    _inherit = ["property.guarded"]
    _guarded_fields = frozenset(
        ("prepayment_id", "month", "kind", "amount", "amount_list", "move_id")
    )
    _order = "month, id"
    _rec_name = "month"

    prepayment_id = fields.Many2one(
        "property.prepayment", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(related="prepayment_id.unit_id", store=True, index=True)
    partner_id = fields.Many2one(related="prepayment_id.partner_id", store=True)
    community_id = fields.Many2one(
        related="prepayment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="prepayment_id.company_id", store=True)
    currency_id = fields.Many2one(related="prepayment_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    kind = fields.Selection(
        [("month", "Month"), ("settlement", "Settlement")],
        default="month",
        required=True,
        help="A settlement is what was left when an agreement ended early.",
    )
    amount = fields.Monetary("Share")
    amount_list = fields.Monetary(
        "Full Price", help="What the month costs whoever does not pay ahead."
    )
    move_id = fields.Many2one(
        "account.move", "Entry", index="btree_not_null", ondelete="restrict"
    )

    _month_once = models.UniqueIndex(
        "(prepayment_id, month) WHERE kind = 'month'",
        "A month is released once.",
    )
    _to_release_idx = models.Index("(month, community_id) WHERE move_id IS NULL")
