"""The parts of the ledger's query, see ``ledger_query``.

Amounts are company currency and stand at the end of the month: a reconciliation counts
from its ``max_date`` on. A receivable line belongs to the month of its accounting date,
and a charge's invoice to the month of the charge even when it was dated before. With
a ``p`` of several months the same holds for all of them together.
"""

from ...models.billing.money import IS_MONEY

MONTHS = """
    SELECT r.community_id, r.period, c.company_id, k.currency_id,
           min(r.id) AS ledger_run_id,
           (r.period + interval '1 month - 1 day')::date AS last_day,
           r.period = max(r.period) OVER (PARTITION BY r.community_id) AS is_latest,
           y.decimal_places AS digits
      FROM property_billing_run r
      JOIN property_community c ON c.id = r.community_id
      JOIN res_company k ON k.id = c.company_id
      JOIN res_currency y ON y.id = k.currency_id
  GROUP BY r.community_id, r.period, c.company_id, k.currency_id, y.decimal_places
"""

# charge: the charges of the month, with the total of their invoice line as weight.
CHARGES = """
    SELECT c.id, c.run_id, c.unit_id, c.partner_id, c.fee_item_id, c.move_id,
           c.quantity, c.price_unit, c.factor, c.amount,
           f.sequence, coalesce(i.price_total, c.amount) AS weight
      FROM property_charge c
      JOIN property_fee_item f ON f.id = c.fee_item_id
 LEFT JOIN account_move_line i
        ON i.property_charge_id = c.id AND i.move_id = c.move_id
     WHERE c.community_id = p.community_id
       AND c.period BETWEEN p.period AND p.last_day
"""

# line: receivable lines that concern the month. Of older ones only those that were
# open when it began: not reconciled now, or reconciled since.
LINES = """
    SELECT l.id, l.move_id, coalesce(m.property_unit_id, 0) AS unit_key, m.partner_id,
           m.move_type = 'out_refund' AS is_refund, l.balance,
           m.property_prepayment_id IS NOT NULL AS is_ahead,
           l.date >= p.period OR m.id IN (SELECT move_id FROM own) AS is_current
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
      JOIN account_account a ON a.id = l.account_id
     WHERE m.property_community_id = p.community_id
       AND m.state = 'posted'
       AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
       AND a.account_type = 'asset_receivable'
       AND l.date <= p.last_day
       AND l.id IN (
            SELECT n.id
              FROM account_move v
              JOIN account_move_line n ON n.move_id = v.id
             WHERE v.property_community_id = p.community_id
               AND v.date BETWEEN p.period AND p.last_day
             UNION
            SELECT n.id
              FROM account_move_line n
             WHERE n.move_id IN (SELECT move_id FROM own)
             UNION
            SELECT n.id
              FROM account_account b
              JOIN account_move_line n ON n.account_id = b.id
             WHERE b.account_type = 'asset_receivable'
               AND n.reconciled IS NOT TRUE
               AND n.parent_state = 'posted'
               AND n.date < p.period
             UNION
            SELECT r.debit_move_id
              FROM account_partial_reconcile r WHERE r.max_date >= p.period
             UNION
            SELECT r.credit_move_id
              FROM account_partial_reconcile r WHERE r.max_date >= p.period
           )
"""

# One row for each reconciliation of such a line, up to the end of the month.
MATCHES = f"""
    SELECT s.line_id, s.amount, s.max_date, s.other_id, o.date AS day,
           {IS_MONEY.format(move="om", journal="j")} AS is_money
      FROM (
            SELECT l.id AS line_id, r.amount, r.max_date, r.credit_move_id AS other_id
              FROM line l
              JOIN account_partial_reconcile r ON r.debit_move_id = l.id
             UNION ALL
            SELECT l.id, -r.amount, r.max_date, r.debit_move_id
              FROM line l
              JOIN account_partial_reconcile r ON r.credit_move_id = l.id
           ) s
      JOIN account_move_line o ON o.id = s.other_id
      JOIN account_move om ON om.id = o.move_id
      JOIN account_journal j ON j.id = o.journal_id
     WHERE s.max_date <= p.last_day
"""

# effect: what reconciliations took off a line, money and everything else apart.
EFFECTS = f"""
    SELECT e.line_id,
           sum(e.amount) FILTER (WHERE e.max_date < p.period) AS before,
           sum(e.amount) FILTER (WHERE e.is_money) AS money,
           sum(e.amount) FILTER (WHERE NOT e.is_money) AS other,
           sum(e.amount) FILTER (WHERE e.is_money AND e.max_date >= p.period)
               AS money_in_month,
           sum(e.amount) FILTER (WHERE NOT e.is_money AND e.max_date >= p.period)
               AS other_in_month,
           max(ARRAY[e.day - DATE '1970-01-01', e.other_id])
               FILTER (WHERE e.is_money AND e.amount > 0) AS last_money
      FROM ({MATCHES}) e
  GROUP BY e.line_id
"""

