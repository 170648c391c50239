from odoo import fields, models


class PropertyVoucher(models.Model):
    """A value-added service that an owner got for paying ahead."""

    _name = "property.voucher"
    _description = "Service Voucher"
    _inherit = ["property.guarded", "mail.thread", "mail.activity.mixin"]
    _guarded_fields = frozenset(("state", "name"))
    _order = "date_expiry, id"

    name = fields.Char("Number", readonly=True, copy=False)
    prepayment_id = fields.Many2one(
        "property.prepayment", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(related="prepayment_id.unit_id", store=True)
    partner_id = fields.Many2one(
        related="prepayment_id.partner_id", store=True, index=True
    )
    community_id = fields.Many2one(
        related="prepayment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="prepayment_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", "Service", required=True)
    cost = fields.Monetary(help="What the service costs the company.")
    date_expiry = fields.Date("Valid to")
    state = fields.Selection(
        [("open", "Open"), ("redeemed", "Redeemed"), ("expired", "Expired")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
