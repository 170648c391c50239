"""The rows of a ledger for the workbook: values ready to write, in chunks."""

from odoo.tools import SQL

CHUNK = 2000

# One row of the ledger with names instead of numbers, and dates as a spreadsheet
# counts them. The order is that of ``COLUMNS``.
ROWS = """
    SELECT b.name, u.name, o.name, p.name, l.phone, l.floor_area, %(status)s,
           l.handover_date - DATE '1899-12-30',
           %(item)s, l.quantity, l.price_unit, l.factor,
           l.paid_through - DATE '1899-12-30', l.months_ahead,
           l.opening, l.receivable, l.prepaid, l.waived, l.received,
           l.received_date - DATE '1899-12-30', %(journal)s, l.received_ref,
           l.received_arrears, l.received_prepaid, l.consumed, l.closing,
           l.prepayment_balance, %(payment_state)s, m.name, l.note
      FROM (%(ledger)s) l
 LEFT JOIN property_building b ON b.id = l.building_id
 LEFT JOIN property_unit u ON u.id = l.unit_id
 LEFT JOIN res_partner o ON o.id = l.owner_id
 LEFT JOIN res_partner p ON p.id = l.partner_id
 LEFT JOIN property_fee_item f ON f.id = l.fee_item_id
 LEFT JOIN account_journal j ON j.id = l.journal_id
 LEFT JOIN account_move m ON m.id = l.move_id
  ORDER BY l.position
"""
COLUMNS = (
    ("building_id", "text"),
    ("unit_id", "text"),
    ("owner_id", "text"),
    ("partner_id", "text"),
    ("phone", "text"),
    ("floor_area", "number"),
    ("occupancy_status", "text"),
    ("handover_date", "date"),
    ("fee_item_id", "text"),
    ("quantity", "number"),
    ("price_unit", "number"),
    ("factor", "number"),
    ("paid_through", "date"),
    ("months_ahead", "count"),
    ("opening", "money"),
    ("receivable", "money"),
    ("prepaid", "money"),
    ("waived", "money"),
    ("received", "money"),
    ("received_date", "date"),
    ("journal_id", "text"),
    ("received_ref", "text"),
    ("received_arrears", "money"),
    ("received_prepaid", "money"),
    ("consumed", "money"),
    ("closing", "money"),
    ("prepayment_balance", "money"),
    ("payment_state", "text"),
    ("move_id", "text"),
    ("note", "long"),
)
FROZEN = 2  # building and unit stay in sight


def ledger_rows(env, domain):
    """Chunks of rows of the ledger that ``env``'s user may read."""
    ledger = env["property.ledger.line"]
    labels = ledger.fields_get(["occupancy_status", "payment_state"], ["selection"])
    found = ledger._search(domain)
    query = SQL(
        ROWS,
        ledger=found.select(SQL("%s.*", SQL.identifier(ledger._table))),
        status=_labelled("occupancy_status", labels),
        payment_state=_labelled("payment_state", labels),
        item=_translated(env, "f"),
        journal=_translated(env, "j"),
    )
    return fetched(env, query)


def fetched(env, query):
    """The rows of a query in chunks, of one query at a time.

    The cursor lives in the database: memory does not grow with the rows, and the number
    of queries only with the chunks.
    """
    env.execute_query(SQL("DECLARE property_rows NO SCROLL CURSOR FOR %s", query))
    fetch = SQL("FETCH FORWARD %s FROM property_rows", CHUNK)
    while rows := env.execute_query(fetch):
        yield rows
    env.execute_query(SQL("CLOSE property_rows"))


def _labelled(name, labels):
    cases = SQL(" ").join(
        SQL("WHEN %s THEN %s", key, label) for key, label in labels[name]["selection"]
    )
    return SQL("CASE %s %s END", SQL.identifier("l", name), cases)


def _translated(env, alias):
    name = SQL.identifier(alias, "name")
    return SQL("coalesce(%s->>%s, %s->>'en_US')", name, env.lang or "en_US", name)
