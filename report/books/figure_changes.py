"""What happened in each month of a community, as numbers to compare: whatever is added,
changed, matched, unmatched or deleted makes them others. One query for all."""

CHANGES = """
    SELECT x.community_id, x.month, string_agg(x.facts, '|' ORDER BY x.facts)
      FROM (
            SELECT m.property_community_id AS community_id,
                   date_trunc('month', l.date)::date AS month,
                   concat_ws(':', 'l', count(*), sum(l.balance),
                       sum(l.date_maturity - DATE '2000-01-01'),
                       sum(m.commercial_partner_id), sum(m.property_unit_id)) AS facts
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
             WHERE m.property_community_id = ANY(%(communities)s)
               AND m.state = 'posted'
               AND l.account_id IN (
                    SELECT id FROM account_account
                     WHERE account_type = 'asset_receivable')
          GROUP BY 1, 2
             UNION ALL
            SELECT m.property_community_id, date_trunc('month', r.max_date)::date,
                   concat_ws(':', 'r', count(*), sum(r.amount), sum(r.id))
              FROM account_partial_reconcile r
              JOIN account_move_line l ON l.id IN (r.debit_move_id, r.credit_move_id)
              JOIN account_move m ON m.id = l.move_id
             WHERE m.property_community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT c.community_id, c.period,
                   concat_ws(':', 'c', count(*), sum(c.amount), count(c.move_id))
              FROM property_charge c
             WHERE c.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT l.community_id, date_trunc('month', m.date)::date,
                   concat_ws(':', 'p', count(*), sum(l.amount))
              FROM property_prepayment_line l
              JOIN account_move m ON m.id = l.move_id
             WHERE l.community_id = ANY(%(communities)s) AND m.state = 'posted'
          GROUP BY 1, 2
             UNION ALL
            SELECT u.community_id,
                   date_trunc('month', coalesce(u.handover_date, DATE '1900-01-01'))
                       ::date,
                   concat_ws(':', 'u', count(*), sum(hashtext(concat_ws(':',
                       u.id, u.building_id, u.unit_type, u.active))::bigint))
              FROM property_unit u
             WHERE u.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT o.community_id,
                   date_trunc('month', coalesce(d.day, DATE '1900-01-01'))::date,
                   concat_ws(':', 'o', count(*), sum(hashtext(concat_ws(':',
                       o.unit_id, o.status, d.day))::bigint))
              FROM property_unit_occupancy o
        CROSS JOIN unnest(ARRAY[o.date_from, o.date_to]) d (day)
             WHERE o.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT t.community_id,
                   date_trunc('month', t.date - interval '14 hours')::date,
                   concat_ws(':', 't', count(*), count(t.void_reason))
              FROM property_contact t
             WHERE t.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT r.community_id, date_trunc('month', r.date)::date,
                   concat_ws(':', 'm', count(*), sum(hashtext(r.state)::bigint))
              FROM property_promise r
             WHERE r.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
             UNION ALL
            SELECT s.community_id, date_trunc('month', s.date)::date,
                   concat_ws(':', 's', count(*), sum(s.amount_settled))
              FROM property_moment s
             WHERE s.community_id = ANY(%(communities)s) AND s.state = 'done'
          GROUP BY 1, 2
             UNION ALL
            -- Whose a case is and why it is not paid is known as of today only.
            SELECT k.community_id, date_trunc('month', %(today)s::date)::date,
                   concat_ws(':', 'k', count(*), sum(hashtext(concat_ws(':', k.id,
                       k.user_id, k.reason, k.state, k.building_id))::bigint))
              FROM property_collection_case k
             WHERE k.community_id = ANY(%(communities)s)
          GROUP BY 1, 2
           ) x
  GROUP BY 1, 2
  ORDER BY 1, 2
"""
# The first month of which there is anything to tell.
FIRST = """
    SELECT x.community_id, date_trunc('month', min(x.day))::date
      FROM (
            SELECT m.property_community_id AS community_id, min(m.date) AS day
              FROM account_move m
             WHERE m.property_community_id = ANY(%(communities)s)
               AND m.state = 'posted'
          GROUP BY 1
             UNION ALL
            SELECT r.community_id, min(r.period)
              FROM property_billing_run r
             WHERE r.community_id = ANY(%(communities)s)
          GROUP BY 1
           ) x
  GROUP BY 1
"""
