from odoo import api, fields, models
from odoo.tools import SQL

from .close_query_money import MONEY_MONTH


class PropertyPeriodCloseTie(models.Model):
    """Tie-out to the general ledger 總賬核對: one account, our figure and the ledger's
    (procedure, clause 4.1.7)."""

    _name = "property.period.close.tie"
    _description = "Tie-out of a Period Close"
    _inherit = "property.period.close.row"
    _order = "close_id, sequence, id"
    _rec_name = "account_id"
    _signed_names = ("kind", "account_id", "ours", "ledger", "difference")

    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(
        [
            ("receivable", "Receivable at the end of the month"),
            ("advance", "Paid ahead at the end of the month"),
            ("income", "Income of the month"),
            ("money", "Money taken in the month"),
            ("unapplied", "Received on account at the end of the month"),
            ("hand", "Booked by hand for no community"),
            ("statement", "Signed arrears statement"),
        ],
        "Compared",
        readonly=True,
        required=True,
    )
    account_id = fields.Many2one("account.account", readonly=True)
    account_name = fields.Char("Account (as signed)", readonly=True)
    ours = fields.Monetary(
        "Our Figure",
        readonly=True,
        help="Receivable: opening and movements. Paid ahead: invoiced less released. "
        "Income: invoices, credit notes and released months. Money: receipts, "
        "payments, voided ones, cash handovers and bank transfers. Booked by hand: "
        "nothing, as no document says it.",
    )
    ledger = fields.Monetary(
        "General Ledger",
        readonly=True,
        help="The journal items of the community on this account.",
    )
    difference = fields.Monetary(readonly=True, help="Our figure less the ledger's.")
    status = fields.Selection(
        [("ties", "Ties"), ("differs", "Differs")], compute="_compute_status"
    )

    @api.depends("difference")
    def _compute_status(self):
        for tie in self:
            tie.status = "differs" if tie.difference else "ties"

    def action_open_items(self):
        """Open the journal items of the account, or the arrears statement."""
        self.ensure_one()
        if self.kind == "statement":
            return self.close_id.statement_id.get_formview_action()
        return self.close_id._open_items(self._items_domain(), self.account_name)

    def _items_domain(self):
        close = self.close_id
        domain = [("account_id", "=", self.account_id.id)]
        if self.kind == "money":
            return [*domain, ("move_id", "in", self._money_moves())]
        if self.kind == "unapplied":
            return [*domain, *self._named_payments(), ("date", "<=", close.date_to)]
        if self.kind == "hand":
            return [
                *domain,
                ("date", ">=", close.period),
                ("date", "<=", close.date_to),
                ("move_id.move_type", "=", "entry"),
                ("move_id.property_community_id", "=", False),
                ("move_id.origin_payment_id", "=", False),
                ("move_id.statement_line_id", "=", False),
            ]
        if self.kind == "advance":
            return [
                *domain,
                ("date", "<=", close.date_to),
                "|",
                ("property_prepayment_id.community_id", "=", close.community_id.id),
                ("move_id.property_community_id", "=", close.community_id.id),
            ]
        domain.append(("move_id.property_community_id", "=", close.community_id.id))
        domain.append(("date", "<=", close.date_to))
        if self.kind == "income":
            domain.append(("date", ">=", close.period))
        return domain

    def _named_payments(self):
        community = self.community_id.id
        transfer = "move_id.statement_line_id.property_bank_community_id"
        return [
            ("move_id.property_community_id", "=", False),
            "|",
            ("move_id.origin_payment_id.property_community_id", "=", community),
            (transfer, "=", community),
        ]

    def _money_moves(self):
        """Entries of the month behind the money taken."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                f"{MONEY_MONTH} SELECT DISTINCT move_id FROM month",
                community=self.community_id.id,
                digits=self.currency_id.decimal_places,
                previous=self.close_id._day_before(),
                as_of=self.close_id.date_to,
            )
        )
        return [move for (move,) in rows]
