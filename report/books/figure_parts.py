"""The figures of months (procedure, section 6) as SQL, told apart as
``property.figure`` does. ``p`` is the month: community_id, company_id, currency_id,
digits, zone, month, period (where it begins, that of ``OF_YEAR`` in January), last_day
(of the running month today).

Charges, money, consumed prepayments and arrears are those of the owner payment ledger,
units those of the occupancy report, what is due that of the arrears statement.
"""

from ..billing.ledger_parts import CHARGES, EFFECTS, LINES, MATCHES
from ..billing.ledger_query import ROWS
from ..collection.property_occupancy_rate import LIVED

MONTHS = """
    SELECT m.community_id, c.company_id, k.currency_id, y.decimal_places AS digits,
           m.month, date_trunc(%(since)s, m.month)::date AS period, m.last_day, m.zone,
           0 AS ledger_run_id
      FROM unnest(%(communities)s::int[], %(months)s::date[], %(days)s::date[],
                  %(zones)s::text[]) m (community_id, month, last_day, zone)
      JOIN property_community c ON c.id = m.community_id
      JOIN res_company k ON k.id = c.company_id
      JOIN res_currency y ON y.id = k.currency_id
"""

# What can be paid ahead is what comes every month alike.
CHARGED = f"""
    WITH part AS MATERIALIZED (
        SELECT r.unit_id, r.building_id, u.unit_type, r.fee_item_id,
               r.receivable - r.waived + r.waived_arrears AS charged,
               r.received + r.consumed AS applied, r.consumed
          FROM ({ROWS}) r
     LEFT JOIN property_unit u ON u.id = r.unit_id)
    SELECT r.building_id, r.unit_type, r.fee_item_id,
           sum(r.charged) AS charged, sum(r.applied) AS applied,
           sum(r.consumed) AS consumed,
           sum(12 * r.charged) FILTER (WHERE f.basis IN ('area', 'fixed'))
               AS charged_next,
           NULL::int AS units_charged, NULL::int AS units_paid
      FROM part r
 LEFT JOIN property_fee_item f ON f.id = r.fee_item_id
  GROUP BY 1, 2, 3
    HAVING sum(r.charged) != 0 OR sum(r.applied) != 0 OR sum(r.consumed) != 0
     UNION ALL
    SELECT h.building_id, h.unit_type, NULL, NULL, NULL, NULL, NULL,
           count(*), count(*) FILTER (WHERE h.applied >= h.charged)
      FROM (
            SELECT r.unit_id, r.building_id, r.unit_type,
                   sum(r.charged) AS charged, sum(r.applied) AS applied
              FROM part r
             WHERE r.unit_id IS NOT NULL
          GROUP BY 1, 2, 3
            HAVING sum(r.charged) > 0
           ) h
  GROUP BY 1, 2
"""

# ``p`` of this one begins with the year.
OF_YEAR = f"""
    SELECT r.building_id, u.unit_type, r.fee_item_id,
           sum(r.receivable - r.waived + r.waived_arrears) AS charged_ytd,
           sum(r.received + r.consumed) AS applied_ytd
      FROM ({ROWS}) r
 LEFT JOIN property_unit u ON u.id = r.unit_id
  GROUP BY 1, 2, 3
    HAVING sum(r.receivable - r.waived + r.waived_arrears) != 0
        OR sum(r.received + r.consumed) != 0
"""

# Whose case the arrears of a customer are. There is one case for good.
CASE_OF = """
 LEFT JOIN property_collection_case k
        ON k.partner_id = {partner} AND k.community_id = p.community_id
"""

# The last contact that reached the customer, up to 60 days before the receipt.
CHANNEL_OF = """
 LEFT JOIN LATERAL (
            SELECT t.channel
              FROM property_contact t
             WHERE t.partner_id = o.commercial_partner_id
               AND t.community_id = p.community_id
               AND t.void_reason IS NULL
               AND t.outcome NOT IN ('no_answer', 'wrong_number')
               AND (t.date AT TIME ZONE 'UTC' AT TIME ZONE p.zone)::date
                   BETWEEN e.max_date - 60 AND e.max_date
          ORDER BY t.date DESC, t.id DESC
             LIMIT 1
           ) n ON TRUE
"""

