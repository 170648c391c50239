"""What the arrears statement reads from the ledger, for a whole community in sets.

A reconciliation counts from its ``max_date`` on. ``previous`` is the last day of the
statement before, ``as_of`` that of this one. Amounts are company currency and follow
from balances and reconciliations; what stands beside them for comparison follows from
Odoo's own residuals.
"""

from ..billing.money import IS_MONEY

# Receivable lines that stood open when the month began, or came with it.
LINES = f"""
    SELECT l.id, c.commercial_partner_id AS partner_id, m.property_unit_id AS unit_id,
           l.date, l.balance, l.date > %(previous)s AS is_new,
           m.move_type IN ('out_invoice', 'out_receipt') AS is_bill,
           date_trunc('month', coalesce(
               m.property_period, l.date_maturity, l.date))::date AS month,
           {IS_MONEY.format(move="m", journal="j")} AS is_money
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
      JOIN account_journal j ON j.id = m.journal_id
      JOIN res_partner c ON c.id = coalesce(m.commercial_partner_id, l.partner_id)
     WHERE m.property_community_id = %(community)s
       AND l.account_id IN (
            SELECT id FROM account_account WHERE account_type = 'asset_receivable')
       AND l.parent_state = 'posted'
       AND l.date <= %(as_of)s
       AND (l.date > %(previous)s OR l.reconciled IS NOT TRUE OR l.id IN (
            SELECT debit_move_id FROM account_partial_reconcile
             WHERE max_date > %(previous)s
             UNION
            SELECT credit_move_id FROM account_partial_reconcile
             WHERE max_date > %(previous)s))
"""

# What each reconciliation took off a line. Of a payment with a difference written off
# the difference is no money: its entry shows it on an income or expense account.
EFFECTS = f"""
    SELECT s.line_id, s.other_id, s.amount, s.max_date <= %(previous)s AS is_before,
           CASE WHEN s.max_date <= %(previous)s THEN 0
                WHEN s.is_money OR {IS_MONEY.format(move="o", journal="k")}
                THEN round(s.amount * (1 - coalesce(w.share, 0)), %(digits)s)
                ELSE 0 END AS money
      FROM (
            SELECT l.id AS line_id, l.is_money, r.amount, r.max_date,
                   r.credit_move_id AS other_id
              FROM line l
              JOIN account_partial_reconcile r ON r.debit_move_id = l.id
             WHERE r.max_date <= %(as_of)s
             UNION ALL
            SELECT l.id, l.is_money, -r.amount, r.max_date, r.debit_move_id
              FROM line l
              JOIN account_partial_reconcile r ON r.credit_move_id = l.id
             WHERE r.max_date <= %(as_of)s
           ) s
      JOIN account_move_line n ON n.id = s.other_id
      JOIN account_move o ON o.id = n.move_id
      JOIN account_journal k ON k.id = o.journal_id
 LEFT JOIN LATERAL (
            SELECT sum(x.balance) FILTER (
                       WHERE b.account_type LIKE 'income%%'
                          OR b.account_type LIKE 'expense%%')
                   / nullif(-sum(x.balance) FILTER (
                       WHERE b.account_type = 'asset_receivable'), 0) AS share
              FROM account_move_line x
              JOIN account_account b ON b.id = x.account_id
             WHERE x.move_id = o.id
           ) w ON o.origin_payment_id IS NOT NULL AND s.max_date > %(previous)s
"""

# One row per customer. ``earlier``: of a month before the year of the statement.
FIGURES = f"""
    WITH line AS ({LINES}),
         effect AS ({EFFECTS}),
         worked AS (
            SELECT l.*, l.month < %(year)s AS is_earlier,
                   coalesce(e.before, 0) AS before, coalesce(e.moved, 0) AS moved,
                   coalesce(e.money, 0) AS money,
                   round(l.balance - coalesce(e.before, 0) - coalesce(e.moved, 0), 6)
                       AS residual
              FROM line l
         LEFT JOIN (
                    SELECT line_id, sum(amount) FILTER (WHERE is_before) AS before,
                           sum(amount) FILTER (WHERE NOT is_before) AS moved,
                           sum(money) AS money
                      FROM effect GROUP BY line_id
                   ) e ON e.line_id = l.id)
    SELECT partner_id,
           coalesce(sum(balance - before) FILTER (WHERE NOT is_new), 0) AS opening,
           coalesce(sum(balance - before) FILTER (
               WHERE NOT is_new AND is_earlier), 0) AS opening_earlier,
           coalesce(sum(balance) FILTER (
               WHERE is_new AND is_bill AND NOT is_money), 0) AS billed,
           sum(money) - coalesce(sum(balance) FILTER (
               WHERE is_new AND is_money), 0) AS received,
           coalesce(sum(money) FILTER (
               WHERE is_new AND NOT is_money), 0) AS received_current,
           coalesce(sum(balance) FILTER (
               WHERE is_new AND NOT is_bill AND NOT is_money), 0)
               - sum(moved - money) AS adjusted,
           coalesce(sum(residual) FILTER (WHERE is_earlier), 0) AS closing_earlier,
           min(month) FILTER (WHERE residual > 0) AS date_from,
           max(month) FILTER (WHERE residual > 0) AS date_to,
           array_agg(DISTINCT unit_id) FILTER (
               WHERE residual != 0 AND unit_id IS NOT NULL) AS open_units,
           array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL) AS units
      FROM worked
  GROUP BY partner_id
"""

# The general ledger's word: residuals as Odoo keeps them, less what was matched since.
RESIDUALS = """
    line AS (
        SELECT l.id, l.amount_residual, l.account_id,
               c.commercial_partner_id AS partner_id
          FROM account_move_line l
          JOIN account_move m ON m.id = l.move_id
          JOIN res_partner c ON c.id = coalesce(m.commercial_partner_id, l.partner_id)
          JOIN account_account a ON a.id = l.account_id
         WHERE m.property_community_id = %(community)s
           AND a.account_type = 'asset_receivable'
           AND l.parent_state = 'posted'
           AND l.date <= %(as_of)s
           AND (l.reconciled IS NOT TRUE OR l.id IN (
                SELECT debit_move_id FROM account_partial_reconcile
                 WHERE max_date > %(as_of)s
                 UNION
                SELECT credit_move_id FROM account_partial_reconcile
                 WHERE max_date > %(as_of)s))),
    residual AS (
        SELECT partner_id, account_id, amount_residual AS amount
          FROM line WHERE amount_residual != 0
         UNION ALL
        SELECT l.partner_id, l.account_id, r.amount
          FROM account_partial_reconcile r
          JOIN line l ON l.id = r.debit_move_id
         WHERE r.max_date > %(as_of)s
         UNION ALL
        SELECT l.partner_id, l.account_id, -r.amount
          FROM account_partial_reconcile r
          JOIN line l ON l.id = r.credit_move_id
         WHERE r.max_date > %(as_of)s)
"""
LEDGER = f"""
    WITH {RESIDUALS}
    SELECT partner_id, sum(amount) FROM residual GROUP BY partner_id
"""

# What the statement before handed over.
HANDED_OVER = """
    SELECT l.partner_id, l.closing, l.closing_earlier,
           (SELECT array_agg(r.unit_id) FROM property_arrears_line_unit_rel r
             WHERE r.line_id = l.id)
      FROM property_arrears_line l
     WHERE l.statement_id = %(statement)s
       AND (l.closing != 0 OR l.closing_earlier != 0)
"""
