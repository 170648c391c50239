from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

CASHIERS = ("group_cs", "group_finance")
MATCHES = 20


class PropertyCounter(models.TransientModel):
    """Taking money at the counter or at the door (procedure, clause 4.1.6): who is it,
    what does he pay, how; a numbered receipt comes out."""

    _name = "property.counter"
    _description = "Take Money"
    _transient_max_hours = 12

    query = fields.Char(
        "Room, Name, Phone or Notice Number", help="A scanned notice number works too."
    )
    match_ids = fields.Many2many(
        "res.partner", string="Found", compute="_compute_match_ids"
    )
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
    )
    company_id = fields.Many2one(related="community_id.company_id")
    journal_ids = fields.Many2many("account.journal", compute="_compute_journal_ids")
    journal_id = fields.Many2one(
        "account.journal",
        "Paid by",
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
    amount_chosen = fields.Monetary("Chosen", compute="_compute_amounts")
    amount = fields.Monetary(
        "Received", compute="_compute_amount", store=True, readonly=False
    )
    amount_on_account = fields.Monetary("On Account", compute="_compute_amounts")
    memo = fields.Char("Remark on the Receipt")

    @api.model_create_multi
    def create(self, vals_list):
        counters = super().create(vals_list)
        # The bills are there before anybody says what was received.
        counters.mapped("line_ids")
        counters.flush_recordset()
        return counters

    @api.depends("query")
    def _compute_match_ids(self):
        for counter in self:
            counter.match_ids = counter._matches(counter.query or "")

    @api.model
    def _matches(self, query):
        """Customers of the user's communities that are meant by what was typed."""
        query = query.strip()
        if len(query) < 2:
            return self.env["res.partner"]
        notice = self.env["property.notice"].search([("name", "=", query)], limit=1)
        if notice:
            return notice.partner_id
        units = self.env["property.unit"]
        found = units.search(
            Domain("name", "=", query)
            | Domain("owner_id.phone", "ilike", query)
            | Domain("owner_id.name", "ilike", query)
            | Domain("occupant_id.name", "ilike", query)
            | Domain("occupant_id.phone", "ilike", query),
            limit=MATCHES,
        )
        words = query.split()
        if not found and len(words) == 2:
            found = units.search(
                [("building_id.name", "=", words[0]), ("name", "=", words[1])]
            )
        return (found.owner_id | found.occupant_id).commercial_partner_id

    @api.depends("match_ids")
    def _compute_partner_id(self):
        for counter in self:
            if len(counter.match_ids) == 1:
                counter.partner_id = counter.match_ids
            elif counter.query:
                counter.partner_id = False

    @api.depends("partner_id")
    def _compute_community_id(self):
        for counter in self:
            units = counter.partner_id.property_unit_ids
            counter.community_id = (
                counter.community_id
                if counter.community_id in units.community_id
                else units.community_id[:1] or counter.community_id
            )

    @api.depends("community_id")
    def _compute_journal_ids(self):
        for counter in self:
            # sudo: journals are for accountants; the counter offers some of them.
            journals = self.env["account.journal"].sudo()
            counter.journal_ids = counter.community_id and journals.search(
                journals._property_counter_domain(counter.community_id.company_id)
            )

    @api.depends("journal_ids")
    def _compute_journal_id(self):
        for counter in self:
            journals = counter.journal_ids.sudo()
            cash = journals.filtered(lambda journal: journal.type == "cash")
            counter.journal_id = (cash or journals)[:1]

    @api.depends("journal_id", "community_id")
    def _compute_currency_id(self):
        for counter in self:
            counter.currency_id = (
                counter.journal_id.sudo().currency_id
                or counter.community_id.company_id.currency_id
                or self.env.company.currency_id
            )

    @api.depends("partner_id", "community_id", "currency_id")
    def _compute_line_ids(self):
        for counter in self:
            counter.line_ids = [
                Command.clear(),
                *(Command.create(vals) for vals in counter._open_bills()),
            ]

    def _open_bills(self):
        """Open bills of the customer in the community, the oldest first; what is due is
        chosen."""
        if not self.partner_id or not self.community_id:
            return []
        # sudo: who takes money need not be an accountant; the community is his.
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    (
                        "commercial_partner_id",
                        "=",
                        self.partner_id.commercial_partner_id.id,
                    ),
                    ("property_community_id", "=", self.community_id.id),
                    ("move_type", "in", ("out_invoice", "out_receipt")),
                    ("state", "=", "posted"),
                    ("currency_id", "=", self.currency_id.id),
                    ("amount_residual", ">", 0),
                ],
                order="invoice_date_due, id",
            )
        )
        today = self.community_id._property_today()
        return [
            {
                "move_id": move.id,
                "amount": move.amount_residual
                if move.invoice_date_due <= today
                else 0.0,
            }
            for move in moves
        ]

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for counter in self:
            counter.amount = sum(counter.line_ids.mapped("amount"))

    @api.depends("line_ids.amount", "line_ids.amount_residual", "amount")
    def _compute_amounts(self):
        for counter in self:
            lines = counter.line_ids
            due = lines.filtered("is_due")
            counter.amount_open = sum(lines.mapped("amount_residual"))
            counter.amount_due = sum(due.mapped("amount_residual"))
            counter.amount_chosen = sum(lines.mapped("amount"))
            counter.amount_on_account = max(0.0, counter.amount - counter.amount_chosen)

    def action_spread(self):
        """Spread what was received over the bills, the oldest first."""
        left = self.amount
        for line in self.line_ids:
            line.amount = min(left, line.amount_residual)
            left = self.currency_id.round(left - line.amount)
        return self._again()

    def action_take(self):
        """Take the money; opens the receipt.

        :raises AccessError: for other roles than customer service and Finance
        :raises UserError: as ``property.cashier``
        """
        self.ensure_one()
        if not self.env.user._has_property_role(*CASHIERS):
            raise AccessError(
                self.env._("Only customer service and Finance take money.")
            )
        if not self.partner_id or not self.community_id:
            raise UserError(self.env._("Choose the customer."))
        self.community_id.check_access("read")
        self._check_bills()
        journal = self.journal_id.sudo()
        if journal not in self.journal_ids.sudo():
            raise UserError(self.env._("Choose how it was paid."))
        payments = self.env["property.cashier"]._take(
            self.partner_id,
            self.community_id,
            journal,
            self.amount,
            [(line.sudo().move_id, line.amount) for line in self.line_ids],
            memo=self.memo or "",
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.receipt",
            "res_id": payments.sudo().property_receipt_id.id,
            "view_mode": "form",
        }

    def _check_bills(self):
        """:raises UserError: for a bill of somebody else, or of another community"""
        # sudo: as in _open_bills
        for move in self.line_ids.sudo().move_id:
            is_his = move.commercial_partner_id == self.partner_id.commercial_partner_id
            if not is_his or move.property_community_id != self.community_id:
                raise UserError(self.env._("These are not open bills of the customer."))

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