# Invoices of agreements to pay ahead are none.
RECOVERED = f"""
    WITH charge AS ({CHARGES}),
         own AS (
            SELECT DISTINCT c.move_id FROM charge c WHERE c.move_id IS NOT NULL),
         line AS ({LINES}),
         match AS ({MATCHES}),
         effect AS ({EFFECTS.replace(f"({MATCHES})", "match")}),
         old AS (
            SELECT l.id, l.unit_key, l.balance, m.commercial_partner_id
              FROM line l
              JOIN account_move m ON m.id = l.move_id
             WHERE NOT l.is_current AND NOT l.is_ahead)
    SELECT u.building_id, u.unit_type, k.user_id AS collector_id, k.reason, x.channel,
           sum(x.opening) AS arrears_opening, sum(x.recovered) AS arrears_recovered
      FROM (
            SELECT o.unit_key, o.commercial_partner_id, NULL AS channel,
                   o.balance - coalesce(e.before, 0) AS opening, 0 AS recovered
              FROM old o
         LEFT JOIN effect e ON e.line_id = o.id
             UNION ALL
            SELECT o.unit_key, o.commercial_partner_id, n.channel, 0, e.amount
              FROM old o
              JOIN match e ON e.line_id = o.id
                   {CHANNEL_OF}
             WHERE e.is_money AND e.max_date >= p.period
           ) x
           {CASE_OF.format(partner="x.commercial_partner_id")}
 LEFT JOIN property_unit u ON u.id = x.unit_key
  GROUP BY 1, 2, 3, 4, 5
    HAVING sum(x.opening) != 0 OR sum(x.recovered) != 0
"""

# Money for months of the next year. Of an agreement their share of it; one taken
# over from an older system was paid there.
NEXT_YEAR = f"""
    WITH next AS (
        SELECT a.id, a.unit_id,
               sum(l.amount) FILTER (
                   WHERE l.month BETWEEN y.first AND y.last) / nullif(sum(l.amount), 0)
                   AS share,
               a.is_opening, a.amount_total
          FROM property_prepayment a
          JOIN property_prepayment_line l ON l.prepayment_id = a.id
    CROSS JOIN LATERAL (
                SELECT date_trunc('year', p.period) + interval '1 year',
                       date_trunc('year', p.period) + interval '2 years - 1 day'
               ) y (first, last)
         WHERE a.community_id = p.community_id AND a.date_to >= y.first
           AND a.state IN ('running', 'done')
      GROUP BY a.id
    ), line AS (
        SELECT l.id, next.unit_id, next.share
          FROM next
          JOIN account_move m ON m.property_prepayment_id = next.id
          JOIN account_move_line l ON l.move_id = m.id
          JOIN account_account c ON c.id = l.account_id
         WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_refund')
           AND c.account_type = 'asset_receivable' AND l.date <= p.last_day
         UNION ALL
        SELECT l.id, m.property_unit_id, 1
          FROM account_move m
          JOIN account_move_line l ON l.move_id = m.id
          JOIN account_account c ON c.id = l.account_id
         WHERE m.property_community_id = p.community_id
           AND m.property_prepayment_id IS NULL AND m.state = 'posted'
           AND m.move_type IN ('out_invoice', 'out_refund')
           AND m.property_period >= date_trunc('year', p.period) + interval '1 year'
           AND m.property_period < date_trunc('year', p.period) + interval '2 years'
           AND c.account_type = 'asset_receivable' AND l.date <= p.last_day
    )
    SELECT u.building_id, u.unit_type, round(sum(x.amount), p.digits) AS prepaid_next
      FROM (
            SELECT l.unit_id, e.amount * l.share AS amount
              FROM line l
              JOIN ({MATCHES}) e ON e.line_id = l.id
             WHERE e.is_money
             UNION ALL
            SELECT next.unit_id, next.amount_total * next.share FROM next
             WHERE next.is_opening
           ) x
 LEFT JOIN property_unit u ON u.id = x.unit_id
  GROUP BY 1, 2
    HAVING sum(x.amount) != 0
"""

