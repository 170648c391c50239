"""What a period close reads of the money: see ``close_query``."""

# Money taken for the community: payments, voided ones, handovers and bank transfers
# matched without a payment, as the documents say, and the journal items of their
# entries on the same accounts. Cash in another currency is worth what it was when it
# was taken; what is missing or too much, the mean of it.
MONEY_MONTH = """
    WITH payment AS (
            SELECT p.move_id, p.outstanding_account_id AS account_id,
                   p.amount_company_currency_signed AS amount, p.property_handover_id,
                   m.date
              FROM account_payment p
              JOIN account_move m ON m.id = p.move_id AND m.state = 'posted'
             WHERE p.property_community_id = %(community)s
               AND p.outstanding_account_id IS NOT NULL
               AND m.date <= %(as_of)s),
         void AS (
            SELECT v.id AS move_id, p.account_id, -p.amount AS amount, v.date
              FROM payment p
              JOIN account_move v
                ON v.reversed_entry_id = p.move_id AND v.state = 'posted'),
         handover AS (
            SELECT h.id, h.move_id, j.default_account_id AS account_id,
                   t.balance + round(CASE WHEN h.amount_total = 0 THEN 1
                                          ELSE t.balance / h.amount_total END
                                     * (h.amount_received - h.amount_total),
                                     %(digits)s) AS amount, m.date
              FROM property_cash_handover h
              JOIN account_move m ON m.id = h.move_id AND m.state = 'posted'
              JOIN account_journal j ON j.id = h.journal_id
        CROSS JOIN LATERAL (
                    SELECT coalesce(sum(p.amount), 0) AS balance
                      FROM payment p WHERE p.property_handover_id = h.id
                   ) t
             WHERE h.community_id = %(community)s),
         transfer AS (
            SELECT s.move_id, j.default_account_id AS account_id, m.date,
                   CASE WHEN coalesce(j.currency_id, c.currency_id) = c.currency_id
                        THEN s.amount ELSE l.balance END AS amount
              FROM account_bank_statement_line s
              JOIN account_move m ON m.id = s.move_id AND m.state = 'posted'
              JOIN account_journal j ON j.id = m.journal_id
              JOIN res_company c ON c.id = m.company_id
              JOIN account_move_line l
                ON l.move_id = m.id AND l.account_id = j.default_account_id
             WHERE s.property_bank_community_id = %(community)s),
         document AS (
            SELECT move_id, account_id, amount, date FROM payment
             UNION ALL
            SELECT move_id, account_id, amount, date FROM void
             UNION ALL
            SELECT move_id, account_id, amount, date FROM handover
             UNION ALL
            SELECT move_id, account_id, amount, date FROM transfer
             UNION ALL
            SELECT h.move_id, p.account_id, -p.amount, h.date
              FROM handover h JOIN payment p ON p.property_handover_id = h.id),
         month AS (
            SELECT * FROM document WHERE date > %(previous)s AND date <= %(as_of)s)
"""
MONEY = f"""
    {MONEY_MONTH},
         posted AS (
            SELECT l.account_id, l.balance
              FROM account_move_line l
             WHERE (l.move_id, l.account_id) IN (
                    SELECT move_id, account_id FROM month))
    SELECT account_id, sum(ours), sum(ledger)
      FROM (SELECT account_id, amount AS ours, 0 AS ledger FROM month
             UNION ALL
            SELECT account_id, 0, balance FROM posted) x
  GROUP BY account_id
"""

