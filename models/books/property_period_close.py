from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import date_utils

from ..estate.dates import ONE_DAY
from .close_facts import ADVANCE, ARREARS

ROWS = {
    "line": "line_ids",
    "tie": "tie_ids",
    "adjustment": "adjustment_ids",
    "item": "item_ids",
    "cash": "cash_ids",
}
RATES = (
    "charged",
    "applied",
    "consumed",
    "collection_rate",
    "units_charged",
    "units_paid",
    "household_rate",
    "cumulative_rate",
)
# What is worked out, and signed.
FIGURES = (
    *(f"amount_{kind}" for kind in (*ARREARS, "closing", "ledger")),
    *(f"advance_{kind}" for kind in (*ADVANCE, "closing")),
    "unapplied_opening",
    "unapplied_closing",
    *RATES,
    "difference_count",
    "statement_id",
    "previous_id",
)
MARKS = ("last_line", "last_partial", "last_undone")
# Nothing of this changes once both have signed, whoever asks for it.
CONTENT = frozenset(
    (
        *FIGURES,
        *MARKS,
        *ROWS.values(),
        "community_id",
        "company_id",
        "period",
        "date_to",
        "explanation",
        "computed_on",
        "content_hash",
        "cs_signed_by",
        "cs_signed_on",
        "finance_signed_by",
        "finance_signed_on",
        "state",
    )
)
BY_HAND = {"community_id", "period", "explanation"}


class PropertyPeriodClose(models.Model):
    """Month end of a community (procedure, clause 4.1.7): what was billed, received,
    waived, paid ahead and written off, tied out to the general ledger, signed by
    Finance and customer service. Amounts are company currency at the end of the month's
    last day; opening = closing of the close before."""

    _name = "property.period.close"
    _description = "Period Close"
    _inherit = [
        "property.guarded",
        "property.frozen.pdf",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = (CONTENT | {"name", "attachment_id", "sha256"}) - BY_HAND
    _order = "period desc, community_id"
    _rec_names_search = ["name", "community_id.name"]

    name = fields.Char(compute="_compute_name", store=True)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Date(
        "Month",
        required=True,
        default=lambda self: self._last_month(),
        help="The month that ends; any day of it is stored as its first.",
    )
    date_to = fields.Date("Last Day", compute="_compute_date_to", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    previous_id = fields.Many2one(
        "property.period.close",
        "Close Before",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Its closing is the opening here; without one, the ledger at the end of "
        "the month before.",
    )
    statement_id = fields.Many2one(
        "property.arrears.statement",
        "Arrears Statement",
        readonly=True,
        copy=False,
        help="The signed statement of the month; it has the same closing.",
    )
    explanation = fields.Text(
        "Explanation of Differences",
        copy=False,
        help="Needed where our figures are not the general ledger's.",
    )
    line_ids = fields.One2many(
        "property.period.close.line", "close_id", "Figures", readonly=True
    )
    tie_ids = fields.One2many(
        "property.period.close.tie", "close_id", "Tie-out", readonly=True
    )
    adjustment_ids = fields.One2many(
        "property.period.close.adjustment", "close_id", "Adjustments", readonly=True
    )
    item_ids = fields.One2many(
        "property.period.close.item", "close_id", "Open Items", readonly=True
    )
    cash_ids = fields.One2many(
        "property.period.close.cash", "close_id", "Staff Cash", readonly=True
    )
    computed_on = fields.Datetime(readonly=True, copy=False)
    # The last journal item, matching and undone matching that there were.
    last_line = fields.Integer(readonly=True, copy=False)
    last_partial = fields.Integer(readonly=True, copy=False)
    last_undone = fields.Integer(readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(community_id, period)", "This community already has a close of the month."
    )

    @api.model
    def _last_month(self):
        return date_utils.subtract(
            fields.Date.context_today(self).replace(day=1), months=1
        )

    # Not on the community's name: a signed paper keeps its title.
    @api.depends("community_id", "period")
    def _compute_name(self):
        for close in self:
            month = close.period.strftime("%Y-%m") if close.period else ""
            close.name = f"{close.community_id.name or ''} {month}".strip()

    @api.depends("period")
    def _compute_date_to(self):
        for close in self:
            close.date_to = close.period and date_utils.end_of(close.period, "month")

    @api.constrains("community_id", "period")
    def _check_order(self):
        """Months are closed in their order, none is left out.

        :raises ValidationError: names the month that comes first
        """
        for close in self:
            if close._neighbour(">"):
                raise ValidationError(
                    self.env._(
                        "%(community)s is closed for a later month already.",
                        community=close.community_id.name,
                    )
                )
            before = close._before()
            expected = before and date_utils.add(before.period, months=1)
            if before and close.period != expected:
                raise ValidationError(
                    self.env._(
                        "Months are closed in their order: %(community)s is closed "
                        "through %(last)s, next comes %(next)s.",
                        community=close.community_id.name,
                        last=before.period.strftime("%Y-%m"),
                        next=expected.strftime("%Y-%m"),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._first_of_month(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._first_of_month(vals)
        if CONTENT & set(vals) and any(close.state == "signed" for close in self):
            raise UserError(self.env._("A signed close does not change."))
        if {"community_id", "period"} & set(vals) and any(self.mapped("computed_on")):
            raise UserError(
                self.env._(
                    "The close is computed for its community and month. Delete it and "
                    "open another one."
                )
            )
        result = super().write(vals)
        if "explanation" in vals:
            self.filtered("computed_on").sudo()._content_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_signed(self):
        if any(
            close.state == "signed" or close.cs_signed_by or close.finance_signed_by
            for close in self
        ):
            raise UserError(
                self.env._("A signed close stays. Withdraw the signature first.")
            )

    @api.model
    def _first_of_month(self, vals):
        if not vals.get("period"):
            return vals
        return {**vals, "period": fields.Date.to_date(vals["period"]).replace(day=1)}

    def _day_before(self):
        """Last day of the month before."""
        return self.period - ONE_DAY

    def _before(self):
        """The latest close of an earlier month of the community."""
        return self._neighbour("<")

    def _first(self):
        """The first close of the community."""
        self.ensure_one()
        return self.sudo().search(
            [("community_id", "=", self.community_id.id)], order="period", limit=1
        )

    def _neighbour(self, operator):
        self.ensure_one()
        return self.sudo().search(
            [
                ("community_id", "=", self.community_id.id),
                ("period", operator, self.period),
            ],
            limit=1,
        )
