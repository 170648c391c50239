from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said

REASONS = [
    ("own", "The owner's own"),
    ("service", "Poor service"),
    ("third_party", "Third party"),
    ("hardship", "Real hardship"),
    ("other", "Other"),
]
# Follow from ledger, calendar and agreements; no hand writes them.
FACTS = (
    "state",
    "step_id",
    "anchor_date",
    "months_unpaid",
    "amount_open",
    "amount_overdue",
    "amount_disputed",
    "amount_paused",
    "amount_credit",
    "suspension",
    "unit_ids",
    "unit_id",
    "building_id",
    "sort_key",
    "date_opened",
    "date_closed",
)
WORK = (
    "last_contact_id",
    "last_contact_date",
    "next_action",
    "next_action_date",
    "priority",
    "priority_reason",
)
# Whose case it is, never changes.
IDENTITY = ("partner_id", "community_id", "company_id")
BY_METHOD = frozenset((*FACTS, *WORK, *IDENTITY, "is_malicious", "malicious_reason"))


class PropertyCollectionCase(models.Model):
    """The arrears of one customer in one community (procedure, sections 2 and 4.2): one
    case for good, which opens and closes by itself as the ledger says."""

    _name = "property.collection.case"
    _description = "Collection Case"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "priority desc, amount_overdue desc, sort_key, id"
    _rec_names_search = ["partner_id.name", "unit_ids.name", "partner_id.phone"]
    _mail_post_access = "read"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_id = fields.Many2one(
        "property.collection.policy", compute="_compute_policy_id"
    )
    user_id = fields.Many2one(
        "res.users", "Collector", tracking=True, index="btree_not_null"
    )

    state = fields.Selection(
        [
            ("open", "Open"),
            ("held", "Held"),
            ("plan", "Instalment Plan"),
            ("legal", "At Law"),
            ("closed", "Closed"),
        ],
        compute="_compute_standing",
        store=True,
        index=True,
        tracking=True,
    )
    step_id = fields.Many2one(
        "property.collection.step",
        "Stage",
        compute="_compute_standing",
        store=True,
        index="btree_not_null",
        tracking=True,
        group_expand="_group_expand_step",
        help="The highest step of the policy that the months unpaid have reached.",
    )
    anchor_date = fields.Date(
        "Unpaid Since",
        compute="_compute_standing",
        store=True,
        help="Due date of the oldest open, undisputed, due charge.",
    )
    months_unpaid = fields.Integer(
        compute="_compute_standing",
        store=True,
        aggregator="avg",
        help="Calendar months from the month of that date to the present one.",
    )
    amount_open = fields.Monetary(
        "Open in All", compute="_compute_standing", store=True
    )
    amount_overdue = fields.Monetary(
        "Overdue",
        compute="_compute_standing",
        store=True,
        help="Due and undisputed, less credits.",
    )
    amount_disputed = fields.Monetary(
        "Disputed", compute="_compute_standing", store=True
    )
    amount_paused = fields.Monetary(
        "Without Follow-Up",
        compute="_compute_standing",
        store=True,
        help="Due invoices that an accountant has taken out of follow-up.",
    )
    amount_credit = fields.Monetary(
        "Credits",
        compute="_compute_standing",
        store=True,
        help="Payments and credit notes that are not matched with anything yet.",
    )
    suspension = fields.Selection(
        [
            ("settled", "Nothing undisputed is due"),
            ("held", "On hold"),
            ("promised", "Promised"),
            ("planned", "Instalment plan in force"),
        ],
        "No Notice Because",
        compute="_compute_standing",
        store=True,
    )
    unit_ids = fields.Many2many(
        "property.unit",
        "property_case_unit_rel",
        string="Units in Arrears",
        readonly=True,
        copy=False,
    )
    unit_id = fields.Many2one(
        "property.unit", "First Unit", compute="_compute_standing", store=True
    )
    building_id = fields.Many2one(
        "property.building", compute="_compute_standing", store=True, index=True
    )
    sort_key = fields.Char(compute="_compute_standing", store=True)
    date_opened = fields.Date(
        "Opened on",
        compute="_compute_standing",
        store=True,
        help="When the present arrears began to be collected.",
    )
    date_closed = fields.Date("Closed on", compute="_compute_standing", store=True)

    reason = fields.Selection(
        REASONS, tracking=True, help="Why it is not paid; asked at the first contact."
    )
    reason_note = fields.Text("What the Customer Says")
    is_malicious = fields.Boolean(
        "Malicious Default",
        readonly=True,
        copy=False,
        tracking=True,
        help="A recorded decision of the manager, never automatic.",
    )
    malicious_reason = fields.Text("Why Malicious", readonly=True, copy=False)
    hold_until = fields.Date(tracking=True, help="No notice up to and on this day.")
    hold_reason = fields.Char(tracking=True)

    notice_ids = fields.One2many("property.notice", "case_id")

    _once = models.UniqueIndex(
        "(partner_id, community_id)",
        "This customer already has a case in the community.",
    )
    _open_idx = models.Index("(community_id) WHERE state != 'closed'")

    @api.depends("partner_id", "community_id")
    def _compute_display_name(self):
        for case in self:
            case.display_name = (
                f"{case.partner_id.name or ''} · {case.community_id.name or ''}"
            )

    def _compute_policy_id(self):
        policies = self._policies()
        for case in self:
            case.policy_id = policies[case]

    @api.constrains("hold_until", "hold_reason")
    def _check_hold(self):
        for case in self:
            if case.hold_until and not said(case.hold_reason):
                raise UserError(self.env._("Say why the case is on hold."))

    @api.constrains("user_id")
    def _check_collector(self):
        for case in self.filtered("user_id"):
            # sudo: whoever assigns a case need not see all users.
            user, community = case.user_id.sudo(), case.community_id.sudo()
            if user not in community.member_ids | community._company_users():
                raise UserError(
                    self.env._(
                        "%(user)s is not in the team of %(community)s.",
                        user=user.name,
                        community=community.name,
                    )
                )

    @api.model
    def _group_expand_step(self, steps, domain):
        """All stages of the policies in use stand on the board, empty or not."""
        return steps.search([("policy_id", "in", steps.policy_id.ids)])

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A case is history. It closes by itself when all is paid.")
        )