AGES = (  # months since the due date, its own month being the first
    ("age_1", 1, 1),
    ("age_2_3", 2, 3),
    ("age_4_6", 4, 6),
    ("age_7_12", 7, 12),
    ("age_1_2y", 13, 24),
    ("age_2_3y", 25, 36),
    ("age_over_3y", 37, 100_000),
)
AGED = ", ".join(
    f"sum(o.residual) FILTER (WHERE o.age BETWEEN {first} AND {last}) AS {name}"
    for name, first, last in AGES
)
# %(open)s: the open items on the last day, see ``property.collection.ledger``.
ARREARS = f"""
    SELECT u.building_id, u.unit_type, k.user_id AS collector_id, k.reason,
           sum(o.residual) AS arrears_closing,
           count(DISTINCT (o.unit_id, o.partner_id)) AS households_in_arrears,
           {AGED}
      FROM (
            SELECT i.*,
                   (date_part('year', p.last_day) - date_part('year', i.date_due)) * 12
                   + date_part('month', p.last_day) - date_part('month', i.date_due) + 1
                   AS age
              FROM (%(open)s) i (id, move_id, partner_id, community_id, unit_id, date,
                                 date_due, residual)
             WHERE i.date_due <= p.last_day AND round(i.residual, 6) > 0
           ) o
           {CASE_OF.format(partner="o.partner_id")}
 LEFT JOIN property_unit u ON u.id = o.unit_id
  GROUP BY 1, 2, 3, 4
"""

UNITS = f"""
    SELECT l.building_id, l.unit_type, l.total AS units_total,
           l.delivered AS units_delivered, l.occupied AS units_occupied,
           l.vacant AS units_vacant
      FROM ({LIVED}) l
"""

# Whoever took the promise or made the contact.
WORK = """
    SELECT k.building_id, NULL AS unit_type, r.user_id AS collector_id, k.reason,
           NULL AS channel, count(*) AS promises_due,
           count(*) FILTER (WHERE r.state = 'kept') AS promises_kept,
           NULL::bigint AS contacts, NULL::bigint AS cases_open,
           NULL::bigint AS moments_done, NULL::numeric AS moments_recovered
      FROM property_promise r
      JOIN property_collection_case k ON k.id = r.case_id
     WHERE k.community_id = p.community_id AND r.state != 'cancelled'
       AND r.date BETWEEN p.period AND p.last_day
  GROUP BY 1, 3, 4
     UNION ALL
    SELECT k.building_id, NULL, t.user_id, k.reason, t.channel, NULL, NULL, count(*),
           NULL, NULL, NULL
      FROM property_contact t
 LEFT JOIN property_collection_case k ON k.id = t.case_id
     WHERE t.community_id = p.community_id AND t.void_reason IS NULL
       AND (t.date AT TIME ZONE 'UTC' AT TIME ZONE p.zone)::date
           BETWEEN p.period AND p.last_day
  GROUP BY 1, 3, 4, 5
     UNION ALL
    SELECT k.building_id, NULL, k.user_id, k.reason, NULL, NULL, NULL, NULL, count(*),
           NULL, NULL
      FROM property_collection_case k
     WHERE k.community_id = p.community_id AND k.date_opened <= p.last_day
       AND (k.state != 'closed' OR k.date_closed > p.last_day)
  GROUP BY 1, 3, 4
     UNION ALL
    SELECT u.building_id, u.unit_type, s.user_id, NULL, NULL, NULL, NULL, NULL, NULL,
           count(*), sum(s.amount_settled)
      FROM property_moment s
      JOIN property_unit u ON u.id = s.unit_id
     WHERE s.community_id = p.community_id AND s.state = 'done'
       AND s.date BETWEEN p.period AND p.last_day
  GROUP BY 1, 2, 3
"""

PLACE = ("building_id", "unit_type")
WHOSE = (*PLACE, "collector_id", "reason")
# (query, its columns, since when)
OPEN = ("arrears_closing", "households_in_arrears")
RECOVERY = ("arrears_opening", "arrears_recovered")
BILLS = (
    "charged",
    "applied",
    "consumed",
    "charged_next",
    "units_charged",
    "units_paid",
)
PARTS = (
    (CHARGED, (*PLACE, "fee_item_id", *BILLS), "month"),
    (OF_YEAR, (*PLACE, "fee_item_id", "charged_ytd", "applied_ytd"), "year"),
    (RECOVERED, (*WHOSE, "channel", *RECOVERY), "month"),
    (NEXT_YEAR, (*PLACE, "prepaid_next"), "month"),
    (ARREARS, (*WHOSE, *OPEN, *(name for name, _first, _last in AGES)), "month"),
    (
        UNITS,
        (*PLACE, "units_total", "units_delivered", "units_occupied", "units_vacant"),
        "month",
    ),
    (
        WORK,
        (
            *WHOSE,
            "channel",
            "promises_due",
            "promises_kept",
            "contacts",
            "cases_open",
            "moments_done",
            "moments_recovered",
        ),
        "month",
    ),
)
