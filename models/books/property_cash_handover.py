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
        "is_reported",
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
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Of the cash: each currency is handed over with a slip of its own.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Collector",
        required=True,
        index=True,
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
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
    amount_declared = fields.Monetary(
        "Declared", copy=False, help="What the collector says that he brings."
    )
    amount_received = fields.Monetary(
        "Counted", copy=False, help="What Finance counted."
    )
    amount_difference = fields.Monetary(
        "Difference", compute="_compute_amount_difference", help="Counted less taken."
    )
    difference_reason = fields.Char(copy=False, tracking=True)
    return_reason = fields.Char(
        "Given Back Because", copy=False, tracking=True, help="Finance says why."
    )
    approved_by = fields.Many2one(
        "res.users", "Difference Approved by", readonly=True, copy=False, tracking=True
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Into",
        domain="[('id', 'in', journal_ids)]",
        check_company=True,
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

    may_count = fields.Boolean(
        compute="_compute_may_count", help="Finance counts what was handed over."
    )
    is_reported = fields.Boolean(
        "Reported", readonly=True, copy=False, help="Held too long, or too much."
    )

    @api.depends("payment_ids")
    def _compute_community_id(self):
        for handover in self:
            payments = handover.sudo().payment_ids
            handover.community_id = (
                handover.community_id or payments[:1]._property_community()
            )

    @api.depends("payment_ids")
    def _compute_user_id(self):
        for handover in self:
            first = handover.sudo().payment_ids[:1]
            handover.user_id = (
                handover.user_id
                or first.property_collector_id
                or first.create_uid
                or self.env.user
            )

    @api.depends("payment_ids", "community_id")
    def _compute_currency_id(self):
        for handover in self:
            handover.currency_id = (
                handover.sudo().payment_ids[:1].currency_id
                or handover.currency_id
                or handover.community_id.company_id.currency_id
            )

    @api.depends("payment_ids.amount", "payment_ids.property_handover_id")
    def _compute_amount_total(self):
        for handover in self:
            handover.amount_total = sum(handover.sudo().payment_ids.mapped("amount"))

    @api.depends("amount_received", "amount_total", "state")
    def _compute_amount_difference(self):
        for handover in self:
            is_counted = handover.state != "draft"
            difference = handover.amount_received - handover.amount_total
            handover.amount_difference = is_counted and handover.currency_id.round(
                difference
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(handover.state != "draft" for handover in self):
            raise UserError(self.env._("What was handed over stays on record."))
