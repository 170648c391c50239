from odoo import api, fields, models

from .bank_words import worded

LEVELS = [("certain", "Certain"), ("likely", "Likely"), ("possible", "Possible")]


class PropertyBankMatch(models.Model):
    """One answer to the question what a bank transfer pays. Worked out anew at any
    time; a user sees those of his communities."""

    _name = "property.bank.match"
    _description = "Suggestion for a Bank Transfer"
    _order = "line_id, sequence, id"
    _rec_name = "reason"

    line_id = fields.Many2one(
        "account.bank.statement.line",
        "Bank Transfer",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    unit_ids = fields.Many2many("property.unit", string="Units")
    item_ids = fields.Many2many(
        "account.move.line",
        string="Open Items",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    sequence = fields.Integer()
    level = fields.Selection(LEVELS, required=True)
    amount_open = fields.Monetary("Open")
    reasons = fields.Json()
    reason = fields.Char(compute="_compute_reason")
    shown = fields.Char("Suggestion", compute="_compute_shown")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason(self):
        for match in self:
            match.reason = worded(self.env, match.reasons, match.currency_id)

    @api.depends("partner_id.name", "unit_ids.display_name")
    def _compute_shown(self):
        for match in self:
            units = match.unit_ids[:3].mapped("display_name")
            more = ["…"] if len(match.unit_ids) > 3 else []
            names = [", ".join(units + more), match.partner_id.name]
            match.shown = " · ".join(filter(None, names))
