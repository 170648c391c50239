from odoo import api, fields, models


class PropertyPeriodClose(models.Model):
    """The figures of a close, as they are signed."""

    _inherit = "property.period.close"

    amount_opening = fields.Monetary("Opening Arrears", readonly=True, copy=False)
    amount_backdated = fields.Monetary(
        "Adjustments of Earlier Months",
        readonly=True,
        copy=False,
        help="What came into a signed month afterwards; each entry is named below.",
    )
    amount_billed = fields.Monetary("Billed", readonly=True, copy=False)
    amount_billed_ahead = fields.Monetary(
        "Billed Ahead",
        readonly=True,
        copy=False,
        help="Invoices less credit notes of agreements to pay ahead, taxes included.",
    )
    amount_received_current = fields.Monetary(
        "Received on the Month's Bills", readonly=True, copy=False
    )
    amount_received_arrears = fields.Monetary(
        "Received on Arrears",
        readonly=True,
        copy=False,
        help="Money applied to bills of earlier months.",
    )
    amount_received_ahead = fields.Monetary(
        "Received on Prepayments", readonly=True, copy=False
    )
    amount_received_account = fields.Monetary(
        "Received on Account",
        readonly=True,
        copy=False,
        help="Money booked for the community and matched with nothing.",
    )
    amount_waived = fields.Monetary(
        "Waived", readonly=True, copy=False, help="Credit notes of the month."
    )
    amount_written_off = fields.Monetary(
        "Written Off",
        readonly=True,
        copy=False,
        help="Entries without money, and what was written off with a payment.",
    )
    amount_exchange = fields.Monetary("Exchange Differences", readonly=True, copy=False)
    amount_other = fields.Monetary(
        "Other Entries",
        readonly=True,
        copy=False,
        help="Opening ledgers, entries by hand, matching with other communities.",
    )
    amount_closing = fields.Monetary("Closing Arrears", readonly=True, copy=False)
    amount_ledger = fields.Monetary(
        "General Ledger",
        readonly=True,
        copy=False,
        help="Open property receivables by Odoo's own residuals.",
    )

    advance_opening = fields.Monetary("Opening Paid Ahead", readonly=True, copy=False)
    advance_backdated = fields.Monetary(
        "Paid Ahead: Adjustments", readonly=True, copy=False
    )
    advance_invoiced = fields.Monetary(
        "Invoiced Ahead",
        readonly=True,
        copy=False,
        help="Onto the liability account: invoices less credit notes, without taxes.",
    )
    advance_released = fields.Monetary(
        "Released into Income", readonly=True, copy=False
    )
    advance_other = fields.Monetary(
        "Paid Ahead: Other",
        readonly=True,
        copy=False,
        help="On the liability account, but of no agreement.",
    )
    advance_closing = fields.Monetary("Closing Paid Ahead", readonly=True, copy=False)

    unapplied_opening = fields.Monetary(
        "Unapplied Before",
        readonly=True,
        copy=False,
        help="Payments matched with nothing when the month began.",
    )
    unapplied_closing = fields.Monetary(
        "Unapplied Receipts",
        readonly=True,
        copy=False,
        help="Payments matched with nothing at the end of the month; not in the "
        "closing.",
    )

    charged = fields.Monetary(
        "Net Charges",
        readonly=True,
        copy=False,
        help="Charges of the month less credit notes and waivers.",
    )
    applied = fields.Monetary(
        "Applied to Charges",
        readonly=True,
        copy=False,
        help="Money applied to the charges of the month until its end, prepayments "
        "consumed included.",
    )
    consumed = fields.Monetary(
        "Of Which Paid Ahead",
        readonly=True,
        copy=False,
        help="Months paid ahead that came due, taxes included.",
    )
    collection_rate = fields.Float(
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Applied to the charges of the month, prepayments consumed included ÷ "
        "net charges.",
    )
    units_charged = fields.Integer(readonly=True, copy=False)
    units_paid = fields.Integer("Units Paid in Full", readonly=True, copy=False)
    household_rate = fields.Float(
        "Collection Rate by Households",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Units paid in full ÷ units charged.",
    )
    cumulative_rate = fields.Float(
        readonly=True,
        copy=False,
        aggregator="avg",
        help="The same, from January to the end of the month.",
    )

    difference_count = fields.Integer("Accounts that Differ", readonly=True, copy=False)
    amount_received = fields.Monetary(
        "Received in All",
        compute="_compute_sums",
        store=True,
        help="On bills, arrears, prepayments and account.",
    )
    amount_difference = fields.Monetary(
        "Difference", compute="_compute_sums", store=True, help="Closing less ledger."
    )
    cash_taken = fields.Monetary("Taken by Staff", compute="_compute_cash")
    cash_handed = fields.Monetary("Cash Handed Over", compute="_compute_cash")
    cash_held = fields.Monetary("Cash Still Held", compute="_compute_cash")
    adjustment_count = fields.Integer(compute="_compute_cash")

    @api.depends(
        "amount_received_current",
        "amount_received_arrears",
        "amount_received_ahead",
        "amount_received_account",
        "amount_closing",
        "amount_ledger",
    )
    def _compute_sums(self):
        for close in self:
            close.amount_received = (
                close.amount_received_current
                + close.amount_received_arrears
                + close.amount_received_ahead
                + close.amount_received_account
            )
            close.amount_difference = close.currency_id.round(
                close.amount_closing - close.amount_ledger
            )

    @api.depends("cash_ids", "adjustment_ids")
    def _compute_cash(self):
        rows = self.env["property.period.close.cash"]._read_group(
            [("close_id", "in", self.ids)],
            ["close_id"],
            ["taken:sum", "handed:sum", "held:sum"],
        )
        sums = {close.id: rest for close, *rest in rows}
        counts = dict(
            self.env["property.period.close.adjustment"]._read_group(
                [("close_id", "in", self.ids)], ["close_id"], ["__count"]
            )
        )
        for close in self:
            taken, handed, held = sums.get(close._origin.id, (0.0, 0.0, 0.0))
            close.cash_taken, close.cash_handed, close.cash_held = taken, handed, held
            close.adjustment_count = counts.get(close._origin, 0)
