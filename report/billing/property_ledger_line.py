from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.estate.property_unit import OCCUPANCY_STATUS
from .ledger_query import KEY_BITS, LEDGER, NO_BALANCES, NO_MORE


class PropertyLedgerLine(models.Model):
    """The owner payment ledger 業主繳費綜合資訊台賬 (procedure, clause 4.1.1).

    One row per charge of a month, besides one per unit and payer for invoices without
    a charge and for arrears only, and one per fee and month that was paid ahead and is
    consumed. Amounts are company currency at the end of the month: closing = opening +
    receivable + prepaid − waived − received − received on arrears − received on
    prepayments − consumed. Apart from charges that are not invoiced yet, the closing of
    all rows of a community and month is the residual of its receivable lines at that
    date.
    """

    _name = "property.ledger.line"
    _description = "Owner Payment Ledger"
    _auto = False
    _order = "period desc, community_id, position"
    _rec_name = "unit_id"

    run_id = fields.Many2one("property.billing.run", readonly=True)
    ledger_run_id = fields.Many2one(
        "property.billing.run", "First Run of the Month", readonly=True
    )
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    period = fields.Date("Month", readonly=True, help="First day of the month.")
    is_latest = fields.Boolean("Latest Month of the Community", readonly=True)
    position = fields.Integer(readonly=True, aggregator=None)
    building_id = fields.Many2one("property.building", readonly=True)
    unit_id = fields.Many2one("property.unit", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    partner_id = fields.Many2one("res.partner", "Payer", readonly=True)
    phone = fields.Char(readonly=True)
    floor_area = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    occupancy_status = fields.Selection(OCCUPANCY_STATUS, readonly=True)
    handover_date = fields.Date(readonly=True)
    fee_item_id = fields.Many2one(
        "property.fee.item",
        readonly=True,
        help="Empty: arrears only, or invoices without a charge of the month.",
    )
    charge_id = fields.Many2one("property.charge", readonly=True)
    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    quantity = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    price_unit = fields.Float("Rate", digits=(16, 6), readonly=True, aggregator=None)
    factor = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    paid_through = fields.Date(readonly=True, help="As it is known today.")
    months_ahead = fields.Integer(
        "Months Paid Ahead",
        readonly=True,
        aggregator=None,
        help="Whole months paid after this one; in the first row of the unit.",
    )
    opening = fields.Monetary(
        "Opening Arrears",
        readonly=True,
        help="Open from earlier months when this one began; in the first row of unit "
        "and payer.",
    )
    receivable = fields.Monetary(
        readonly=True,
        help="What the invoice says, taxes included; until then the charge. Of a month "
        "that was paid ahead its share.",
    )
    prepaid = fields.Monetary(
        "Billed Ahead",
        readonly=True,
        help="Invoices less credit notes of agreements to pay ahead, taxes included: "
        "no receivable of this month.",
    )
    waived = fields.Monetary(
        readonly=True,
        help="Credit notes, write-offs and other entries without money, on this "
        "month's invoice or on arrears.",
    )
    received = fields.Monetary(
        readonly=True, help="Money applied to this month's invoice."
    )
    received_arrears = fields.Monetary(
        "Received on Arrears",
        readonly=True,
        help="Money of this month applied to earlier invoices; in the first row of "
        "unit and payer.",
    )
    received_prepaid = fields.Monetary(
        "Received on Prepayments",
        readonly=True,
        help="Money applied to invoices of agreements to pay ahead.",
    )
    consumed = fields.Monetary(
        "Prepayment Consumed",
        readonly=True,
        help="Paid ahead and released into income in this month, taxes included. It is "
        "a receivable of the month and settles it.",
    )
    prepayment_balance = fields.Monetary(
        readonly=True,
        help="Paid or billed ahead and not consumed at the end of the month, without "
        "taxes, as the liability account has it; in the first row of unit and payer.",
    )
    received_date = fields.Date("Last Received on", readonly=True)
    journal_id = fields.Many2one("account.journal", "Method", readonly=True)
    received_ref = fields.Char("Receipt No.", readonly=True)
    closing = fields.Monetary(
        readonly=True, help="Still owed at the end of the month, arrears included."
    )
    payment_state = fields.Selection(
        [
            ("to_invoice", "Not invoiced"),
            ("not_paid", "Not paid"),
            ("partial", "Partly paid"),
            ("paid", "Paid"),
        ],
        readonly=True,
    )
    note = fields.Text("Remarks", readonly=True)

    _depends = {
        "account.account": ["account_type"],
        "account.journal": ["type"],
        "account.move": [
            "date",
            "move_type",
            "origin_payment_id",
            "partner_id",
            "property_community_id",
            "property_prepayment_id",
            "property_unit_id",
            "state",
            "statement_line_id",
        ],
        "account.move.line": [
            "account_id",
            "balance",
            "date",
            "journal_id",
            "move_name",
            "parent_state",
            "price_total",
            "property_charge_id",
            "reconciled",
        ],
        "account.partial.reconcile": [
            "amount",
            "credit_move_id",
            "debit_move_id",
            "max_date",
        ],
        "property.billing.run": ["community_id", "period"],
        "property.charge": [
            "amount",
            "community_id",
            "factor",
            "fee_item_id",
            "move_id",
            "partner_id",
            "period",
            "price_unit",
            "quantity",
            "run_id",
            "unit_id",
        ],
        "property.community": ["company_id"],
        "property.fee.item": ["sequence"],
        "property.unit": [
            "building_id",
            "floor_area",
            "handover_date",
            "note",
            "owner_id",
            "paid_through",
            "sort_key",
        ],
        "property.unit.occupancy": ["date_from", "date_to", "status", "unit_id"],
        "res.company": ["currency_id"],
        "res.currency": ["decimal_places"],
        "res.partner": ["phone"],
    }

    @property
    def _table_query(self):
        return SQL(LEDGER, more=self._consumed(), balances=self._balances())

    @api.model
    def _consumed(self):
        """Fees of the month that were paid for before; whoever keeps such agreements
        adds them. ``p`` is the month.

        :return: SQL with the columns of ``NO_MORE``
        """
        return SQL(NO_MORE)

    @api.model
    def _balances(self):
        """What is paid for months after this one, by unit and payer.

        :return: SQL with the columns of ``NO_BALANCES``
        """
        return SQL(NO_BALANCES)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Rows asked for by number are looked for in their months only."""
        return super()._search(self._with_months(domain), *args, **kwargs)

    @api.model
    def _with_months(self, domain):
        domain = Domain(domain)
        terms = list(domain)
        if "|" in terms or "!" in terms:
            return domain
        for term in terms:
            match term:
                case ("id", "in", numbers):
                    runs = {number >> KEY_BITS for number in numbers if number}
                    domain &= Domain("ledger_run_id", "in", list(runs))
        return domain

    def action_open_unit(self):
        """Open the unit of the row."""
        return self._action_open(self.unit_id)

    def action_open_partner(self):
        """Open the payer of the row."""
        return self._action_open(self.partner_id)

    def action_open_invoice(self):
        """Open the invoice of the row.

        :raises UserError: for a row that no single invoice stands behind
        """
        return self._action_open(self.move_id)

    def _action_open(self, record):
        self.ensure_one()
        if not record:
            raise UserError(self.env._("There is nothing to open behind this row."))
        return record.get_formview_action()

    def action_download(self):
        """Download the month on the screen as XLSX.

        :raises UserError: unless the rows are of one community and month
        """
        if self:
            domain = [("id", "in", self.ids)]
        else:
            domain = self.env.context.get("active_domain", [])
        months = self._read_group(domain, ["ledger_run_id"], limit=2)
        if len(months) != 1:
            raise UserError(
                self.env._("Filter one community and one month, then download it.")
            )
        return months[0][0].action_download_ledger()
