"""Payments matched with nothing: those that name a community, and those that do not."""

from collections import defaultdict

from odoo.tools import SQL

# Entries of payments and bank transfers that name a community.
NAMED = """
    SELECT n.id, coalesce(p.property_community_id, s.property_bank_community_id)
               AS community_id
      FROM account_move n
 LEFT JOIN account_payment p ON p.id = n.origin_payment_id
 LEFT JOIN account_bank_statement_line s ON s.id = n.statement_line_id
     WHERE n.property_community_id IS NULL
       AND coalesce(p.property_community_id, s.property_bank_community_id) IS NOT NULL
"""
# By account, what is open of them: by what they were matched with until the day, and
# by Odoo's own residuals, less what was matched since.
UNAPPLIED = f"""
    WITH named AS ({NAMED}),
         line AS (
            SELECT l.id, l.account_id, l.balance, l.amount_residual
              FROM named n
              JOIN account_move_line l ON l.move_id = n.id
              JOIN account_account a ON a.id = l.account_id
             WHERE n.community_id = %(community)s
               AND a.account_type = 'asset_receivable'
               AND l.parent_state = 'posted' AND l.date <= %(day)s)
    SELECT l.account_id, sum(l.balance - coalesce(t.before, 0)),
           sum(l.amount_residual + coalesce(t.later, 0))
      FROM line l
 LEFT JOIN (
            SELECT x.id, sum(x.amount) FILTER (WHERE x.day <= %(day)s) AS before,
                   sum(x.amount) FILTER (WHERE x.day > %(day)s) AS later
              FROM (
                    SELECT i.id, r.amount, r.max_date AS day
                      FROM line i
                      JOIN account_partial_reconcile r ON r.debit_move_id = i.id
                     UNION ALL
                    SELECT i.id, -r.amount, r.max_date
                      FROM line i
                      JOIN account_partial_reconcile r ON r.credit_move_id = i.id
                   ) x
          GROUP BY x.id
           ) t ON t.id = l.id
  GROUP BY l.account_id
"""
UNNAMED = f"""
    m.property_community_id IS NULL AND m.company_id = %(company)s
    AND (l.balance < 0 OR m.origin_payment_id IS NOT NULL)
    AND m.id NOT IN (SELECT id FROM ({NAMED}) named)
"""


def unapplied_ties(rows):
    """[(account, our figure, the ledger's)] at the end of the month

    :param rows: the ``CloseRows`` that ask
    """
    return rows.query(UNAPPLIED, day=rows.values["as_of"])


def unapplied(rows, day):
    """What was received and is matched with nothing, positive: where a payment names
    its community there, else where its customer owes."""
    named = -sum(ours for _account, ours, _ledger in rows.query(UNAPPLIED, day=day))
    return named + sum(_unnamed(rows, day).values())


def _unnamed(rows, day):
    ledger = rows.env["property.collection.ledger"]
    company = rows.values["company"]
    credits = defaultdict(float)
    for item in ledger._items(SQL(UNNAMED, company=company), day):
        credits[item.partner_id] -= item.residual
    credits = {partner: sum_ for partner, sum_ in credits.items() if sum_ > 0}
    if not credits:
        return {}
    communities = rows.env["property.community"].with_context(active_test=False)
    siblings = communities.search([("company_id", "=", company)])
    owing = rows.env["res.partner"].browse(credits)
    items = ledger._open_items(siblings, owing, day)
    return ledger._shares(items, credits, rows.community.id)
