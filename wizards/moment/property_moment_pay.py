from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.collection.instalments import allocate


class PropertyMomentPay(models.TransientModel):
    """Money taken at the desk: how much, cash or bank, and which bills it pays."""

    _name = "property.moment.pay"
    _description = "Take Money at the Desk"
    _inherit = ["property.moment.way"]

    journal_id = fields.Many2one(
        "account.journal",
        "Taken into",
        domain="[('id', 'in', journal_ids)]",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    journal_ids = fields.Many2many("account.journal", compute="_compute_journal_ids")
    amount = fields.Monetary(
        "Amount Received", compute="_compute_amount", store=True, readonly=False
    )
    line_ids = fields.One2many(
        "property.moment.pay.line",
        "pay_id",
        "Bills",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    amount_chosen = fields.Monetary("Chosen", compute="_compute_rest")
    amount_rest = fields.Monetary(
        "Stays on Account",
        compute="_compute_rest",
        help="What the chosen bills do not use up.",
    )
    note = fields.Char("Remarks", help="For example the number of the receipt.")
    is_applied = fields.Boolean("Taken", readonly=True)

    @api.depends("moment_id")
    def _compute_journal_ids(self):
        for wizard in self:
            wizard.journal_ids = wizard.moment_id._desk_journals()

    @api.depends("moment_id")
    def _compute_journal_id(self):
        for wizard in self:
            wizard.journal_id = wizard.journal_id or wizard.journal_ids[:1]

    @api.depends("journal_id", "moment_id")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = (
                wizard.journal_id.currency_id or wizard.moment_id.currency_id
            )

    @api.depends("moment_id")
    def _compute_line_ids(self):
        for wizard in self:
            bills = wizard.moment_id and wizard.moment_id._bills()
            wizard.line_ids = [Command.clear(), *map(Command.create, bills or ())]

    @api.depends("line_ids.is_chosen", "line_ids.amount_asked")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard._proposed()

    def _proposed(self):
        """What is asked for of the chosen bills, less what is on account. That goes to
        the bills that are due and not chosen first."""
        chosen = self._chosen()
        others = (self.line_ids - chosen).filtered("is_due")
        moment = self.moment_id
        is_own = self.currency_id == moment.currency_id
        credit = moment.credit_now if is_own else 0.0
        credit = max(0.0, credit - sum(others.mapped("amount_asked")))
        return max(0.0, sum(line._asked() for line in chosen) - credit)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard, vals in zip(wizards, vals_list, strict=True):
            if "amount" in vals:
                # The lines are worked out after it and propose a sum of their own.
                wizard.line_ids.mapped("is_chosen")
                wizard.amount = vals["amount"]
        return wizards

    @api.depends("line_ids.is_chosen", "line_ids.amount_open", "amount")
    def _compute_rest(self):
        for wizard in self:
            wizard.amount_chosen = sum(wizard._chosen().mapped("amount_open"))
            wizard.amount_rest = max(0.0, wizard.amount - wizard.amount_chosen)

    def _chosen(self):
        """The oldest first."""
        chosen = self.line_ids.filtered("is_chosen")
        return chosen.sorted(lambda line: (line.date_due, line.sequence))

    def action_apply(self):
        """Take the money (procedure, clause 4.1.6): the chosen bills, the oldest first,
        the last perhaps in part; what is left over stays on account. Again it takes
        nothing.

        :raises UserError: without an amount, and for a bill that was paid meanwhile
        """
        self.ensure_one()
        self.lock_for_update()
        if self.is_applied:
            return self._close()
        self.is_applied = True
        moment = self.moment_id
        moment._check_not_cancelled()
        if self.journal_id not in moment._desk_journals():
            raise UserError(self.env._("Choose where the money goes."))
        moment._take(self.journal_id, self.amount, self._parts(), self.note)
        return self._close()

    def _parts(self):
        """[(invoice, what is paid of it)]: the oldest first; what is in dispute comes
        after all that is not."""
        chosen, digits = self._chosen(), self.currency_id.decimal_places
        asked = [line._asked() for line in chosen]
        shares = allocate(self.amount, asked, digits)
        rests = [
            line.amount_open - part for line, part in zip(chosen, asked, strict=True)
        ]
        more = allocate(self.amount - sum(shares), rests, digits)
        return [
            (line.move_id, self.currency_id.round(share + rest))
            for line, share, rest in zip(chosen, shares, more, strict=True)
            if share + rest
        ]


class PropertyMomentPayLine(models.TransientModel):
    """An open bill of the customer, to be paid now or not."""

    _name = "property.moment.pay.line"
    _description = "Bill at the Desk"
    _inherit = ["property.community.bound"]
    _order = "sequence, id"

    pay_id = fields.Many2one(
        "property.moment.pay", "Form", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    sequence = fields.Integer()
    is_chosen = fields.Boolean("Pay")
    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(related="move_id.property_unit_id")
    period = fields.Date(related="move_id.property_period")
    date_due = fields.Date("Due on")
    amount_open = fields.Monetary("Open")
    amount_asked = fields.Monetary(
        "Asked for", readonly=True, help="What is open and not in dispute."
    )
    is_due = fields.Boolean("Due", readonly=True)
    is_disputed = fields.Boolean("In Dispute")

    def _asked(self):
        """What is paid of it when it is chosen; all of it where it is in dispute
        altogether."""
        return min(self.amount_asked or self.amount_open, self.amount_open)
