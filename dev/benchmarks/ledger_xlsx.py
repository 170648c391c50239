"""Owner payment ledger as XLSX, against xlsxwriter writing the same cells."""

import resource
import tempfile

import xlsxwriter

CLOSING = "=ROUND(O{0}+P{0}-Q{0}-R{0}-V{0},2)"
UNITS, ITEMS = 33_334, 3  # 100,002 rows

# Rows go in by SQL: making them properly would take longer than all benchmarks.
PARTNERS = """
    INSERT INTO res_partner (name, complete_name, phone, active, type, autopost_bills)
    SELECT 'Owner ' || n, 'Owner ' || n, '555' || lpad(n::text, 8, '0'), TRUE,
           'contact', 'ask'
      FROM generate_series(1, %(units)s) n
 RETURNING id"""
ESTATE = """
    INSERT INTO property_unit (name, building_id, community_id, company_id, unit_type,
                               floor_area, owner_id, occupancy_status, sort_key, active,
                               handover_date, apportion_key)
    SELECT lpad(n::text, 6, '0'), %(building)s, %(community)s, %(company)s,
           'residential', 60 + n %% 90, %(partner)s + n, 'owner_occupied',
           lpad(n::text, 6, '0'), TRUE, '2020-05-01', 1
      FROM generate_series(1, %(units)s) n;
    INSERT INTO property_unit_occupancy (unit_id, community_id, status)
    SELECT id, community_id, 'owner_occupied'
      FROM property_unit WHERE community_id = %(community)s"""
CHARGES = """
    INSERT INTO property_charge (run_id, community_id, company_id, currency_id, unit_id,
                                 building_id, sort_key, partner_id, fee_item_id, period,
                                 date_from, date_to, quantity, price_unit, months,
                                 factor, amount)
    SELECT %(run)s, %(community)s, %(company)s, %(currency)s, u.id, u.building_id,
           u.sort_key, u.owner_id, i.id, %(period)s, %(period)s,
           %(period)s::date + 27, u.floor_area, 2.8, 1, 1, round(u.floor_area * 2.8, 2)
      FROM property_unit u, property_fee_item i
     WHERE u.community_id = %(community)s AND i.id = ANY(%(items)s)"""
INVOICES = """
    INSERT INTO account_move (name, journal_id, company_id, currency_id, state,
                              move_type, auto_post, date, invoice_date, partner_id,
                              commercial_partner_id, property_community_id,
                              property_unit_id, property_period, property_run_id)
    SELECT 'B/' || %(period)s || '/' || u.name, %(sales)s, %(company)s, %(currency)s,
           'posted', 'out_invoice', 'no', %(period)s, %(period)s, u.owner_id,
           u.owner_id, %(community)s, u.id, %(period)s, %(run)s
      FROM property_unit u WHERE u.community_id = %(community)s;
    UPDATE property_charge c SET move_id = m.id
      FROM account_move m
     WHERE c.run_id = %(run)s AND m.property_run_id = %(run)s
       AND m.property_unit_id = c.unit_id;
    INSERT INTO account_move_line (move_id, journal_id, company_id, currency_id,
                                   company_currency_id, display_type, account_id,
                                   partner_id, date, parent_state, debit, credit,
                                   balance, amount_currency, price_total,
                                   property_charge_id)
    SELECT c.move_id, %(sales)s, %(company)s, %(currency)s, %(currency)s, 'product',
           %(income)s, c.partner_id, %(period)s, 'posted', 0, c.amount, -c.amount,
           -c.amount, c.amount, c.id
      FROM property_charge c WHERE c.run_id = %(run)s;
    INSERT INTO account_move_line (move_id, journal_id, company_id, currency_id,
                                   company_currency_id, display_type, account_id,
                                   partner_id, date, parent_state, debit, credit,
                                   balance, amount_currency, reconciled)
    SELECT c.move_id, %(sales)s, %(company)s, %(currency)s, %(currency)s,
           'payment_term', %(receivable)s, min(c.partner_id), %(period)s, 'posted',
           sum(c.amount), 0, sum(c.amount), sum(c.amount), c.move_id %% 4 != 0
      FROM property_charge c WHERE c.run_id = %(run)s GROUP BY c.move_id"""
