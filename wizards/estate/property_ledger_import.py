from odoo import api, fields, models
from odoo.exceptions import UserError

from .ledger_row import month_end

AT_ONCE = "property_fee_collection.ledger_import_at_once"
FORBIDDEN_TYPES = ("equity_unaffected", "asset_receivable", "liability_payable")


class PropertyLedgerImport(models.Model):
    """An owner ledger 台賬 brought in: units, owners, arrears and paid months.

    Kept as the record of who imported what. Nothing but the counters and messages is
    written before the user confirms; then the good rows come in, all or none.
    """

    _name = "property.ledger.import"
    _description = "Owner Ledger Import"
    _inherit = ["property.kept.import"]
    _input_fields = frozenset(("file", "community_id", "as_of"))
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    file = fields.Binary(required=True, attachment=True, copy=False)
    filename = fields.Char()
    community_id = fields.Many2one("property.community", required=True, index=True)
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    as_of = fields.Date(
        "As of",
        help="Any day of the last month that the ledger covers. Empty: read from a "
        "title row such as 截至 2026年9月.",
    )
    opening_account_id = fields.Many2one(
        "account.account",
        "Opening Balance Account",
        compute="_compute_opening_account_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain="[('internal_group', 'in', ('asset', 'liability', 'equity')),"
        " ('account_type', 'not in', ('equity_unaffected', 'asset_receivable',"
        " 'liability_payable'))]",
        help="Credited with the opening arrears and debited with what owners paid "
        "ahead. Never income: old arrears were earned in earlier periods.",
    )
    advance_account_id = fields.Many2one(
        "account.account",
        "Advance Receipts Account",
        compute="_compute_advance_account_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain="[('internal_group', '=', 'liability')]",
        help="The liability for months that owners have paid ahead.",
    )
    user_id = fields.Many2one(
        "res.users", "Imported by", readonly=True, copy=False, tracking=True
    )
    failure = fields.Text(readonly=True, copy=False)

    row_count = fields.Integer("Rows", readonly=True, copy=False)
    valid_count = fields.Integer("Good Rows", readonly=True, copy=False)
    error_count = fields.Integer("Rows Left Out", readonly=True, copy=False)
    warning_count = fields.Integer("Warnings", readonly=True, copy=False)
    developer_count = fields.Integer(
        readonly=True, copy=False, help="Rows whose amounts are the developer's."
    )
    invoice_count = fields.Integer(
        "Opening Invoices",
        readonly=True,
        copy=False,
        help="One per unit and unpaid month.",
    )
    amount_arrears = fields.Monetary("Arrears", readonly=True, copy=False)
    amount_ahead = fields.Monetary("Paid Ahead", readonly=True, copy=False)
    line_ids = fields.One2many(
        "property.ledger.import.line", "import_id", readonly=True, copy=False
    )
    progress = fields.Float(compute="_compute_progress", help="Percent of the rows.")
    unit_count = fields.Integer(compute="_compute_unit_count")
    move_count = fields.Integer(compute="_compute_move_count")

    @api.depends("community_id")
    def _compute_opening_account_id(self):
        for record in self:
            company = record.community_id.company_id
            record.opening_account_id = company.property_opening_account_id

    @api.depends("community_id")
    def _compute_advance_account_id(self):
        for record in self:
            company = record.community_id.company_id
            record.advance_account_id = company.property_advance_account_id

    @api.depends("state")
    def _compute_progress(self):
        rows = self.env["property.ledger.import.progress"].search_read(
            [("import_id", "in", self.ids)], ["import_id", "done", "total"], load=None
        )
        share = {row["import_id"]: row["done"] / (row["total"] or 1) for row in rows}
        for record in self:
            record.progress = (
                100.0 if record.state == "done" else 100 * share.get(record.id, 0.0)
            )

    @api.depends("state")
    def _compute_unit_count(self):
        for record in self:
            record.unit_count = (
                self.env["property.unit"].search_count(record._unit_domain())
                if record.state == "done"
                else 0
            )

    @api.depends("state")
    def _compute_move_count(self):
        # sudo: those who import need not be accountants; only a number is shown
        counts = dict(
            self.env["account.move"]
            .sudo()
            ._read_group(
                [("property_ledger_import_id", "in", self.ids)],
                ["property_ledger_import_id"],
                ["__count"],
            )
        )
        for record in self:
            record.move_count = counts.get(record.sudo(), 0)

    def _unit_domain(self):
        return [
            ("community_id", "=", self.community_id.id),
            ("opening_through", "=", self.as_of and month_end(self.as_of)),
        ]

    @api.constrains("opening_account_id", "advance_account_id")
    def _check_accounts(self):
        for record in self:
            opening, advance = record.opening_account_id, record.advance_account_id
            if opening and (
                opening.internal_group not in ("asset", "liability", "equity")
                or opening.account_type in FORBIDDEN_TYPES
            ):
                raise UserError(
                    self.env._(
                        "%(account)s cannot take opening balances: choose a "
                        "balance-sheet account, neither receivable nor payable nor "
                        "this year's earnings.",
                        account=opening.display_name,
                    )
                )
            if advance and advance.internal_group != "liability":
                raise UserError(
                    self.env._(
                        "%(account)s is not a liability: advance receipts are owed to "
                        "the owners until their month has come.",
                        account=advance.display_name,
                    )
                )

    def action_preview(self):
        """Read the file and list its errors and warnings; write nothing else.

        :raises UserError: if the file is no ledger or its month is unknown
        """
        for record in self:
            record._check_state("draft", "previewed", "failed")
            record._read_ledger()
            record._put("previewed", failure=False)

    def action_import(self):
        """Bring in the good rows, all or none; calling this is the confirmation.

        Beyond so many units and invoices as the parameter
        ``property_fee_collection.ledger_import_at_once`` says (2,000), which is about
        what a web request has time for, the file is queued for the scheduled action.
        Amounts are in the company's currency.

        :raises UserError: if nothing can be imported or an account is missing
        """
        self.ensure_one()
        self._check_state("draft", "previewed", "failed")
        if self.state != "previewed":
            self.action_preview()
        self._check_ready()
        self._put(self.state, user_id=self.env.uid)
        limit = int(self.env["ir.config_parameter"].sudo().get_param(AT_ONCE, 2000))
        if self.valid_count + self.invoice_count > limit:
            return self._queue()
        self._import_ledger()
        return None

    def action_draft(self):
        """Back to the choice of file after a failure or a preview."""
        for record in self:
            record._check_state("previewed", "failed")
            record.line_ids.unlink()
        self._put("draft", failure=False)

    def _used_texts(self):
        return {
            "write": self.env._("A ledger that is queued or imported cannot change."),
            "unlink": self.env._(
                "A ledger that is queued or imported cannot be deleted."
            ),
            "import": self.env._("This ledger is queued or imported already."),
        }

    def _check_ready(self):
        """What must be settled before rows of this preview can come in."""
        missing = None
        if not self.valid_count:
            missing = self.env._("No row of the file can be imported.")
        elif self.developer_count and not self.community_id.developer_id:
            missing = self.env._(
                "%(count)s units of %(community)s owe or have paid ahead as unsold or "
                "undelivered units. Set the community's developer first.",
                count=self.developer_count,
                community=self.community_id.name,
            )
        elif (self.amount_arrears or self.amount_ahead) and not self.opening_account_id:
            missing = self.env._("Choose the opening balance account.")
        if missing:
            raise UserError(missing)
        if self.amount_ahead and not self.advance_account_id:
            self.advance_account_id = self.company_id._property_open_advance_account()
