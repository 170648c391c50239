import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .delivery_outcome import state_after

KINDS = [
    ("payment", "Payment notice"),
    ("reminder", "Reminder"),
    ("demand", "Demand notice"),
    ("final", "Final notice"),
    ("lawyer", "Lawyer's letter"),
]
OPEN_STATES = ("issued", "delivered", "acknowledged", "refused", "undeliverable")
FEW_UNITS = 4
TO_DELIVER = ("issued", "refused", "undeliverable")
# What may still be noted on an issued notice; all the rest is its content.
NOT_CONTENT = {
    "access_token",
    "message_main_attachment_id",
    "message_ids",
    "message_follower_ids",
    "website_message_ids",
    "activity_ids",
    "delivery_ids",
}
# Written by the named methods only, never by hand.
BY_METHOD = {
    "name",
    "access_token",
    "state",
    "unit_id",
    "sort_key",
    "partner_name",
    "lang",
    "line_ids",
    "move_ids",
    "amount_total",
    "date_issued",
    "deadline",
    "attachment_id",
    "sha256",
    "issue_error",
    "cancel_reason",
    "campaign_id",
    "reminder_due",
}


class PropertyNotice(models.Model):
    """A document that goes to a customer. Once issued nothing of it changes: lines and
    amounts are snapshots, the PDF is stored with its SHA-256; what happens afterwards
    are deliveries. Kinds differ in how they are composed and printed only."""

    _name = "property.notice"
    _description = "Notice"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "property.frozen.pdf",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _guarded_fields = frozenset(BY_METHOD)
    _order = "date_issued desc, sort_key, id"
    _rec_names_search = ["name", "partner_name", "partner_id.name", "unit_id.name"]
    # Whoever may read a notice may write down what he heard about it.
    _mail_post_access = "read"

    name = fields.Char("Number", readonly=True, copy=False, index="trigram")
    kind = fields.Selection(KINDS, required=True, default="payment")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    partner_name = fields.Char("Name on the Notice", readonly=True, copy=False)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        readonly=True,
        copy=False,
    )
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    run_id = fields.Many2one(
        "property.billing.run",
        "Billing Run",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    period = fields.Date("Month", help="First day of the month billed.")
    unit_id = fields.Many2one(
        "property.unit", "First Unit", readonly=True, copy=False, index="btree_not_null"
    )
    building_id = fields.Many2one(
        related="unit_id.building_id", store=True, index="btree_not_null"
    )
    sort_key = fields.Char(
        readonly=True, copy=False, help="The first unit's place in room order."
    )
    line_ids = fields.One2many(
        "property.notice.line", "notice_id", readonly=True, copy=False
    )
    unit_names = fields.Char("Units", compute="_compute_unit_names")
    units_short = fields.Char("Units in Short", compute="_compute_unit_names")
    move_ids = fields.Many2many(
        "account.move",
        "property_notice_move_rel",
        string="Invoices",
        readonly=True,
        copy=False,
        help="Invoices that were open when the notice was issued.",
    )
    amount_total = fields.Monetary(
        "Total", compute="_compute_amount_total", store=True, help="Sum of the lines."
    )
    date_issued = fields.Date("Issued on", readonly=True, copy=False, index=True)
    deadline = fields.Date("Due Date", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("delivered", "Delivered"),
            ("acknowledged", "Acknowledged"),
            ("refused", "Refused"),
            ("undeliverable", "Undeliverable"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        default="draft",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        help="Of an issued notice: the best that its deliveries report.",
    )
    cancel_reason = fields.Char(readonly=True, copy=False)
    issue_error = fields.Char(readonly=True, copy=False)
    delivery_ids = fields.One2many("property.delivery", "notice_id", copy=False)

    _payment_once = models.UniqueIndex(
        "(run_id, partner_id) WHERE kind = 'payment' AND state != 'cancelled'",
        "This customer already has a payment notice of the billing run.",
    )
    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "This notice number is taken."
    )
    _to_issue_idx = models.Index("(run_id, sort_key) WHERE state = 'draft'")

    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        totals = {
            notice.id: total
            for notice, total in self.env["property.notice.line"]._read_group(
                Domain("notice_id", "in", self.ids) & self._asked_for(),
                ["notice_id"],
                ["amount:sum"],
            )
        }
        for notice in self:
            notice.amount_total = notice.currency_id.round(totals.get(notice.id, 0.0))

    @api.model
    def _apart(self):
        """Types of lines that do not count in the total."""
        return ()

    @api.model
    def _asked_for(self):
        """Which lines make up the total."""
        return Domain("type", "not in", self._apart())

    @api.depends("delivery_ids.outcome", "delivery_ids.void_reason")
    def _compute_state(self):
        for notice in self:
            if notice.state in OPEN_STATES:
                valid = notice.delivery_ids.filtered(lambda row: not row.void_reason)
                notice.state = state_after(valid.mapped("outcome"))
            else:
                notice.state = notice.state or "draft"

    @api.depends("line_ids.unit_name", "unit_id")
    @api.depends_context("lang")
    def _compute_unit_names(self):
        for notice in self:
            names = list(dict.fromkeys(notice.line_ids.mapped("unit_name")))
            names = list(filter(None, names)) or [notice.unit_id.display_name or ""]
            notice.unit_names = notice.units_short = ", ".join(names)
            if len(names) > FEW_UNITS:
                notice.units_short = self.env._(
                    "%(names)s and others, %(count)s units in all",
                    names=", ".join(names[:FEW_UNITS]),
                    count=len(names),
                )

    @api.depends("name", "kind", "partner_id")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.name or (
                f"{self._kind_label(notice.kind)}: {notice.partner_id.name or ''}"
            )

    @api.model
    def _kind_label(self, kind):
        """The kind in the language of the environment."""
        kinds = self._fields["kind"]._description_selection(self.env)
        return dict(kinds).get(kind, "")

    @api.constrains("run_id", "community_id")
    def _check_community(self):
        for notice in self:
            if notice.run_id and notice.run_id.community_id != notice.community_id:
                raise ValidationError(
                    self.env._("A notice belongs to the community of its billing run.")
                )

    @api.model
    def default_get(self, fields):
        """Every notice gets a token that nobody chose, not even as his own default."""
        values = super().default_get(fields)
        if "access_token" in fields:
            values["access_token"] = self._new_token()
        return values

    @api.model
    def _new_token(self):
        """128 bits like Odoo's own, but short: the QR code stays coarse."""
        return secrets.token_urlsafe(16)

    def write(self, vals):
        changed = set(vals) - NOT_CONTENT
        cancelling = vals.get("state") == "cancelled" and changed <= {
            "state",
            "cancel_reason",
        }
        issued = self.filtered(lambda notice: notice.state != "draft")
        if changed and issued and not cancelling:
            raise UserError(
                self.env._(
                    "%(notice)s is issued. What was issued does not change; cancel it "
                    "and issue another one.",
                    notice=issued[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(notice.state != "draft" for notice in self):
            raise UserError(
                self.env._("An issued notice stays on record. Cancel it instead.")
            )
