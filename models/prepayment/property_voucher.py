from odoo import fields, models
from odoo.exceptions import AccessError

# Who changes what by hand.
WRITERS = {
    "cost": ("group_finance",),
    "date_expiry": ("group_finance", "group_cs_head", "group_manager"),
}


class PropertyVoucher(models.Model):
    """A value-added service that an owner got for paying ahead (procedure, clause
    5.3.2). What it costs the company is known from the day on which it is given."""

    _name = "property.voucher"
    _description = "Service Voucher"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(
        (
            "name",
            "prepayment_id",
            "product_id",
            "state",
            "redeemed_on",
            "redeemed_by",
            "recipient",
            "signature",
            "warned_on",
        )
    )
    _order = "date_expiry, id"
    _rec_names_search = ["name", "partner_id.name", "unit_id.name"]

    name = fields.Char("Number", readonly=True, copy=False, index="trigram")
    prepayment_id = fields.Many2one(
        "property.prepayment",
        "Agreement",
        required=True,
        index=True,
        ondelete="restrict",
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
    date_expiry = fields.Date(
        "Valid to", tracking=True, help="The last day. Empty: without limit."
    )
    state = fields.Selection(
        [("open", "Open"), ("redeemed", "Redeemed"), ("expired", "Expired")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    redeemed_on = fields.Date(readonly=True, copy=False)
    redeemed_by = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who put down that the service was given.",
    )
    recipient = fields.Char(
        "Received by", readonly=True, copy=False, help="Who took the service."
    )
    signature = fields.Image(
        max_width=1024, max_height=512, readonly=True, copy=False, attachment=True
    )
    warned_on = fields.Date(readonly=True, copy=False)
    payment_state = fields.Selection(related="prepayment_id.payment_state")

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "This number is taken."
    )
    _open_idx = models.Index("(community_id, date_expiry) WHERE state = 'open'")

    def write(self, vals):
        """:raises AccessError: for another validity or cost by whoever does not decide
        on it"""
        for name in WRITERS.keys() & set(vals) if not self.env.su else ():
            if not self.env.user._has_property_role(*WRITERS[name]):
                raise AccessError(
                    self.env._(
                        "Finance changes what a voucher costs; how long it is valid, "
                        "also the head of customer service and the manager."
                    )
                )
        return super().write(vals)
