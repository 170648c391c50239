from odoo import fields, models
from odoo.tools import SQL

from .proof_query import PROOF


class PropertyPrepaymentProof(models.Model):
    """Proves at any date that what was invoiced ahead less what was released is the
    balance of the liability account (預收核對; design, invariant 5).

    One row for each agreement, and one for what stands on the account without any, by
    community. The day is ``property_as_of`` of the context, else today; amounts are
    company currency at its end. invoiced − released = still owed, and still owed + of
    no agreement = balance of the account.
    """

    _name = "property.prepayment.proof"
    _description = "Prepayment Proof"
    _auto = False
    _order = "community_id, account_id, prepayment_id desc, id"
    _rec_name = "prepayment_id"

    prepayment_id = fields.Many2one(
        "property.prepayment",
        "Agreement",
        readonly=True,
        help="Empty: on the account, but of no agreement.",
    )
    unit_id = fields.Many2one("property.unit", readonly=True)
    partner_id = fields.Many2one("res.partner", "Payer", readonly=True)
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    prepayment_currency_id = fields.Many2one(
        "res.currency", "Agreement's Currency", readonly=True
    )
    state = fields.Selection(
        selection=lambda self: (
            self.env["property.prepayment"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        readonly=True,
        help="As it is today.",
    )
    is_opening = fields.Boolean("From the Opening Ledger", readonly=True)
    date_from = fields.Date("First Day", readonly=True)
    date_to = fields.Date("Last Day", readonly=True)
    invoiced = fields.Monetary(
        "Net Invoiced",
        readonly=True,
        help="Invoices less credit notes, without taxes, and what came in with an "
        "owner ledger.",
    )
    released = fields.Monetary(
        readonly=True, help="Months of the schedule with a posted entry."
    )
    owed = fields.Monetary(
        "Still Owed", readonly=True, help="Net invoiced less released."
    )
    other = fields.Monetary(
        "Of No Agreement",
        readonly=True,
        help="On the account, but of no agreement: entries by hand, or what was paid "
        "ahead before there were agreements.",
    )
    balance = fields.Monetary(
        "Account Balance",
        readonly=True,
        help="Journal items of the liability account, a debt to owners being positive.",
    )
    difference = fields.Monetary(
        readonly=True,
        help="Still owed and of no agreement, less the account's balance: nothing.",
    )
    invoiced_currency = fields.Monetary(
        "Net Invoiced (its currency)",
        currency_field="prepayment_currency_id",
        readonly=True,
    )
    released_currency = fields.Monetary(
        "Released (its currency)",
        currency_field="prepayment_currency_id",
        readonly=True,
    )
    owed_currency = fields.Monetary(
        "Still Owed (its currency)",
        currency_field="prepayment_currency_id",
        readonly=True,
    )
    balance_currency = fields.Monetary(
        "Account Balance (its currency)",
        currency_field="prepayment_currency_id",
        readonly=True,
    )
    difference_currency = fields.Monetary(
        "Difference (its currency)",
        currency_field="prepayment_currency_id",
        readonly=True,
    )

    _depends = {
        "account.move": [
            "date",
            "move_type",
            "property_community_id",
            "property_ledger_import_id",
            "state",
        ],
        "account.move.line": [
            "account_id",
            "amount_currency",
            "balance",
            "date",
            "parent_state",
            "property_prepayment_id",
        ],
        "property.prepayment": [
            "community_id",
            "company_id",
            "currency_id",
            "date_from",
            "date_to",
            "is_opening",
            "partner_id",
            "state",
            "unit_id",
        ],
        "property.prepayment.line": ["amount", "move_id", "prepayment_id"],
        "res.company": ["currency_id", "property_advance_account_id"],
    }

    @property
    def _table_query(self):
        return SQL(PROOF, as_of=self._as_of())

    def _as_of(self):
        """The day whose end is looked at."""
        day = self.env.context.get("property_as_of")
        return fields.Date.to_date(day) or fields.Date.context_today(self)

    def action_open(self):
        """Open the agreement of the row; of what has none the journal items."""
        self.ensure_one()
        if not self.prepayment_id:
            return self.action_open_items()
        return self.prepayment_id.get_formview_action()

    def action_open_items(self):
        """Open the journal items that make up the row's account balance."""
        self.ensure_one()
        if self.prepayment_id:
            domain = [("property_prepayment_id", "=", self.prepayment_id.id)]
        else:
            domain = [
                ("property_prepayment_id", "=", False),
                ("account_id", "=", self.account_id.id),
                ("move_id.property_community_id", "=", self.community_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        return {
            "type": "ir.actions.act_window",
            "name": self.prepayment_id.display_name
            or self.env._("On the account, but of no agreement"),
            "res_model": "account.move.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                *domain,
                ("parent_state", "=", "posted"),
                ("date", "<=", self._as_of()),
            ],
            "context": {"create": False},
        }

    def action_download(self):
        """Download the proof at the day on the screen as XLSX."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/property_fee_collection/prepayment_proof/{self._as_of()}.xlsx",
            "target": "download",
        }
