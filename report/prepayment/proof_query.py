"""The proof 預收核對: what was invoiced ahead less what was released is what stands on
the liability account, at the end of any day.

Two records of the same thing are held against each other: documents and the schedule of
months on one side, the journal items of the account on the other. Everything is read in
sets. Amounts are company currency, those named ``currency`` the agreement's.
"""

# item: what the books say of each agreement. A document is what raised the liability:
# an invoice, a credit note, the entry of an owner ledger.
ITEMS = """
    SELECT n.property_prepayment_id AS prepayment_id, n.account_id, n.company_id,
           -sum(n.balance) AS balance,
           -sum(n.amount_currency) AS balance_currency,
           -coalesce(sum(n.balance) FILTER (WHERE d.is_document), 0) AS invoiced,
           -coalesce(sum(n.amount_currency) FILTER (WHERE d.is_document), 0)
               AS invoiced_currency,
           -coalesce(sum(n.balance) FILTER (WHERE NOT d.is_document), 0) AS entered
      FROM account_move_line n
      JOIN account_move m ON m.id = n.move_id
CROSS JOIN LATERAL (
            SELECT m.move_type != 'entry' OR m.property_ledger_import_id IS NOT NULL
           ) d (is_document)
     WHERE n.property_prepayment_id IS NOT NULL
       AND n.parent_state = 'posted'
       AND n.date <= %(as_of)s
  GROUP BY n.property_prepayment_id, n.account_id, n.company_id
"""

# book: of an agreement that stands on several accounts the one on which most was moved.
BOOKS = """
    SELECT prepayment_id,
           (array_agg(account_id ORDER BY abs(invoiced) DESC, account_id))[1]
               AS account_id,
           sum(balance) AS balance, sum(balance_currency) AS balance_currency,
           sum(invoiced) AS invoiced, sum(invoiced_currency) AS invoiced_currency,
           sum(entered) AS entered
      FROM item
  GROUP BY prepayment_id
"""

# released: what the schedule says.
RELEASED = """
    SELECT l.prepayment_id, sum(l.amount) AS amount
      FROM property_prepayment_line l
      JOIN account_move m ON m.id = l.move_id
     WHERE m.state = 'posted' AND m.date <= %(as_of)s
  GROUP BY l.prepayment_id
"""

# A month of another currency is released at the rate of its invoice; what that came to
# in company currency only the entries know.
AGREEMENTS = """
    SELECT 2 * a.id::bigint AS id, a.id AS prepayment_id, a.unit_id, a.partner_id,
           a.community_id, a.company_id, b.account_id, k.currency_id,
           a.currency_id AS prepayment_currency_id, a.state, a.is_opening,
           a.date_from, a.date_to,
           b.invoiced, s.released, b.invoiced - s.released AS owed, 0 AS other,
           b.balance,
           round(b.invoiced - s.released - b.balance, 6) AS difference,
           b.invoiced_currency, coalesce(r.amount, 0) AS released_currency,
           b.invoiced_currency - coalesce(r.amount, 0) AS owed_currency,
           b.balance_currency,
           round(b.invoiced_currency - coalesce(r.amount, 0) - b.balance_currency, 6)
               AS difference_currency
      FROM property_prepayment a
      JOIN book b ON b.prepayment_id = a.id
      JOIN res_company k ON k.id = a.company_id
 LEFT JOIN released r ON r.prepayment_id = a.id
CROSS JOIN LATERAL (
            SELECT CASE WHEN a.currency_id = k.currency_id THEN coalesce(r.amount, 0)
                        ELSE -b.entered END
           ) s (released)
"""

# other: what stands on these accounts without an agreement.
OTHERS = """
    SELECT 2 * (o.account_id::bigint * 1000000 + coalesce(o.community_id, 0)) + 1,
           NULL, NULL, NULL, o.community_id, o.company_id, o.account_id, k.currency_id,
           k.currency_id, NULL, FALSE, NULL, NULL,
           0, 0, 0, o.balance, o.balance, 0, 0, 0, 0, 0, 0
      FROM (
            SELECT n.account_id, n.company_id, m.property_community_id AS community_id,
                   -sum(n.balance) AS balance
              FROM account_move_line n
              JOIN account_move m ON m.id = n.move_id
             WHERE n.property_prepayment_id IS NULL
               AND n.parent_state = 'posted'
               AND n.date <= %(as_of)s
               AND n.account_id IN (
                    SELECT account_id FROM item
                     UNION
                    SELECT property_advance_account_id FROM res_company)
          GROUP BY n.account_id, n.company_id, m.property_community_id
           ) o
      JOIN res_company k ON k.id = o.company_id
     WHERE o.balance != 0
"""

PROOF = f"""
    WITH item AS MATERIALIZED ({ITEMS}), book AS ({BOOKS}), released AS ({RELEASED})
    {AGREEMENTS} UNION ALL {OTHERS}
"""
