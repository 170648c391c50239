from odoo import api, fields, models
from odoo.exceptions import UserError

# Set by the buttons only.
BY_METHOD = frozenset(
    ("state", "move_id", "closing_move_id", "carried_to_id", "is_to_refund")
)
# What the entry says; it stays once it is posted.
TERMS = frozenset(
    ("unit_id", "partner_id", "amount", "date", "journal_id", "kind", "company_id")
)


class PropertyDeposit(models.Model):
    """Money that somebody left as a deposit, for decoration works or a key card.
    Customer service records it, Finance posts it; what is held stands on the account
    of deposits until it is paid back."""

    _name = "property.deposit"
    _description = "Deposit"
    _inherit = [
        "property.guarded",
        "property.unit.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "date desc, id desc"
    _rec_names_search = ["partner_id.name", "unit_id.name", "note"]

    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(string="Paid by")
    kind = fields.Selection(
        [
            ("decoration", "Decoration"),
            ("key_card", "Key card"),
            ("other", "Other"),
        ],
        required=True,
        default="decoration",
    )
    amount = fields.Monetary(required=True, tracking=True)
    date = fields.Date(
        "Received on",
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Cash or Bank",
        domain="[('type', 'in', ('cash', 'bank')), ('company_id', '=', company_id)]",
        help="Where the money came in.",
    )
    state = fields.Selection(
        [
            ("draft", "Recorded"),
            ("held", "Held"),
            ("refunded", "Paid back"),
            ("carried", "Carried over"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    is_to_refund = fields.Boolean(
        "To Be Paid Back", readonly=True, copy=False, tracking=True
    )
    date_closed = fields.Date(
        "Paid Back on", copy=False, help="Today where nothing is filled in."
    )
    refund_journal_id = fields.Many2one(
        "account.journal",
        "Paid Back from",
        copy=False,
        domain="[('type', 'in', ('cash', 'bank')), ('company_id', '=', company_id)]",
        help="Where the money goes out; the same as it came in without one.",
    )
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    closing_move_id = fields.Many2one(
        "account.move",
        "Closing Entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    carried_to_id = fields.Many2one(
        "property.deposit",
        "Carried over to",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    note = fields.Char("Remarks")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A deposit is more than nothing."
    )

    @api.depends("unit_id")
    def _compute_date(self):
        for deposit in self:
            unit = deposit.unit_id
            deposit.date = deposit.date or (unit._property_today() if unit else False)

    @api.depends("unit_id")
    def _compute_partner_id(self):
        for deposit in self:
            unit = deposit.unit_id
            deposit.partner_id = deposit.partner_id or unit.occupant_id or unit.owner_id

    @api.depends("kind", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for deposit in self:
            unit = deposit.unit_id.display_name or ""
            deposit.display_name = f"{kinds.get(deposit.kind, '')} · {unit}"

    def write(self, vals):
        if TERMS & set(vals) and any(row.state != "draft" for row in self):
            if not self.env.su:
                raise UserError(
                    self.env._("What is posted stays as it is. Pay it back instead.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(deposit.state != "draft" for deposit in self):
            raise UserError(self.env._("A deposit that is posted stays on record."))
