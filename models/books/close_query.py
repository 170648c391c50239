"""What a period close reads, for a whole community in sets.

The receivables are those of the arrears statement, split further; ``previous`` is the
last day before the month, ``as_of`` its own last day. Amounts are company currency.
"""

from ..collection.arrears_query import EFFECTS, LINES, RESIDUALS

# One row per receivable line that was open, came or was matched in the month.
# written_off, exchange: what was matched with entries that are no money.
LINE_FACTS = f"""
    WITH line AS ({LINES}),
         effect AS ({EFFECTS}),
         worked AS (
            SELECT e.line_id,
                   sum(e.amount) FILTER (WHERE e.is_before) AS before,
                   sum(e.amount) FILTER (WHERE NOT e.is_before) AS moved,
                   sum(e.money) AS money,
                   sum(e.amount - e.money) FILTER (WHERE s.is_entry AND NOT x.is_rate)
                       AS written_off,
                   sum(e.amount - e.money) FILTER (WHERE s.is_entry AND x.is_rate)
                       AS exchange
              FROM effect e
              JOIN account_move_line n ON n.id = e.other_id
              JOIN account_move o ON o.id = n.move_id
        CROSS JOIN LATERAL (
                    SELECT NOT e.is_before AND o.move_type = 'entry'
                           AND o.property_community_id IS DISTINCT FROM %(community)s
                   ) s (is_entry)
        CROSS JOIN LATERAL (
                    SELECT EXISTS (SELECT FROM account_partial_reconcile q
                                    WHERE q.exchange_move_id = o.id)
                   ) x (is_rate)
          GROUP BY e.line_id)
    SELECT l.id, y.move_id, y.account_id, u.building_id, l.date, l.is_new,
           l.is_bill, l.is_money, m.move_type = 'out_refund' AS is_refund,
           m.property_prepayment_id IS NOT NULL AS is_ahead,
           l.balance, coalesce(w.before, 0) AS before, coalesce(w.moved, 0) AS moved,
           coalesce(w.money, 0) AS money, coalesce(w.written_off, 0) AS written_off,
           coalesce(w.exchange, 0) AS exchange, m.name, l.partner_id
      FROM line l
      JOIN account_move_line y ON y.id = l.id
      JOIN account_move m ON m.id = y.move_id
 LEFT JOIN property_unit u ON u.id = l.unit_id
 LEFT JOIN worked w ON w.line_id = l.id
  ORDER BY l.id
"""

# The general ledger's own residuals.
LEDGER_BY_ACCOUNT = f"""
    WITH {RESIDUALS}
    SELECT account_id, sum(amount) FROM residual GROUP BY account_id
"""

# Journal items of what is paid ahead: of agreements of the community, and of none.
# Those of earlier months are added up.
ADVANCE_ITEMS = """
      FROM account_move_line n
      JOIN account_move m ON m.id = n.move_id
 LEFT JOIN property_prepayment a ON a.id = n.property_prepayment_id
 LEFT JOIN property_unit u ON u.id = coalesce(a.unit_id, m.property_unit_id)
     WHERE n.parent_state = 'posted'
       AND n.date <= %(as_of)s
       AND (a.community_id = %(community)s
            OR (a.id IS NULL
                AND m.property_community_id = %(community)s
                AND n.account_id IN (
                    SELECT account_id FROM account_move_line
                     WHERE property_prepayment_id IS NOT NULL
                     UNION
                    SELECT property_advance_account_id FROM res_company
                     WHERE id = %(company)s)))
"""
ADVANCES = f"""
    SELECT CASE WHEN n.date > %(previous)s THEN n.id END AS line_id,
           min(n.move_id), n.account_id, u.building_id,
           CASE WHEN a.id IS NULL THEN 'other'
                WHEN m.move_type != 'entry' OR m.property_ledger_import_id IS NOT NULL
                THEN 'invoiced' ELSE 'released' END AS kind,
           -sum(n.balance) AS amount, min(m.name), min(n.partner_id)
           {ADVANCE_ITEMS}
  GROUP BY 1, 3, 4, 5
"""

# Income: documents and the schedule of months paid ahead on one side, whatever was
# posted for the community on the other.
INCOME = """
    SELECT l.account_id,
           -coalesce(sum(l.balance) FILTER (
               WHERE m.move_type != 'entry' OR r.move_id IS NOT NULL), 0),
           -sum(l.balance)
      FROM account_move m
      JOIN account_move_line l ON l.move_id = m.id
      JOIN account_account a ON a.id = l.account_id
 LEFT JOIN (SELECT DISTINCT move_id FROM property_prepayment_line
             WHERE community_id = %(community)s AND move_id IS NOT NULL
           ) r ON r.move_id = m.id
     WHERE m.property_community_id = %(community)s
       AND m.state = 'posted'
       AND m.date > %(previous)s AND m.date <= %(as_of)s
       AND a.account_type LIKE 'income%%'
  GROUP BY l.account_id
"""
