from odoo import fields, models

# What the books say of each receipt's payments: the cash or bank items of their posted
# entries and of the entries that reversed these.
BOOKED = """
    SELECT p.id AS payment_id, coalesce(sum(l.amount_currency), 0) AS amount
      FROM account_payment p
      JOIN account_move m ON m.id = p.move_id OR m.reversed_entry_id = p.move_id
      JOIN account_move_line l ON l.move_id = m.id
      JOIN account_account a ON a.id = l.account_id
     WHERE m.state = 'posted'
       AND a.account_type NOT IN ('asset_receivable', 'liability_payable')
       AND (p.property_receipt_id IS NOT NULL OR p.property_community_id IS NOT NULL)
  GROUP BY p.id
"""
# Receipts, and cash of communities that stands in the books without a receipt.
QUERY = f"""
    WITH booked AS ({BOOKED}),
    taken AS (
        SELECT p.property_receipt_id AS receipt_id, sum(b.amount) AS amount
          FROM booked b
          JOIN account_payment p ON p.id = b.payment_id
         WHERE p.property_receipt_id IS NOT NULL
      GROUP BY p.property_receipt_id
    )
    SELECT r.id, r.id AS receipt_id, r.user_id, r.community_id, r.company_id,
           r.date, r.partner_id, r.method, r.is_cash, r.currency_id,
           h.id AS handover_id,
           CASE WHEN r.state = 'void' THEN 'void'
                WHEN NOT r.is_cash THEN 'banked'
                WHEN h.state = 'confirmed' THEN 'confirmed'
                WHEN h.state = 'handed' THEN 'handed'
                ELSE 'held' END AS state,
           r.amount,
           CASE WHEN r.state != 'void' THEN r.amount ELSE 0 END AS amount_taken,
           CASE WHEN r.state != 'void' AND r.is_cash
                 AND coalesce(h.state, 'draft') = 'draft'
                THEN r.amount ELSE 0 END AS amount_held,
           CASE WHEN r.state != 'void' AND r.is_cash
                 AND h.state IN ('handed', 'confirmed')
                THEN r.amount ELSE 0 END AS amount_handed,
           coalesce(t.amount, 0) AS amount_booked,
           coalesce(t.amount, 0)
           - CASE WHEN r.state != 'void' THEN r.amount ELSE 0 END AS amount_check
      FROM property_receipt r
 LEFT JOIN property_cash_handover h ON h.id = r.handover_id
 LEFT JOIN taken t ON t.receipt_id = r.id
 UNION ALL
    SELECT -p.id, NULL, coalesce(p.property_collector_id, p.create_uid),
           p.property_community_id, p.company_id, p.date, p.partner_id,
           NULL, true, p.currency_id, NULL, 'missing', 0, 0, 0, 0,
           b.amount, b.amount
      FROM booked b
      JOIN account_payment p ON p.id = b.payment_id
      JOIN account_journal j ON j.id = p.journal_id
     WHERE p.property_receipt_id IS NULL AND j.type = 'cash'
       AND b.amount != 0
"""


class PropertyTakings(models.Model):
    """What staff took: cash taken = handed over + still held (design, invariant 6), and
    what the books say of the same payments."""

    _name = "property.takings"
    _description = "Takings"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "receipt_id"

    receipt_id = fields.Many2one("property.receipt", readonly=True)
    user_id = fields.Many2one("res.users", "Cashier", readonly=True)
    community_id = fields.Many2one("property.community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", "Payer", readonly=True)
    handover_id = fields.Many2one("property.cash.handover", readonly=True)
    date = fields.Date(readonly=True)
    method = fields.Char("Payment Method", readonly=True)
    is_cash = fields.Boolean("Cash", readonly=True)
    state = fields.Selection(
        [
            ("held", "Held"),
            ("handed", "Handed Over"),
            ("confirmed", "Confirmed"),
            ("banked", "Not Cash"),
            ("void", "Void"),
            ("missing", "Without Receipt"),
        ],
        "Where It Is",
        readonly=True,
    )
    # Pivot and graph convert sums over several currencies to that of the company.
    amount = fields.Monetary("On the Receipt", readonly=True)
    amount_taken = fields.Monetary(
        "Taken",
        readonly=True,
        help="Of receipts that are valid.",
    )
    amount_held = fields.Monetary(
        "Cash Held",
        readonly=True,
        help="Taken and not handed over.",
    )
    amount_handed = fields.Monetary(
        "Cash Handed Over",
        readonly=True,
        help="Waiting for Finance, or confirmed.",
    )
    amount_booked = fields.Monetary(
        "In the Books",
        readonly=True,
        help="Cash and bank items of the payments' entries, reversals deducted.",
    )
    amount_check = fields.Monetary(
        "Books Less Receipts",
        readonly=True,
        help="To be nothing. Otherwise a payment has no receipt, or its entry was "
        "changed.",
    )

    @property
    def _table_query(self):
        return QUERY

    def action_open_receipt(self):
        """Open the receipt of the row; without one, the payer."""
        self.ensure_one()
        return (self.receipt_id or self.partner_id).get_formview_action()
