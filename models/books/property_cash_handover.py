from odoo import api, fields, models
from odoo.exceptions import UserError

BY_METHOD = frozenset(
    (
        "name",
        "state",
        "amount_total",
        "handed_on",
        "confirmed_by",
        "confirmed_on",
        "approved_by",
        "move_id",
    )
)


class PropertyCashHandover(models.Model):
    """The cash that a collector brings to Finance (procedure, clause 4.1.6): what he
    took, what he declares, what Finance counts. Money taken = receipts = handed over +
    still held, at any time."""

    _name = "property.cash.handover"
    _description = "Cash Handover"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, index="trigram")
    community_id = fields.Many2one(
        "property.community",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Collector",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    receipt_ids = fields.One2many("property.receipt", "handover_id", readonly=True)
    payment_ids = fields.One2many(
        "account.payment",
        "property_handover_id",
        "Payments",
        copy=False,
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    amount_total = fields.Monetary(
        "Taken",
        compute="_compute_amount_total",
        store=True,
        help="Sum of the receipts.",
    )
    amount_declared = fields.Monetary("Declared", copy=False)
    amount_received = fields.Monetary("Counted", copy=False)
    amount_difference = fields.Monetary(
        "Difference", compute="_compute_amount_difference", help="Counted less taken."
    )
    difference_reason = fields.Char(copy=False, tracking=True)
    approved_by = fields.Many2one(
        "res.users", "Difference Approved by", readonly=True, copy=False, tracking=True
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Into",
        domain="[('type', '=', 'cash'), ('company_id', '=', company_id)]",
        copy=False,
        help="Finance's cash, or the safe.",
    )
    move_id = fields.Many2one(
        "account.move", "Entry", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("handed", "Handed Over"), ("confirmed", "Confirmed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    handed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)

    _draft_once = models.UniqueIndex(
        "(user_id, community_id) WHERE state = 'draft'",
        "The collector has a handover in preparation already.",
    )

    @api.depends("payment_ids")
    def _compute_community_id(self):
        for handover in self:
            handover.community_id = (
                handover.community_id
                or handover.sudo().payment_ids.property_community_id[:1]
            )

    @api.depends("payment_ids.amount", "payment_ids.property_handover_id")
    def _compute_amount_total(self):
        for handover in self:
            handover.amount_total = sum(handover.sudo().payment_ids.mapped("amount"))

    @api.depends("amount_received", "amount_total", "state")
    def _compute_amount_difference(self):
        for handover in self:
            counted = handover.state != "draft" and handover.amount_received
            handover.amount_difference = handover.currency_id.round(
                (counted or handover.amount_received) - handover.amount_total
                if handover.state != "draft"
                else 0.0
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(handover.state != "draft" for handover in self):
            raise UserError(self.env._("What was handed over stays on record."))
