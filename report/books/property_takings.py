from odoo import fields, models

QUERY = """
    SELECT r.id, r.id AS receipt_id, r.user_id, r.community_id, r.company_id,
           r.date, r.partner_id, r.method, r.is_cash, c.currency_id,
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
                THEN r.amount ELSE 0 END AS amount_handed
      FROM property_receipt r
      JOIN res_company c ON c.id = r.company_id
 LEFT JOIN property_cash_handover h ON h.id = r.handover_id
"""


class PropertyTakings(models.Model):
    """What staff took: cash taken = handed over + still held (design, invariant 6)."""

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
    method = fields.Char("Paid by", readonly=True)
    is_cash = fields.Boolean("Cash", readonly=True)
    state = fields.Selection(
        [
            ("held", "Held"),
            ("handed", "Handed Over"),
            ("confirmed", "Confirmed"),
            ("banked", "Not Cash"),
            ("void", "Void"),
        ],
        readonly=True,
    )
    amount = fields.Monetary("Receipt", readonly=True)
    amount_taken = fields.Monetary("Taken", readonly=True)
    amount_held = fields.Monetary("Cash Held", readonly=True)
    amount_handed = fields.Monetary("Cash Handed Over", readonly=True)

    @property
    def _table_query(self):
        return QUERY
