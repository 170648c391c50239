"""What stands in the owner payment ledger 台賬, as one SQL query.

``p`` is a month of a community with a billing run, ``x`` its rows. A condition on
community, month or run reaches ``p`` before ``x`` is worked out, so that the ledger of
one month costs what that month holds, however long the history.

What is billed for months ahead is no receivable of its month. It stands apart, as does
the money on it; the months themselves come in as they are consumed, from whoever keeps
such agreements (``more`` and ``balances``).
"""

from .ledger_parts import (
    ARREARS,
    BILLED,
    CHARGES,
    EFFECTS,
    INVOICES,
    LINES,
    MONTHS,
    OTHERS,
)

ENTRIES = """
    SELECT b.id::bigint AS key, b.run_id, b.unit_id AS unit_key, b.partner_id,
           b.fee_item_id, b.sequence, b.id AS charge_id,
           CASE WHEN b.is_invoiced THEN b.move_id END AS move_id,
           b.quantity, b.price_unit, b.factor, b.is_invoiced,
           b.receivable, 0 AS prepaid, b.waived, b.received, 0 AS received_prepaid,
           0 AS consumed, b.last_money
      FROM billed b
     UNION ALL
    SELECT (1::bigint << 31) + o.line_id, p.ledger_run_id, o.unit_key, o.partner_id,
           NULL, NULL, NULL, o.move_id, NULL, NULL, NULL, TRUE,
           o.receivable, o.prepaid, o.waived, o.received, o.received_prepaid, 0,
           o.last_money
      FROM other o
     UNION ALL
    SELECT (2::bigint << 31) + m.key, p.ledger_run_id, m.unit_key, m.partner_id,
           m.fee_item_id, m.sequence, NULL, m.move_id, m.quantity, m.price_unit,
           m.factor, TRUE, m.consumed, 0, 0, 0, 0, m.consumed, NULL
      FROM more m
"""

# ahead: payers of whom nothing else is to be told.
AHEAD = """
    SELECT (3::bigint << 31) + b.key, p.ledger_run_id, b.unit_key, b.partner_id,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, TRUE, 0, 0, 0, 0, 0, 0, NULL
      FROM balance b
     WHERE NOT EXISTS (
            SELECT FROM entry e
             WHERE e.unit_key = b.unit_key AND e.partner_id = b.partner_id)
"""

# Unit-level figures stand in the first row of unit and payer, so that columns add up.
ROWS = f"""
    WITH charge AS ({CHARGES}),
         own AS (
            SELECT DISTINCT c.move_id FROM charge c WHERE c.move_id IS NOT NULL),
         line AS ({LINES}),
         effect AS ({EFFECTS}),
         invoice AS ({INVOICES}),
         arrears AS ({ARREARS}),
         billed AS ({BILLED}),
         more AS (%(more)s),
         other AS ({OTHERS}),
         balance AS (%(balances)s),
         entry AS ({ENTRIES}),
         numbered AS (
            SELECT e.*, row_number() OVER (
                       PARTITION BY e.unit_key, e.partner_id
                       ORDER BY e.sequence NULLS LAST, e.fee_item_id, e.key) AS place
              FROM (SELECT * FROM entry UNION ALL {AHEAD}) e)
    SELECT e.key, e.run_id, u.id AS unit_id, u.building_id, u.owner_id, e.partner_id,
           t.phone, u.floor_area, u.handover_date, u.paid_through, u.note, u.sort_key,
           s.status AS occupancy_status,
           e.fee_item_id, e.charge_id, e.move_id, e.quantity, e.price_unit, e.factor,
           coalesce(a.opening, 0) AS opening,
           e.receivable, e.prepaid,
           e.waived + coalesce(a.waived, 0) AS waived,
           coalesce(a.waived, 0) AS waived_arrears,
           e.received,
           coalesce(a.received, 0) AS received_arrears,
           e.received_prepaid + coalesce(a.received_prepaid, 0) AS received_prepaid,
           e.consumed,
           coalesce(a.opening, 0) + e.receivable + e.prepaid
               - e.waived - coalesce(a.waived, 0)
               - e.received - coalesce(a.received, 0)
               - e.received_prepaid - coalesce(a.received_prepaid, 0)
               - e.consumed AS closing,
           coalesce(b.amount, 0) AS prepayment_balance,
           n.date AS received_date, n.journal_id, n.move_name AS received_ref,
           CASE WHEN NOT e.is_invoiced THEN 'to_invoice'
                WHEN g.billed - g.settled + g.opening - g.cleared <= 0 THEN 'paid'
                WHEN g.settled + g.cleared > 0 THEN 'partial'
                ELSE 'not_paid' END AS payment_state,
           CASE WHEN e.place = 1 AND u.paid_through > p.last_day
                THEN (date_part('year', age(u.paid_through + 1, p.period)) * 12
                      + date_part('month', age(u.paid_through + 1, p.period)))::int - 1
                END AS months_ahead,
           row_number() OVER (
               ORDER BY u.sort_key NULLS LAST, e.unit_key, e.partner_id, e.place
           ) AS position
      FROM numbered e
 LEFT JOIN arrears a
        ON e.place = 1 AND a.unit_key = e.unit_key AND a.partner_id = e.partner_id
 LEFT JOIN balance b
        ON e.place = 1 AND b.unit_key = e.unit_key AND b.partner_id = e.partner_id
CROSS JOIN LATERAL (
            SELECT e.receivable + e.prepaid,
                   e.waived + e.received + e.received_prepaid + e.consumed,
                   CASE WHEN e.receivable + e.prepaid = 0
                        THEN coalesce(a.opening, 0) ELSE 0 END,
                   CASE WHEN e.receivable + e.prepaid = 0
                        THEN coalesce(a.waived + a.received + a.received_prepaid, 0)
                        ELSE 0 END
           ) g (billed, settled, opening, cleared)
 LEFT JOIN property_unit u ON u.id = e.unit_key
 LEFT JOIN res_partner t ON t.id = e.partner_id
 LEFT JOIN property_unit_occupancy s
        ON s.unit_id = u.id
       AND coalesce(s.date_from <= least(p.last_day, current_date), TRUE)
       AND coalesce(s.date_to >= least(p.last_day, current_date), TRUE)
 LEFT JOIN account_move_line n
        ON n.id = (greatest(e.last_money, a.last_money))[2]
"""

# A row's number carries its month's run in front, so that it leads back to ``p``.
KEY_BITS = 33
LEDGER = f"""
    SELECT (p.ledger_run_id::bigint << {KEY_BITS}) + x.key AS id, p.ledger_run_id,
           p.community_id, p.company_id, p.currency_id, p.period, p.is_latest,
           x.*
      FROM ({MONTHS}) p
CROSS JOIN LATERAL ({ROWS}) x
"""

# more: fees of the month that were paid for before. ``key`` is below 2 ** 31.
NO_MORE = """
    SELECT 0::bigint AS key, 0 AS unit_key, 0 AS partner_id, 0 AS fee_item_id,
           0 AS sequence, 0 AS move_id, 0.0 AS quantity, 0.0 AS price_unit,
           0.0 AS factor, 0.0 AS consumed
     WHERE FALSE
"""
# balance: what is paid for months that come after this one.
NO_BALANCES = """
    SELECT 0::bigint AS key, 0 AS unit_key, 0 AS partner_id, 0.0 AS amount WHERE FALSE
"""
