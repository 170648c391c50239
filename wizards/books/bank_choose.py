from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class PropertyBankChoose(models.TransientModel):
    """A person says what one bank transfer pays."""

    _name = "property.bank.choose"
    _description = "What a Bank Transfer Pays"
    _inherit = ["property.community.bound"]

    line_id = fields.Many2one(
        "account.bank.statement.line", "Bank Transfer", required=True, readonly=True
    )
    company_id = fields.Many2one(related="line_id.company_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    date = fields.Date(related="line_id.date")
    amount = fields.Monetary(related="line_id.amount")
    payer = fields.Char(related="line_id.partner_name")
    text = fields.Char(related="line_id.payment_ref", string="Text")
    match_ids = fields.Many2many("property.bank.match", compute="_compute_match_ids")
    match_id = fields.Many2one(
        "property.bank.match",
        "Suggestion",
        compute="_compute_match_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', match_ids)]",
    )
    community_id = fields.Many2one(
        "property.community",
        compute="_compute_who",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_who", store=True, readonly=False
    )
    choice_ids = fields.One2many(
        "property.bank.choose.line",
        "choose_id",
        "Open Bills",
        compute="_compute_choice_ids",
        store=True,
        readonly=False,
    )
    amount_chosen = fields.Monetary("Chosen", compute="_compute_amounts")
    amount_rest = fields.Monetary("Kept on Account", compute="_compute_amounts")

    @api.depends("line_id")
    def _compute_match_ids(self):
        matches = self.env["property.bank.match"]
        for choose in self:
            choose.match_ids = matches.search([("line_id", "=", choose.line_id.id)])

    @api.depends("match_ids")
    def _compute_match_id(self):
        for choose in self:
            choose.match_id = choose.match_ids[:1]

    @api.depends("match_id")
    def _compute_who(self):
        for choose in self:
            choose.community_id = choose.match_id.community_id or choose.community_id
            choose.partner_id = choose.match_id.partner_id or choose.partner_id

    @api.depends("partner_id", "community_id", "match_id")
    def _compute_choice_ids(self):
        for choose in self:
            suggested = choose.match_id.item_ids
            items = choose._open_items() | suggested
            left, commands = choose.amount, [Command.clear()]
            for item in items.sorted(
                lambda one: (one.date_maturity or one.date, one.id)
            ):
                is_chosen = left > 0 and (not suggested or item in suggested)
                left -= item.amount_residual_currency if is_chosen else 0.0
                vals = {"item_id": item.id, "is_chosen": is_chosen}
                commands.append(Command.create(vals))
            choose.choice_ids = commands

    def _open_items(self):
        items = self.env["account.move.line"]
        if not self.partner_id or not self.community_id:
            return items
        return items.search(
            [
                ("company_id", "=", self.company_id.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("currency_id", "=", self.currency_id.id),
                ("amount_residual_currency", ">", 0),
                ("move_id.property_community_id", "=", self.community_id.id),
                (
                    "move_id.commercial_partner_id",
                    "=",
                    self.partner_id.commercial_partner_id.id,
                ),
            ]
        )

    @api.depends("choice_ids.is_chosen", "amount")
    def _compute_amounts(self):
        for choose in self:
            chosen = choose.choice_ids.filtered("is_chosen")
            choose.amount_chosen = sum(chosen.mapped("amount_open"))
            choose.amount_rest = max(0.0, choose.amount - choose.amount_chosen)

    def action_match(self):
        """Match the transfer with the chosen bills, the oldest first; what is over
        stays on the customer's account.

        :raises AccessError: for other roles than Finance
        :raises UserError: without a customer, or when the bills were paid meanwhile
        """
        self.ensure_one()
        line = self.line_id
        line._property_check_finance()
        line.check_access("read")
        if not self.partner_id or not self.community_id:
            raise UserError(self.env._("Choose the community and the customer."))
        self.community_id.check_access("read")
        if self.community_id.company_id != line.company_id:
            raise AccessError(self.env._("The community is another company's."))
        items = self.choice_ids.filtered("is_chosen").item_id
        items.check_access("read")
        order = (line, self.partner_id.commercial_partner_id, self.community_id, items)
        if not line._property_settle([order]):
            raise UserError(line._property_changed())
        return {"type": "ir.actions.client", "tag": "soft_reload"}
