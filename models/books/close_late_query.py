"""What entered the books after the close before was worked out, dated in or before its
month, for a whole community in sets.

``close`` is the close before, ``previous`` its last day and ``period`` the month after
it; ``first`` is the first day of the community's first close and ``line`` the last
journal item that there was when a close was worked out.
"""

from .close_query import ADVANCE_ITEMS

# What stood open at the close before.
THEN = """
    SELECT line_key, amount, balance, move_id, move_name, partner_id
      FROM property_period_close_item
     WHERE close_id = %(close)s AND section = 'arrears'
"""

# Journal items of advances that no close has seen as they are now.
LATE_ADVANCES = f"""
    WITH seen AS (
            SELECT DISTINCT ON (line_key) line_key, amount, move_id, move_name,
                   partner_id
              FROM property_period_close_item
             WHERE community_id = %(community)s AND section = 'advance'
               AND period < %(period)s
          ORDER BY line_key, period DESC),
         now AS (
            SELECT n.id, n.move_id, u.building_id, -n.balance AS amount
                   {ADVANCE_ITEMS}
               AND (n.date >= %(first)s OR n.id > %(line)s))
    SELECT coalesce(n.id, s.line_key), n.id IS NOT NULL, coalesce(n.move_id, s.move_id),
           s.move_name, s.partner_id, n.building_id, coalesce(n.amount, 0),
           coalesce(n.amount, 0) - coalesce(s.amount, 0)
      FROM now n
 FULL JOIN seen s ON s.line_key = n.id
     WHERE coalesce(n.amount, 0) != coalesce(s.amount, 0)
  ORDER BY 1
"""

# Of lines: what they are, and whether a close has seen them.
LATE_LINES = """
    SELECT l.id, l.move_id, m.name, l.partner_id, u.building_id, m.move_type, l.date,
           m.create_uid, m.create_date, l.balance, l.parent_state = 'posted',
           l.id > %(line)s
           OR (l.date >= %(first)s AND NOT EXISTS (
                SELECT FROM property_period_close_item i
                 WHERE i.line_key = l.id AND i.community_id = %(community)s
                   AND i.period < %(period)s)),
           m.property_community_id IS DISTINCT FROM %(community)s,
           m.write_uid, m.write_date
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
 LEFT JOIN property_unit u ON u.id = m.property_unit_id
     WHERE l.id IN %(lines)s
"""

# What they were matched with after the close, as of before its end.
LATE_MATCHES = """
    SELECT s.line_id, o.id, o.name, s.amount, s.max_date, s.create_uid, s.create_date,
           n.id > %(line)s, o.move_type
      FROM (
            SELECT debit_move_id AS line_id, credit_move_id AS other_id, -amount AS
                   amount, max_date, create_uid, create_date
              FROM account_partial_reconcile
             WHERE debit_move_id IN %(lines)s AND id > %(partial)s
               AND max_date <= %(previous)s
             UNION ALL
            SELECT credit_move_id, debit_move_id, amount, max_date, create_uid,
                   create_date
              FROM account_partial_reconcile
             WHERE credit_move_id IN %(lines)s AND id > %(partial)s
               AND max_date <= %(previous)s
           ) s
      JOIN account_move_line n ON n.id = s.other_id
      JOIN account_move o ON o.id = n.move_id
  ORDER BY s.line_id, o.id
"""

# What was undone since.
LATE_UNDONE = """
    SELECT line_key, move_id, move_name, sum(amount), max(date), min(create_uid),
           max(create_date)
      FROM property_period_close_undone
     WHERE line_key IN %(lines)s AND id > %(undone)s AND date <= %(previous)s
       AND partial_key <= %(partial)s
  GROUP BY line_key, move_id, move_name
"""
