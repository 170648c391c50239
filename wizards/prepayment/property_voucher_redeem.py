from odoo import api, fields, models


class PropertyVoucherRedeem(models.TransientModel):
    """The owner signs for the service, on a phone at his door or at the counter."""

    _name = "property.voucher.redeem"
    _description = "Redeem a Voucher"
    _inherit = ["property.community.bound"]

    voucher_id = fields.Many2one("property.voucher", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="voucher_id.company_id", store=True)
    product_id = fields.Many2one(related="voucher_id.product_id")
    unit_id = fields.Many2one(related="voucher_id.unit_id")
    date = fields.Date(
        "Given on",
        required=True,
        compute="_compute_from_voucher",
        store=True,
        readonly=False,
        precompute=True,
    )
    recipient = fields.Char(
        "Received by",
        required=True,
        compute="_compute_from_voucher",
        store=True,
        readonly=False,
        precompute=True,
    )
    signature = fields.Image(required=True, max_width=1024, max_height=512)

    @api.depends("voucher_id")
    def _compute_from_voucher(self):
        for wizard in self:
            voucher = wizard.voucher_id
            wizard.recipient = wizard.recipient or voucher.partner_id.name
            wizard.date = voucher and voucher.community_id._property_today()

    def action_redeem(self):
        """Put down that the service was given; see ``property.voucher._redeem``."""
        self.ensure_one()
        self.voucher_id._redeem(self.date, self.recipient, self.signature)
        return {"type": "ir.actions.act_window_close"}