# Entries of the month by hand that name no community, on the receivable accounts and in
# the cash of the community: what is not matched. No document and no close has them.
BY_HAND = """
    SELECT l.account_id, 0, sum(l.balance - coalesce(t.amount, 0))
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
 LEFT JOIN account_move o ON o.id = m.reversed_entry_id
CROSS JOIN LATERAL (
            SELECT sum(CASE WHEN r.debit_move_id = l.id THEN r.amount
                            ELSE -r.amount END) AS amount
              FROM account_partial_reconcile r
             WHERE (r.debit_move_id = l.id OR r.credit_move_id = l.id)
               AND r.max_date <= %(as_of)s
           ) t
     WHERE l.parent_state = 'posted' AND l.company_id = %(company)s
       AND l.date > %(previous)s AND l.date <= %(as_of)s
       AND m.move_type = 'entry' AND m.property_community_id IS NULL
       AND m.origin_payment_id IS NULL AND m.statement_line_id IS NULL
       AND o.origin_payment_id IS NULL
       AND m.id NOT IN (SELECT move_id FROM property_cash_handover
                         WHERE move_id IS NOT NULL)
       AND (l.account_id IN %(accounts)s OR l.account_id IN (
            SELECT j.default_account_id
              FROM account_journal j
             WHERE j.type = 'cash' AND j.id IN (
                    SELECT journal_id FROM account_payment
                     WHERE property_community_id = %(community)s
                     UNION
                    SELECT journal_id FROM property_cash_handover
                     WHERE community_id = %(community)s)))
  GROUP BY l.account_id
"""

# Cash of the staff; days are those of the community (``zone``). Opening and what comes
# and goes make up what is still held.
CASH = """
    SELECT r.user_id,
           coalesce(sum(d.amount) FILTER (
               WHERE d.was_valid AND r.is_cash AND r.date <= %(previous)s
                 AND coalesce(d.handed > %(previous)s, TRUE)), 0) AS opening,
           coalesce(sum(d.amount) FILTER (WHERE d.is_valid AND r.date > %(previous)s
                                            AND r.date <= %(as_of)s), 0) AS taken,
           coalesce(sum(d.amount) FILTER (
               WHERE d.is_valid AND r.is_cash AND r.date > %(previous)s), 0)
               AS taken_cash,
           coalesce(sum(d.amount) FILTER (
               WHERE d.is_valid AND r.is_cash AND d.handed > %(previous)s
                 AND d.handed <= %(as_of)s), 0) AS handed,
           coalesce(sum(d.amount) FILTER (
               WHERE d.was_valid AND NOT d.is_valid AND r.is_cash
                 AND r.date <= %(previous)s
                 AND coalesce(d.handed > %(previous)s, TRUE)), 0) AS voided,
           coalesce(sum(d.amount) FILTER (
               WHERE d.is_valid AND r.is_cash
                 AND coalesce(d.handed > %(as_of)s, TRUE)), 0) AS held,
           coalesce(sum(d.amount) FILTER (
               WHERE d.is_valid AND r.is_cash AND d.handed <= %(as_of)s
                 AND coalesce(d.confirmed > %(as_of)s, TRUE)), 0) AS unconfirmed
      FROM property_receipt r
 LEFT JOIN property_cash_handover h ON h.id = r.handover_id
 LEFT JOIN account_move m ON m.id = h.move_id AND m.state = 'posted'
CROSS JOIN LATERAL (
            SELECT (SELECT coalesce(sum(p.amount_company_currency_signed), 0)
                      FROM account_payment p WHERE p.property_receipt_id = r.id),
                   r.state != 'void' OR coalesce((r.voided_on AT TIME ZONE 'UTC'
                       AT TIME ZONE %(zone)s)::date > %(as_of)s, FALSE),
                   r.state != 'void' OR coalesce((r.voided_on AT TIME ZONE 'UTC'
                       AT TIME ZONE %(zone)s)::date > %(previous)s, FALSE),
                   CASE WHEN h.state IN ('handed', 'confirmed')
                        THEN (h.handed_on AT TIME ZONE 'UTC'
                              AT TIME ZONE %(zone)s)::date END,
                   m.date
           ) d (amount, is_valid, was_valid, handed, confirmed)
     WHERE r.community_id = %(community)s AND r.date <= %(as_of)s
  GROUP BY r.user_id
"""
