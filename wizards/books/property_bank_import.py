from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

AT_ONCE = "property_fee_collection.bank_import_at_once"


class PropertyBankImport(models.Model):
    """A bank's list of transfers brought in as Odoo's statement lines. Kept as the
    record of who imported what; the preview writes nothing but messages."""

    _name = "property.bank.import"
    _description = "Bank Transfer Import"
    _inherit = ["property.kept.import"]
    _input_fields = frozenset(("file", "journal_id", "with_outgoing"))
    _placing_fields = frozenset(("journal_id",))
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    file = fields.Binary("Bank's List", required=True, attachment=True, copy=False)
    filename = fields.Char()
    journal_id = fields.Many2one(
        "account.journal",
        "Bank Account",
        required=True,
        default=lambda self: self._default_journal(),
        domain="[('type', '=', 'bank')]",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    with_outgoing = fields.Boolean(
        "Outgoing Payments Too", help="Else only money that came in is imported."
    )
    keep_good = fields.Boolean(
        "Import the Good Rows", help="Rows with errors are left out."
    )
    user_id = fields.Many2one("res.users", "Imported by", readonly=True, copy=False)
    failure = fields.Text(readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    new_count = fields.Integer("New Transfers", readonly=True, copy=False)
    known_count = fields.Integer("Imported Before", readonly=True, copy=False)
    skipped_count = fields.Integer("Outgoing, Left Out", readonly=True, copy=False)
    error_count = fields.Integer("Rows with Errors", readonly=True, copy=False)
    done_count = fields.Integer("Imported So Far", readonly=True, copy=False)
    amount_in = fields.Monetary("New Money In", readonly=True, copy=False)
    message_line_ids = fields.One2many(
        "property.bank.import.line", "import_id", "Errors", readonly=True, copy=False
    )
    row_ids = fields.One2many(
        "property.bank.import.row", "import_id", "Preview", readonly=True, copy=False
    )

    @api.model
    def _default_journal(self):
        journals = self.env["account.journal"]
        return journals.search(
            [*journals._check_company_domain(self.env.company), ("type", "=", "bank")],
            limit=1,
        )

    @api.depends("journal_id")
    def _compute_currency_id(self):
        for record in self:
            journal = record.journal_id
            record.currency_id = journal.currency_id or journal.company_id.currency_id

    def action_preview(self):
        """Read the file, count, show the first rows and every error; write nothing
        else.

        :raises UserError: if the file is no list of transfers
        """
        for record in self:
            record._check_state("draft", "previewed", "failed")
            record._check_finance()
            record._preview()
            record._put("previewed", failure=False)

    def action_import(self):
        """Bring in the rows that are not there yet; calling this is the confirmation.

        More than the parameter ``property_fee_collection.bank_import_at_once`` (200)
        are queued for the scheduled action.

        :raises UserError: for rows with errors, unless the user keeps the good ones
        """
        self.ensure_one()
        self._check_finance()
        self._check_state("draft", "previewed", "failed")
        if self.state != "previewed":
            self.action_preview()
        if self.error_count and not self.keep_good:
            raise UserError(
                self.env._(
                    "%(count)s rows have errors. Correct the file, or say that the "
                    "good rows are imported without them.",
                    count=self.error_count,
                )
            )
        self._put(self.state, user_id=self.env.uid)
        limit = int(self.env["ir.config_parameter"].sudo().get_param(AT_ONCE, 200))
        if self.new_count > limit:
            return self._queue()
        self._import_all()
        return None

    def action_open_transfers(self):
        """Open the transfers, matched and not."""
        return self.env["account.bank.statement.line"].action_property_transfers()

    def _used_texts(self):
        return {
            "write": self.env._("A list that is queued or imported cannot change."),
            "unlink": self.env._(
                "A list that is queued or imported cannot be deleted."
            ),
            "import": self.env._("This list is queued or imported already."),
        }

    def _check_finance(self):
        """:raises AccessError: for other roles, and for a journal of another company"""
        self.env["account.bank.statement.line"]._property_check_finance()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("The bank account is another company's."))
