from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import date_utils

DAYS_TO_ANSWER = 7
BY_METHOD = frozenset(
    ("state", "amount_held", "resolved_by", "resolved_on", "date_opened", "is_overdue")
)
# What was questioned does not change once the customer has his answer.
CONTENT = frozenset(
    ("move_id", "amount", "cause", "responsible_id", "deadline", "explanation")
)


class PropertyDispute(models.Model):
    """A customer questions an invoice (procedure, clause 4.1.5), or complains of the
    service or of a third party (4.2.5, 4.2.6): somebody must find out and explain by a
    day. Until then the questioned amount is held; the rest of the invoice is not."""

    _name = "property.dispute"
    _description = "Dispute"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _placing_fields = frozenset(("move_id",))
    _order = "deadline, id"
    _rec_names_search = ["move_id.name", "partner_id.name"]
    # Whoever may read a dispute may write down what he heard about it.
    _mail_post_access = "read"

    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('move_type', 'in', ('out_invoice', 'out_receipt')), "
        "('state', '=', 'posted'), ('property_community_id', '!=', False), "
        "('amount_residual', '>', 0)]",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    community_id = fields.Many2one(
        related="move_id.property_community_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    unit_id = fields.Many2one(related="move_id.property_unit_id", store=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount_residual = fields.Monetary(
        related="move_id.amount_residual", string="Open on the Invoice"
    )
    amount = fields.Monetary(
        "Disputed",
        compute="_compute_amount",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
        help="In the currency of the invoice; all that is open of it if not said.",
    )
    amount_held = fields.Monetary(
        "Held",
        compute="_compute_amount_held",
        store=True,
        help="Neither ages nor is demanded: while the dispute is open, and of an "
        "upheld one until it is credited.",
    )
    cause = fields.Selection(
        [
            ("billing", "The bill"),
            ("service", "The service"),
            ("third_party", "A third party"),
        ],
        required=True,
        default="billing",
        tracking=True,
    )
    note = fields.Text("What the Customer Says")
    date_opened = fields.Date("Opened on", readonly=True, copy=False)
    responsible_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        tracking=True,
        index="btree_not_null",
        help="Finds out and explains it to the customer.",
    )
    deadline = fields.Date(
        "Answer by",
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    is_overdue = fields.Boolean(
        "Reported as Late", readonly=True, copy=False, help="The head knows of it."
    )
    state = fields.Selection(
        [("open", "Open"), ("upheld", "Upheld"), ("rejected", "Rejected")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    explanation = fields.Text(help="What the customer was told, and why.")
    resolved_by = fields.Many2one("res.users", readonly=True, copy=False)
    resolved_on = fields.Date(readonly=True, copy=False)
    credit_move_ids = fields.Many2many(
        "account.move",
        "property_dispute_credit_rel",
        string="Credit Notes",
        copy=False,
        domain="[('move_type', '=', 'out_refund'), "
        "('commercial_partner_id', '=', partner_id)]",
    )

    _open_once = models.UniqueIndex(
        "(move_id) WHERE state = 'open'", "The invoice already has an open dispute."
    )
    _held_idx = models.Index("(move_id) WHERE amount_held > 0")
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A dispute is about an amount above zero."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        for dispute in self:
            dispute.amount = dispute.amount or dispute.move_id.amount_residual

    @api.depends("move_id")
    def _compute_deadline(self):
        for dispute in self:
            community = dispute.move_id.property_community_id
            if community and not dispute.deadline:
                dispute.deadline = date_utils.add(
                    community._property_today(), days=DAYS_TO_ANSWER
                )

    @api.depends(
        "state", "amount", "credit_move_ids.state", "credit_move_ids.amount_total"
    )
    def _compute_amount_held(self):
        for dispute in self:
            dispute.amount_held = dispute.amount if dispute.state == "open" else 0.0
            if dispute.state == "upheld":
                credits = dispute.credit_move_ids.filtered(
                    lambda move: move.state == "posted"
                )
                left = dispute.amount - sum(credits.mapped("amount_total"))
                dispute.amount_held = max(0.0, dispute.currency_id.round(left))

    @api.depends("move_id", "partner_id")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = (
                f"{dispute.move_id.name or ''} · {dispute.partner_id.name or ''}"
            )

    @api.constrains("move_id")
    def _check_move(self):
        for move in self.move_id:
            if (
                move.move_type not in ("out_invoice", "out_receipt")
                or move.state != "posted"
                or not move.property_community_id
            ):
                raise ValidationError(
                    self.env._(
                        "Only a posted customer invoice of a community can be disputed."
                    )
                )

    @api.constrains("amount", "move_id")
    def _check_amount(self):
        for dispute in self.filtered(lambda dispute: dispute.state == "open"):
            left = dispute.move_id.amount_residual
            if dispute.currency_id.compare_amounts(dispute.amount, left) > 0:
                raise ValidationError(
                    self.env._(
                        "No more than what is open of %(invoice)s can be disputed: "
                        "%(left)s.",
                        invoice=dispute.move_id.name,
                        left=dispute.currency_id.format(left),
                    )
                )

    @api.constrains("state", "responsible_id", "deadline")
    def _check_responsible(self):
        for dispute in self.filtered(lambda dispute: dispute.state == "open"):
            if not dispute.responsible_id or not dispute.deadline:
                raise ValidationError(
                    self.env._(
                        "An open dispute needs somebody responsible and a deadline."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        disputes = super().create(vals_list)
        for community, opened in disputes.grouped("community_id").items():
            # sudo: the date is written by the system alone.
            opened.sudo().date_opened = community._property_today()
        disputes._ask_responsible()
        disputes._touch_cases()
        return disputes

    def write(self, vals):
        if not self.env.su and CONTENT & set(vals):
            self._check_open()
        result = super().write(vals)
        if {"responsible_id", "deadline"} & set(vals):
            # sudo: the mark is written by the system alone.
            self.sudo().filtered("is_overdue").is_overdue = False
            self._ask_responsible()
        if {"amount", "state", "move_id", "credit_move_ids"} & set(vals):
            self._touch_cases()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A dispute is history. Reject it, with the reason."))

    def _check_open(self):
        if any(dispute.state != "open" for dispute in self):
            raise UserError(self.env._("The dispute has been answered already."))