# invoice: what the month's own invoices and credit notes say.
INVOICES = """
    SELECT l.move_id, l.unit_key, l.partner_id, l.is_ahead, min(l.id) AS line_id,
           coalesce(sum(l.balance) FILTER (WHERE NOT l.is_refund AND NOT l.is_ahead), 0)
               AS receivable,
           coalesce(sum(l.balance) FILTER (WHERE l.is_ahead), 0) AS prepaid,
           coalesce(sum(e.other), 0)
               - coalesce(sum(l.balance) FILTER (WHERE l.is_refund AND NOT l.is_ahead),
                          0) AS waived,
           coalesce(sum(e.money) FILTER (WHERE NOT l.is_ahead), 0) AS received,
           coalesce(sum(e.money) FILTER (WHERE l.is_ahead), 0) AS received_prepaid,
           max(e.last_money) AS last_money
      FROM line l
 LEFT JOIN effect e ON e.line_id = l.id
     WHERE l.is_current
  GROUP BY l.move_id, l.unit_key, l.partner_id, l.is_ahead
"""

# arrears: older invoices per unit and payer.
ARREARS = """
    SELECT l.unit_key, l.partner_id, min(l.id) AS line_id,
           sum(l.balance - coalesce(e.before, 0)) AS opening,
           coalesce(sum(e.money_in_month) FILTER (WHERE NOT l.is_ahead), 0)
               AS received,
           coalesce(sum(e.money_in_month) FILTER (WHERE l.is_ahead), 0)
               AS received_prepaid,
           coalesce(sum(e.other_in_month), 0) AS waived,
           max(e.last_money) FILTER (WHERE e.money_in_month != 0) AS last_money
      FROM line l
 LEFT JOIN effect e ON e.line_id = l.id
     WHERE NOT l.is_current
  GROUP BY l.unit_key, l.partner_id
    HAVING sum(l.balance - coalesce(e.before, 0)) != 0
        OR sum(e.money_in_month) != 0 OR sum(e.other_in_month) != 0
"""

# How much of the whole has come up to a part and above it, parts in their order: a part
# is the growth of the rounded running total, so that all of them make up the whole.
UPTO_ABOVE = """
    CASE WHEN d.place = d.places THEN 1
         ELSE coalesce(d.running / nullif(d.whole, 0), 0) END AS upto,
    CASE WHEN d.place = 1 THEN 0
         ELSE coalesce((d.running - d.weight) / nullif(d.whole, 0), 0) END AS above
"""

# billed: charges with their part of the invoice's figures.
BILLED = f"""
    SELECT c.*, i.last_money,
           i.move_id IS NOT NULL AS is_invoiced,
           CASE WHEN i.move_id IS NULL THEN c.amount
                ELSE round(i.receivable * c.upto, p.digits)
                     - round(i.receivable * c.above, p.digits) END AS receivable,
           coalesce(round(i.waived * c.upto, p.digits)
                    - round(i.waived * c.above, p.digits), 0) AS waived,
           coalesce(round(i.received * c.upto, p.digits)
                    - round(i.received * c.above, p.digits), 0) AS received
      FROM (
            SELECT d.*,
                   {UPTO_ABOVE}
              FROM (
                    SELECT c.*,
                           sum(c.weight) OVER w AS whole,
                           count(*) OVER w AS places,
                           sum(c.weight) OVER o AS running,
                           row_number() OVER o AS place
                      FROM charge c
                    WINDOW w AS (PARTITION BY c.move_id),
                           o AS (PARTITION BY c.move_id
                                 ORDER BY c.sequence, c.fee_item_id, c.id
                                 ROWS UNBOUNDED PRECEDING)
                   ) d
           ) c
 LEFT JOIN invoice i ON i.move_id = c.move_id
"""

# other: invoices without a charge of the month, and units with arrears only.
OTHERS = """
    SELECT i.unit_key, i.partner_id, min(i.line_id) AS line_id,
           CASE WHEN count(*) = 1 THEN min(i.move_id) END AS move_id,
           sum(i.receivable) AS receivable, sum(i.prepaid) AS prepaid,
           sum(i.waived) AS waived, sum(i.received) AS received,
           sum(i.received_prepaid) AS received_prepaid,
           max(i.last_money) AS last_money
      FROM invoice i
     WHERE i.move_id NOT IN (SELECT move_id FROM own)
  GROUP BY i.unit_key, i.partner_id, i.is_ahead
    HAVING sum(i.receivable) != 0 OR sum(i.waived) != 0 OR sum(i.received) != 0
        OR sum(i.prepaid) != 0 OR sum(i.received_prepaid) != 0
     UNION ALL
    SELECT a.unit_key, a.partner_id, a.line_id, NULL, 0, 0, 0, 0, 0, NULL
      FROM arrears a
     WHERE NOT EXISTS (
            SELECT FROM charge c
             WHERE c.unit_id = a.unit_key AND c.partner_id = a.partner_id)
       AND NOT EXISTS (
            SELECT FROM more m
             WHERE m.unit_key = a.unit_key AND m.partner_id = a.partner_id)
       AND NOT EXISTS (
            SELECT FROM invoice i
             WHERE i.unit_key = a.unit_key AND i.partner_id = a.partner_id
               AND i.move_id NOT IN (SELECT move_id FROM own))
"""
