"""Months paid ahead as the owner payment ledger 台賬 shows them. ``p`` is its month.

Read from the journal items of the liability: what an entry of the month released, in
company currency. With taxes it is that share of the agreement's total. A release counts
in the month of its entry's date, which is a later one where the books were locked.
"""

from ..billing.ledger_parts import UPTO_ABOVE

# On which accounts ``c`` such items stand.
IS_LIABILITY = "c.account_type LIKE 'liability%%'"

# Whose an item is: his contact as the agreement, or its invoice, names it; the items of
# an invoice name his company. After a carry what came before it stays the seller's.
PAYER = """
    CASE WHEN b.commercial_partner_id = t.commercial_partner_id THEN a.partner_id
         WHEN b.commercial_partner_id = o.commercial_partner_id THEN o.partner_id
         ELSE n.partner_id END
"""
OF_PAYER = """
      JOIN res_partner b ON b.id = n.partner_id
      JOIN res_partner t ON t.id = a.partner_id
 LEFT JOIN account_move o ON o.id = a.move_id
"""

# released: of each agreement what the month's entries took off the liability.
RELEASED = f"""
    SELECT r.prepayment_id, {PAYER} AS partner_id, sum(n.balance) AS net,
           CASE WHEN count(DISTINCT r.move_id) = 1 THEN min(r.move_id) END AS move_id
      FROM (
            SELECT DISTINCT l.prepayment_id, l.move_id
              FROM account_move v
              JOIN property_prepayment_line l ON l.move_id = v.id
             WHERE v.property_community_id = p.community_id
               AND v.date BETWEEN p.period AND p.last_day
               AND v.state = 'posted'
           ) r
      JOIN account_move_line n
        ON n.move_id = r.move_id AND n.property_prepayment_id = r.prepayment_id
      JOIN account_account c
        ON c.id = n.account_id AND {IS_LIABILITY}
      JOIN property_prepayment a ON a.id = r.prepayment_id {OF_PAYER}
  GROUP BY 1, 2
"""

CONSUMED = f"""
    SELECT s.item_id + (s.payer - 1) * (1::bigint << 27) AS key,
           s.unit_id AS unit_key, s.partner_id, s.fee_item_id, s.sequence,
           s.move_id, s.quantity, s.price_unit, s.factor,
           round(s.gross * s.upto, p.digits) - round(s.gross * s.above, p.digits)
               AS consumed
      FROM (
            SELECT d.*,
                   {UPTO_ABOVE}
              FROM (
                    SELECT i.id AS item_id, a.unit_id, r.partner_id, i.fee_item_id,
                           f.sequence, r.move_id, i.quantity, i.price_unit, i.factor,
                           round(r.net * coalesce(
                               a.amount_total / nullif(a.amount, 0), 1), p.digits)
                               AS gross,
                           i.amount AS weight,
                           dense_rank() OVER (
                               PARTITION BY a.id ORDER BY r.partner_id) AS payer,
                           sum(i.amount) OVER w AS whole,
                           count(*) OVER w AS places,
                           sum(i.amount) OVER o AS running,
                           row_number() OVER o AS place
                      FROM ({RELEASED}) r
                      JOIN property_prepayment a ON a.id = r.prepayment_id
                      JOIN property_prepayment_item i ON i.prepayment_id = a.id
                      JOIN property_fee_item f ON f.id = i.fee_item_id
                    WINDOW w AS (PARTITION BY a.id, r.partner_id),
                           o AS (PARTITION BY a.id, r.partner_id
                                 ORDER BY f.sequence, i.id
                                 ROWS UNBOUNDED PRECEDING)
                   ) d
           ) s
"""

# What is over has nothing left on the account, unless something came later.
BALANCES = f"""
    SELECT min(n.id)::bigint AS key, a.unit_id AS unit_key, {PAYER} AS partner_id,
           -sum(n.balance) AS amount
      FROM property_prepayment a
      JOIN account_move_line n ON n.property_prepayment_id = a.id
      JOIN account_account c
        ON c.id = n.account_id AND {IS_LIABILITY}
           {OF_PAYER}
     WHERE a.community_id = p.community_id
       AND n.parent_state = 'posted'
       AND n.date <= p.last_day
       AND (a.state IN ('running', 'cancelled') OR EXISTS (
            SELECT FROM account_move_line z
             WHERE z.property_prepayment_id = a.id AND z.date > p.last_day))
  GROUP BY 2, 3
    HAVING sum(n.balance) != 0
"""
