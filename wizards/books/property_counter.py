from odoo import api, fields, models

ACTION = "property_fee_collection.action_property_counter"


class PropertyCounter(models.TransientModel):
    """Taking money at the counter or at the door (procedure, clause 4.1.6): who is it,
    what does he pay, how; a numbered receipt comes out."""

    _name = "property.counter"
    _description = "Take Money"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("partner_id", "community_id"))
    _transient_max_hours = 12

    query = fields.Char(
        "Search", help="A room such as 1-101, a name, a phone or a notice number."
    )
    # Where the counter was opened from; bills that are to be chosen.
    move_ids = fields.Many2many("account.move", string="Bills Asked for")
    match_ids = fields.One2many(
        "property.counter.match",
        "counter_id",
        "Found",
        compute="_compute_match_ids",
        store=True,
        readonly=False,
    )
    is_unknown = fields.Boolean(compute="_compute_is_unknown")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
    )
    community_id = fields.Many2one(
        "property.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', community_ids)]",
    )
    community_ids = fields.Many2many(
        "property.community",
        string="Communities",
        compute="_compute_community_ids",
        compute_sudo=False,
        help="Where the customer has a unit or owes something; the user's only.",
    )
    company_id = fields.Many2one(related="community_id.company_id")
    journal_ids = fields.Many2many(
        "account.journal", string="Ways to Pay", compute="_compute_journal_ids"
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Payment Method",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', journal_ids)]",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    line_ids = fields.One2many(
        "property.counter.line",
        "counter_id",
        "Open Bills",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    amount_open = fields.Monetary("Open", compute="_compute_amounts")
    amount_due = fields.Monetary("Due", compute="_compute_amounts")
    amount = fields.Monetary(
        "Received",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="Less than what is chosen pays the oldest bills first; more stays on "
        "account.",
    )
    amount_on_account = fields.Monetary(
        "Stays on Account", compute="_compute_amounts", help="More than is chosen."
    )
    elsewhere = fields.Char(
        "Open Elsewhere",
        compute="_compute_elsewhere",
        compute_sudo=False,
        help="In other communities of the user, and in other currencies.",
    )
    memo = fields.Char("Remark on the Receipt")
    receipt_id = fields.Many2one("property.receipt", readonly=True)

    @api.depends("match_ids", "match_ids.is_this")
    def _compute_partner_id(self):
        """The only one that was found; with several, whom the user chooses."""
        for counter in self:
            matches = counter.match_ids
            partners = (matches.filtered("is_this") or matches).partner_id
            if len(partners) == 1:
                counter.partner_id = partners
            elif counter.query and counter.partner_id not in partners:
                counter.partner_id = False

    @api.depends("query", "match_ids")
    def _compute_is_unknown(self):
        for counter in self:
            query = (counter.query or "").strip()
            is_asked = len(query) > 1 or not query.isascii()
            counter.is_unknown = is_asked and not counter.match_ids

    @api.depends_context("uid")
    @api.depends("partner_id")
    def _compute_community_ids(self):
        for counter in self:
            counter.community_ids = counter._communities_of(counter.partner_id)

    @api.depends("partner_id")
    def _compute_community_id(self):
        for counter in self:
            possible = counter._communities_of(counter.partner_id)
            found = counter.match_ids.filtered(
                lambda match, counter=counter: match.partner_id == counter.partner_id
            ).community_id
            if counter.community_id not in possible:
                counter.community_id = (found & possible)[:1] or possible[:1]

    @api.depends("community_id")
    def _compute_journal_ids(self):
        for counter in self:
            # sudo: journals are for accountants; the counter offers some of them.
            journals = self.env["account.journal"].sudo()
            company = counter.community_id.company_id
            counter.journal_ids = (
                journals.search(journals._property_counter_domain(company))
                if company
                else journals
            )

    @api.depends("journal_ids")
    def _compute_journal_id(self):
        for counter in self:
            journals = counter.journal_ids.sudo()
            cash = journals.filtered(lambda journal: journal.type == "cash")
            if counter.journal_id.id not in journals.ids:
                counter.journal_id = (cash or journals)[:1]

    @api.depends("journal_id", "community_id")
    def _compute_currency_id(self):
        for counter in self:
            counter.currency_id = (
                counter.journal_id.sudo().currency_id
                or counter.community_id.company_id.currency_id
                or self.env.company.currency_id
            )

    @api.depends("line_ids.is_chosen")
    def _compute_amount(self):
        for counter in self:
            chosen = counter.line_ids.filtered("is_chosen")
            counter.amount = sum(line._asked() for line in chosen)

    @api.depends("line_ids.amount", "line_ids.amount_residual", "amount")
    def _compute_amounts(self):
        for counter in self:
            lines = counter.line_ids
            counter.amount_open = sum(lines.mapped("amount_residual"))
            counter.amount_due = sum(lines.filtered("is_due").mapped("amount_residual"))
            paid = sum(lines.mapped("amount"))
            counter.amount_on_account = max(0.0, counter.amount - paid)

    @api.private
    @api.model
    def _action_open(self, partner=None, community=None, moves=None, query=None):
        """The counter as an action, at this customer if one is given."""
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTION)
        defaults = {
            "default_partner_id": partner and partner.commercial_partner_id.id,
            "default_community_id": community and community.id,
            "default_move_ids": moves and moves.ids,
            "default_query": query,
        }
        given = {name: value for name, value in defaults.items() if value}
        return {**action, "context": {**given, "dialog_size": "extra-large"}}

    def _again(self):
        action = self._action_open()
        return {**action, "res_id": self.id}
