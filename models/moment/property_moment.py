from odoo import api, fields, models

BY_METHOD = frozenset(("state", "amount_settled", "outcome", "closed_on", "closed_by"))


class PropertyMoment(models.Model):
    """A special moment (procedure, clause 5.6): the owner comes because he wants
    something. The desk shows what is due and offers ways to settle it; what belongs to
    the owner is handed out in any case (section 4)."""

    _name = "property.moment"
    _description = "Special Moment"
    _inherit = [
        "property.guarded",
        "property.community.bound",
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
    unit_id = fields.Many2one(
        "property.unit", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        related="unit_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    batch_id = fields.Many2one(
        "property.handover.batch", "Handover Batch", index="btree_not_null", copy=False
    )
    user_id = fields.Many2one(
        "res.users", "Handled by", default=lambda self: self.env.user, tracking=True
    )
    origin = fields.Char(
        help="Who brought it in: the counter, or the other system and its number."
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
        "Due", readonly=True, copy=False, help="When the moment was opened."
    )
    amount_settled = fields.Monetary("Settled", readonly=True, copy=False)
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
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Text("Remarks")
    document_ids = fields.One2many("property.moment.document", "moment_id")
    certificate_ids = fields.One2many("property.certificate", "moment_id")

    @api.depends("unit_id")
    def _compute_partner_id(self):
        for moment in self:
            moment.partner_id = moment.partner_id or moment.unit_id.owner_id

    @api.depends("kind", "unit_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for moment in self:
            unit = moment.unit_id.display_name or ""
            moment.display_name = f"{kinds.get(moment.kind, '')} · {unit}"