# Three invoices of four are paid, on their 16th day.
PAYMENTS = """
    INSERT INTO account_move (name, ref, journal_id, company_id, currency_id, state,
                              move_type, auto_post, date, partner_id)
    SELECT 'BNK/' || m.name, m.id::text, %(bank)s, %(company)s, %(currency)s, 'posted',
           'entry', 'no', m.date + 15, m.partner_id
      FROM account_move m WHERE m.property_run_id = %(run)s AND m.id %% 4 != 0;
    INSERT INTO account_move_line (move_id, move_name, journal_id, company_id,
                                   currency_id, company_currency_id, display_type,
                                   account_id, partner_id, date, parent_state, debit,
                                   credit, balance, amount_currency, reconciled, ref)
    SELECT b.id, b.name, %(bank)s, %(company)s, %(currency)s, %(currency)s,
           'payment_term', %(receivable)s, b.partner_id, b.date, 'posted', 0, l.balance,
           -l.balance, -l.balance, TRUE, l.id::text
      FROM account_move m
      JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'payment_term'
      JOIN account_move b ON b.ref = m.id::text AND b.journal_id = %(bank)s
     WHERE m.property_run_id = %(run)s;
    INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, amount,
                                           company_id, max_date)
    SELECT l.ref::int, l.id, l.credit, l.company_id, l.date
      FROM account_move b
      JOIN account_move_line l ON l.move_id = b.id
     WHERE b.journal_id = %(bank)s AND b.date = %(period)s::date + 15
       AND l.ref IS NOT NULL AND l.partner_id > %(partner)s"""
TABLES = (
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "property_charge",
    "property_unit",
    "property_unit_occupancy",
    "res_partner",
)


def account(env, kind):
    return env["account.account"].search([("account_type", "=", kind)], limit=1).id


def journal(env, kind):
    return env["account.journal"].search([("type", "=", kind)], limit=1).id


def estate(env, units):
    """Ids for the statements above, and a community of ``units`` units."""
    community = env["property.community"].create({"name": "Bench", "code": "BENCH"})
    building = env["property.building"].create(
        {"name": "1", "community_id": community.id}
    )
    product = env["product.product"].create({"name": "Fee", "type": "service"})
    items = env["property.fee.item"].create(
        [
            {"name": f"Fee {n}", "code": f"BENCH{n}", "product_id": product.id}
            for n in range(ITEMS)
        ]
    )
    env.flush_all()
    ids = {
        "units": units,
        "community": community.id,
        "building": building.id,
        "company": env.company.id,
        "currency": env.company.currency_id.id,
        "items": items.ids,
        "sales": journal(env, "sale"),
        "bank": journal(env, "bank"),
        "income": account(env, "income"),
        "receivable": account(env, "asset_receivable"),
    }
    env.cr.execute(PARTNERS, ids)
    ids["partner"] = min(row[0] for row in env.cr.fetchall()) - 1
    env.cr.execute(ESTATE, ids)
    analyze(env)
    return ids


def month(env, ids, period):
    """A run of the month, invoiced, three quarters of it paid."""
    run = env["property.billing.run"].create(
        {"community_id": ids["community"], "period": period}
    )
    env.flush_all()
    values = {**ids, "run": run.id, "period": period}
    for statements in (CHARGES, INVOICES, PAYMENTS):
        for statement in statements.split(";"):
            env.cr.execute(statement, values)
            analyze(env)
    return run


def analyze(env):
    for table in TABLES:
        env.cr.execute(f"ANALYZE {table}")


def plain(rows, columns):
    """What is measured against: the same cells, written one by one."""
    with tempfile.TemporaryFile() as stream:
        book = xlsxwriter.Workbook(stream, {"constant_memory": True})
        sheet = book.add_worksheet()
        money = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        formats = [{"money": money, "date": day}.get(kind) for _name, kind in columns]
        closing = [name for name, _kind in columns].index("closing")
        for row, values in enumerate(rows):
            for index, value in enumerate(values):
                if index == closing:
                    formula = CLOSING.format(row + 1)
                    sheet.write_formula(row, index, formula, money, value)
                elif value is not None:
                    sheet.write(row, index, value, formats[index])
        book.close()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(bench):
    from odoo.addons.property_fee_collection.report.billing import ledger_rows

    env = bench.env
    ids = estate(env, UNITS)
    month(env, ids, "2025-12-01")
    billing = month(env, ids, "2026-01-01")
    env.invalidate_all()

    def ours():
        with tempfile.TemporaryFile() as stream:
            billing._write_ledger(stream)

    before = peak()
    ours()
    grown = peak() - before
    domain = billing._ledger_domain()
    rows = [row for chunk in ledger_rows.ledger_rows(env, domain) for row in chunk]
    yield bench.compare(
        f"ledger XLSX, {len(rows):,} rows, {grown:.0f} MB more memory",
        ours,
        "xlsxwriter, the same cells",
        lambda: plain(rows, ledger_rows.COLUMNS),
        rounds=2,
        at_most=1.3,
    )
