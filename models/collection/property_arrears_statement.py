from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import date_utils

# Who computes statements and makes notices from signed ones.
COMPUTERS = ("group_cs", "group_company")
TOTALS = (
    "opening",
    "billed",
    "received",
    "adjusted",
    "closing",
    "ledger",
    "difference",
    "unallocated",
    "amount_due",
)
# Nothing of this changes once it is signed, whoever asks for it.
CONTENT = frozenset(
    (
        *(f"total_{name}" for name in TOTALS),
        "community_id",
        "company_id",
        "period",
        "as_of",
        "previous_id",
        "state",
        "line_ids",
        "line_count",
        "difference_count",
        "computed_on",
        "content_hash",
        "signed_by",
        "signed_on",
    )
)


class PropertyArrearsStatement(models.Model):
    """客戶欠費情況統計表 of a community and month (procedure, clause 4.2.1): it rolls
    forward from the one before and ties to the general ledger, customer by customer."""

    _name = "property.arrears.statement"
    _description = "Arrears Statement"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = (CONTENT | {"name"}) - {"community_id", "period"}
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
    as_of = fields.Date(
        compute="_compute_as_of",
        store=True,
        help="Last day of the month. What fell due up to this day counts as unpaid.",
    )
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
        "property.arrears.statement",
        "Statement Before",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Its closing is the opening here; without one, the ledger at the end of "
        "the month before.",
    )
    line_ids = fields.One2many(
        "property.arrears.line", "statement_id", readonly=True, copy=False
    )
    line_count = fields.Integer("Customers", readonly=True, copy=False)
    computed_on = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(
        readonly=True, copy=False, help="SHA-256 of what is signed."
    )
    signed_by = fields.Many2one("res.users", readonly=True, copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)

    total_opening = fields.Monetary("Opening", readonly=True, copy=False)
    total_billed = fields.Monetary("Billed", readonly=True, copy=False)
    total_received = fields.Monetary("Received", readonly=True, copy=False)
    total_adjusted = fields.Monetary("Adjusted", readonly=True, copy=False)
    total_closing = fields.Monetary("Closing", readonly=True, copy=False)
    total_ledger = fields.Monetary(
        "General Ledger",
        readonly=True,
        copy=False,
        help="Open property receivables by Odoo's own residuals.",
    )
    total_difference = fields.Monetary("Difference", readonly=True, copy=False)
    total_unallocated = fields.Monetary(
        "Payments Not Matched",
        readonly=True,
        copy=False,
        help="Payments matched with nothing yet; not in the closing.",
    )
    total_amount_due = fields.Monetary(
        "Overdue",
        readonly=True,
        copy=False,
        help="Due and undisputed, less credits.",
    )
    difference_count = fields.Integer(
        "Customers with a Difference", readonly=True, copy=False
    )

    _once = models.UniqueIndex(
        "(community_id, period)",
        "This community already has an arrears statement of the month.",
    )

    @api.model
    def _last_month(self):
        return date_utils.subtract(
            fields.Date.context_today(self).replace(day=1), months=1
        )

    # Not on the community's name: a signed paper keeps its title.
    @api.depends("community_id", "period")
    def _compute_name(self):
        for statement in self:
            month = statement.period.strftime("%Y-%m") if statement.period else ""
            statement.name = f"{statement.community_id.name or ''} {month}".strip()

    @api.depends("period")
    def _compute_as_of(self):
        for statement in self:
            statement.as_of = statement.period and date_utils.end_of(
                statement.period, "month"
            )

    @api.constrains("community_id", "period")
    def _check_order(self):
        """What was signed later rests on the statements before it."""
        for statement in self:
            if statement._later().filtered(lambda later: later.state == "signed"):
                raise ValidationError(
                    self.env._(
                        "%(community)s already has a signed statement of a later "
                        "month.",
                        community=statement.community_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._first_of_month(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._first_of_month(vals)
        if CONTENT & set(vals) and any(row.state == "signed" for row in self):
            raise UserError(self.env._("A signed statement does not change."))
        moved = {"community_id", "period"} & set(vals)
        if moved and any(statement.computed_on for statement in self):
            raise UserError(
                self.env._(
                    "The statement is computed for its community and month. Delete it "
                    "and open another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_signed(self):
        if any(statement.state == "signed" for statement in self):
            raise UserError(self.env._("A signed statement stays on record."))
        # The database would take the lines along, but not in the log of what happened.
        self.line_ids.sudo().unlink()

    @api.model
    def _first_of_month(self, vals):
        if not vals.get("period"):
            return vals
        return {**vals, "period": fields.Date.to_date(vals["period"]).replace(day=1)}

    def _before(self):
        """The latest statement of an earlier month of the community."""
        self.ensure_one()
        return self.sudo().search(
            [
                ("community_id", "=", self.community_id.id),
                ("period", "<", self.period),
            ],
            limit=1,
        )

    def _later(self):
        self.ensure_one()
        return self.sudo().search(
            [
                ("community_id", "=", self.community_id.id),
                ("period", ">", self.period),
            ]
        )
