from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..estate.texts import said
from .ageing import NAMES
from .outlook import OUTLOOKS, SKIP_REASONS
from .property_collection_case import REASONS

# What the user may set before signing.
BY_HAND = frozenset(("excluded", "exclude_reason"))
# What may still be noted on a signed line: what became of it.
AFTERWARDS = frozenset(
    ("notice_id", "outlook", "skip_reason", "skip_until", "final_confirmed")
)
# What follows from the ledger and the calendar; it is compared before signing.
MONEY = (
    "opening",
    "opening_current_year",
    "opening_earlier",
    "billed",
    "received",
    "received_current",
    "received_earlier",
    "adjusted",
    "adjusted_backdated",
    "closing",
    "closing_current_year",
    "closing_earlier",
    "ledger",
    "difference",
    "unallocated",
    "amount_due",
    "amount_disputed",
    "amount_paused",
    *NAMES,
)
CALENDAR = ("date_from", "date_to", "anchor_date", "months_unpaid")


class PropertyArrearsLine(models.Model):
    """One customer of an arrears statement, as it stood at the end of the month.

    Amounts are company currency, snapshots. Lines are made by the hundred: no log, no
    related chains.
    """

    _name = "property.arrears.line"
    _description = "Arrears Statement Line"
    _inherit = ["property.guarded", "property.community.bound"]
    _order = "statement_id, sort_key, id"
    _rec_names_search = ["partner_name", "unit_names"]

    statement_id = fields.Many2one(
        "property.arrears.statement", required=True, index=True, ondelete="cascade"
    )
    # Plain copies of what the statement says.
    community_id = fields.Many2one("property.community", required=True, index=True)
    company_id = fields.Many2one("res.company", required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    period = fields.Date("Month", required=True)
    statement_state = fields.Selection(related="statement_id.state")

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    partner_name = fields.Char("Customer Name")
    unit_ids = fields.Many2many(
        "property.unit", "property_arrears_line_unit_rel", "line_id", "unit_id", "Units"
    )
    unit_names = fields.Char("Unit(s)")
    building_id = fields.Many2one("property.building", index="btree_not_null")
    sort_key = fields.Char()

    opening = fields.Monetary(help="Closing of the statement before.")
    opening_current_year = fields.Monetary("Opening: This Year")
    opening_earlier = fields.Monetary("Opening: Earlier Years")
    billed = fields.Monetary(help="Invoices dated in the month.")
    received = fields.Monetary(help="Money matched with charges in the month.")
    received_current = fields.Monetary(
        "Received: Current", help="On charges of this month."
    )
    received_earlier = fields.Monetary(
        "Received: Earlier", help="On charges of earlier months."
    )
    adjusted = fields.Monetary(
        help="Credit notes, write-offs and whatever else is not money, back-dated "
        "changes included."
    )
    adjusted_backdated = fields.Monetary(
        "Of Which Back-Dated",
        help="What was entered or matched later with a date up to the statement "
        "before: it said otherwise then.",
    )
    closing = fields.Monetary(
        help="Opening + billed − received + adjusted, what is not yet due included."
    )
    closing_current_year = fields.Monetary("Closing: This Year")
    closing_earlier = fields.Monetary("Closing: Earlier Years")
    ledger = fields.Monetary(
        "General Ledger",
        help="The customer's open property receivables in this community by Odoo's "
        "own residuals.",
    )
    difference = fields.Monetary(help="General ledger less closing: always zero.")
    unallocated = fields.Monetary(
        "Payments Not Matched", help="Matched with nothing yet; not in the closing."
    )

    age_0 = fields.Monetary("Not Yet Due")
    age_1 = fields.Monetary("1 Month")
    age_2_3 = fields.Monetary("2–3 Months")
    age_4_6 = fields.Monetary("4–6 Months")
    age_7_12 = fields.Monetary("7–12 Months")
    age_1y = fields.Monetary("1–2 Years")
    age_2y = fields.Monetary("2–3 Years")
    age_3y = fields.Monetary("Over 3 Years")
    credits = fields.Monetary(help="Open credit notes and overpaid invoices.")

    date_from = fields.Date("From", help="First month of which something is open.")
    date_to = fields.Date("To", help="Last month of which something is open.")
    anchor_date = fields.Date(
        "Unpaid Since", help="Due date of the oldest open, undisputed, due charge."
    )
    notice_anchor = fields.Date(
        "Late Instalment",
        help="Of a running plan: the instalment, or bill outside of it, that is "
        "demanded instead of the bills that the plan covers.",
    )
    months_unpaid = fields.Integer(
        aggregator=None,
        help="Calendar months from the month of that date to the month after this one.",
    )
    amount_due = fields.Monetary(
        "Overdue", help="Due and undisputed, less credits, at the end of the month."
    )
    amount_disputed = fields.Monetary("Disputed")
    amount_paused = fields.Monetary("Without Follow-Up")

    case_id = fields.Many2one("property.collection.case", index="btree_not_null")
    user_id = fields.Many2one("res.users", "Collector", index="btree_not_null")
    reason = fields.Selection(REASONS)
    step_id = fields.Many2one(
        "property.collection.step", "Stage", index="btree_not_null"
    )
    last_notice_id = fields.Many2one("property.notice", "Last Notice Sent")
    last_notice_name = fields.Char("Last Notice")
    last_notice_date = fields.Date()
    promise_date = fields.Date("Promised by")
    promise_amount = fields.Monetary("Promised")

    excluded = fields.Boolean(help="No notice from this statement; before signing.")
    exclude_reason = fields.Char("Why Excluded")
    outlook = fields.Selection(
        OUTLOOKS, "Notice", help="What signing sends to the customer."
    )
    skip_reason = fields.Selection(SKIP_REASONS, "No Notice Because")
    skip_until = fields.Date("Until")
    action_text = fields.Char("What Happens", compute="_compute_action_text")
    final_confirmed = fields.Boolean(
        readonly=True,
        help="The final notice goes out although no earlier one was delivered.",
    )
    notice_id = fields.Many2one(
        "property.notice", "Notice Made", index="btree_not_null", copy=False
    )
    notice_state = fields.Selection(related="notice_id.state", string="Notice Status")

    _once = models.UniqueIndex(
        "(statement_id, partner_id)", "The customer already has a line."
    )

    @property
    def _guarded_fields(self):
        """All of it but what the user may set before signing."""
        return self._fields.keys() - BY_HAND - {"id"}

    @api.depends("partner_name", "partner_id", "statement_id.name")
    def _compute_display_name(self):
        for line in self:
            name = line.partner_name or line.partner_id.name
            line.display_name = f"{name} · {line.statement_id.name}"

    @api.depends("outlook", "skip_reason", "skip_until", "exclude_reason")
    @api.depends_context("lang")
    def _compute_action_text(self):
        outlooks = dict(self._fields["outlook"]._description_selection(self.env))
        skips = dict(self._fields["skip_reason"]._description_selection(self.env))
        for line in self:
            text = outlooks.get(line.outlook, "")
            if line.skip_reason:
                text = self.env._("None: %(why)s", why=line._why(skips))
            line.action_text = text

    def _why(self, labels):
        label = labels[self.skip_reason]
        if self.skip_reason == "excluded":
            return f"{label}: {self.exclude_reason}"
        if self.skip_until:
            return self.env._(
                "%(why)s until %(day)s", why=label, day=self.skip_until.isoformat()
            )
        return label

    @api.constrains("excluded", "exclude_reason")
    def _check_exclude_reason(self):
        for line in self:
            if line.excluded and not said(line.exclude_reason):
                raise ValidationError(
                    self.env._(
                        "%(customer)s: say why no notice goes out.",
                        customer=line.partner_name,
                    )
                )

    def write(self, vals):
        if not vals.keys() <= AFTERWARDS:
            self._check_not_signed()
        result = super().write(vals)
        if BY_HAND & vals.keys():
            self._exclusion_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_signed(self):
        self._check_not_signed()

    def _check_not_signed(self):
        if any(statement.state == "signed" for statement in self.statement_id):
            raise UserError(self.env._("A line of a signed statement does not change."))
