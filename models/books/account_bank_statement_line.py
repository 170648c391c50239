from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .bank_words import worded

AT_ONCE = 1000
LEVELS = [
    ("certain", "Certain"),
    ("likely", "Likely"),
    ("possible", "To Choose"),
    ("unknown", "Unknown"),
]


class AccountBankStatementLine(models.Model):
    """Bank transfers of owners: what Odoo keeps as statement lines, with what they
    most likely pay (procedure, clause 3.3: payments are collected against the number of
    a notice)."""

    _inherit = "account.bank.statement.line"

    # Not that of the entry: an entry with a community is a receivable of it.
    property_bank_community_id = fields.Many2one(
        "property.community",
        "Community of the Transfer",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )
    property_import_key = fields.Char(
        "Import Key", copy=False, readonly=True, help="The same row is imported once."
    )
    property_match_ids = fields.One2many(
        "property.bank.match", "line_id", "Suggestions", readonly=True
    )
    property_match_level = fields.Selection(
        LEVELS, "How Sure", copy=False, readonly=True, index="btree_not_null"
    )
    property_match_reasons = fields.Json(copy=False, readonly=True)
    property_looked_on = fields.Datetime("Looked up on", copy=False, readonly=True)
    property_is_undone = fields.Boolean("Match Undone", copy=False, readonly=True)
    property_match_id = fields.Many2one(
        "property.bank.match", "Best Suggestion", compute="_compute_property_match"
    )
    property_match_shown = fields.Char("Suggestion", compute="_compute_property_match")
    property_match_open = fields.Monetary("Open", compute="_compute_property_match")
    property_match_reason = fields.Char("Why", compute="_compute_property_match")
    property_match_is_one_click = fields.Boolean(compute="_compute_property_match")

    _property_import_key_uniq = models.UniqueIndex(
        "(journal_id, property_import_key) WHERE property_import_key IS NOT NULL",
        "This row of the bank's list is imported already.",
    )

    @api.depends("property_match_ids.level", "property_match_reasons")
    @api.depends_context("uid", "lang")
    def _compute_property_match(self):
        # Of other communities the rules show nothing.
        own = self.env["property.bank.match"].search([("line_id", "in", self.ids)])
        best = {match.line_id.id: match for match in reversed(own)}
        paid = self.filtered("is_reconciled")
        for line in self:
            match = best.get(line.id, own.browse())
            line.property_match_id = match
            line.property_match_shown = (
                line._property_paid_names() if line in paid else match.shown
            )
            line.property_match_open = match.amount_open
            reasons = [] if line in paid else line.property_match_reasons
            general = worded(self.env, reasons, line.currency_id)
            line.property_match_reason = " ".join(filter(None, (match.reason, general)))
            line.property_match_is_one_click = match.level in ("certain", "likely")

    def _property_paid_names(self):
        """The bills with which a transfer is reconciled."""
        # sudo: who sees the transfer sees what it paid.
        items = self.sudo().move_id.line_ids.matched_debit_ids.debit_move_id
        return ", ".join(items.sorted("date_maturity").mapped("move_name"))

    def _property_text(self):
        """All that the bank says about the transfer."""
        self.ensure_one()
        return " | ".join(filter(None, (self.payment_ref, self.ref)))

    @api.model
    def _property_open_domain(self):
        """Incoming transfers of companies with communities that are matched with
        nothing."""
        return Domain(
            [*self._property_incoming_domain(), ("is_reconciled", "=", False)]
        )

    @api.model
    def _property_incoming_domain(self):
        return [
            ("company_id", "in", self._property_companies().ids),
            ("journal_id.type", "in", ("bank", "credit")),
            ("amount", ">", 0),
        ]

    @api.model
    def action_property_transfers(self):
        """Open the list of transfers that are matched with nothing, after looking at
        those at which nobody has looked."""
        self._property_check_finance()
        new = self.search(
            self._property_open_domain() & Domain("property_looked_on", "=", False),
            limit=AT_ONCE,
        )
        if new:
            self.env["property.bank.matcher"]._suggest(new)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_bank_transfer"
        )
        return {**action, "domain": self._property_incoming_domain()}

    @api.model
    def _property_companies(self):
        # pylint: disable-next=no-search-all
        return self.env["property.community"].search([]).company_id

    @api.model
    def _property_check_finance(self):
        """:raises AccessError: for other roles than Finance"""
        if not self.env.user._has_property_role("group_finance"):
            raise AccessError(self.env._("Finance matches bank transfers."))
