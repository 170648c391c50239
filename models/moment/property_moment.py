from odoo import api, fields, models
from odoo.exceptions import UserError

# Written by the named methods only, never by hand.
BY_METHOD = frozenset(
    (
        "state",
        "amount_due",
        "amount_settled",
        "outcome",
        "closed_on",
        "closed_by",
        "cancel_reason",
        "payment_ids",
    )
)
# What a moment is about; once it is over that stays as it is.
SUBJECT = frozenset(("kind", "unit_id", "partner_id"))


class PropertyMoment(models.Model):
    """A special moment (procedure, clause 5.6): the owner comes because he wants
    something. The desk shows what is due and offers ways to settle it; what belongs to
    the owner is handed out in any case (section 4)."""

    _name = "property.moment"
    _description = "Special Moment"
    _inherit = [
        "property.guarded",
        "property.unit.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "date desc, id desc"
    _rec_names_search = ["partner_id.name", "unit_id.name"]
    _mail_post_access = "read"

    kind = fields.Selection(
        [
            ("unit_handover", "Handover of a unit"),
            ("certificate_handover", "Handover of the property certificate"),
            ("certificate_request", "Certificate asked for"),
            ("lease", "Letting"),
            ("transfer", "Transfer"),
            ("mortgage", "Mortgage"),
        ],
        required=True,
        default="certificate_request",
        tracking=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True,
        index=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    batch_id = fields.Many2one(
        "property.handover.batch", "Handover Batch", index="btree_not_null", copy=False
    )
    user_id = fields.Many2one(
        "res.users", "Handled by", default=lambda self: self.env.user, tracking=True
    )
    origin = fields.Char(
        help="Who brought it in: the counter, or the name of another system."
    )
    external_ref = fields.Char(
        "External Reference",
        copy=False,
        help="The number that another system gave it. A moment sent twice is one.",
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    amount_due = fields.Monetary(
        "Due",
        readonly=True,
        copy=False,
        # It is the customer's: two moments of his do not make it twice as much.
        aggregator=None,
        help="When the moment was opened, in all units of the customer in the "
        "community.",
    )
    payment_ids = fields.One2many(
        "account.payment", "property_moment_id", "Payments", readonly=True
    )
    amount_settled = fields.Monetary(
        "Paid at the Desk",
        compute="_compute_amount_settled",
        store=True,
        copy=False,
        help="What was taken at this moment, company currency.",
    )
    outcome = fields.Selection(
        [
            ("paid", "Paid"),
            ("promised", "Promised"),
            ("plan", "Instalment plan"),
            ("declined", "Declined"),
            ("clear", "Nothing was due"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        help="Paid: nothing is due any more but what is in dispute. After a part "
        "payment the moment stays open until the rest is promised, spread or "
        "declined.",
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)
    cancel_reason = fields.Char(
        "Cancelled Because", readonly=True, copy=False, tracking=True
    )
    note = fields.Text("Remarks")
    document_ids = fields.One2many("property.moment.document", "moment_id")
    certificate_ids = fields.One2many("property.certificate", "moment_id")

    _reference_once = models.UniqueIndex(
        "(company_id, external_ref) WHERE external_ref IS NOT NULL",
        "This external reference is known already.",
    )

    @api.depends("unit_id")
    def _compute_date(self):
        for moment in self:
            unit = moment.unit_id
            moment.date = moment.date or (unit._property_today() if unit else False)

    @api.depends(
        "payment_ids.state",
        "payment_ids.amount",
        "payment_ids.amount_company_currency_signed",
        "payment_ids.move_id.reversal_move_ids.state",
    )
    def _compute_amount_settled(self):
        for moment in self:
            valid = moment.payment_ids.filtered(
                lambda payment: (
                    payment.state in ("in_process", "paid")
                    and not payment.move_id.reversal_move_ids.filtered(
                        lambda move: move.state == "posted"
                    )
                )
            )
            moment.amount_settled = sum(valid.mapped("amount_company_currency_signed"))

    @api.depends("kind", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for moment in self:
            unit = moment.unit_id.display_name or ""
            moment.display_name = f"{kinds.get(moment.kind, '')} · {unit}"

    @api.model_create_multi
    def create(self, vals_list):
        moments = super().create(vals_list)
        moments._record_due()
        moments._list_documents()
        return moments

    def write(self, vals):
        if SUBJECT & set(vals) and not self.env.su:
            self._check_subject_open()
        result = super().write(vals)
        if {"unit_id", "partner_id"} & set(vals):
            self._record_due()
        return result

    def _check_subject_open(self):
        """:raises UserError: what has come to an end is not about something else"""
        if any(moment.state != "open" or moment.amount_settled for moment in self):
            raise UserError(
                self.env._(
                    "What is settled stays with its unit and customer. Open another "
                    "moment."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untouched(self):
        if any(moment.state == "done" or moment.amount_settled for moment in self):
            raise UserError(self.env._("What was settled stays on record."))
