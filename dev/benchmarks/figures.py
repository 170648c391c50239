"""The figures managers steer by, against sums over the charges themselves."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import ledger_xlsx  # noqa: E402

MONTHS = 36
# charges: (units, how long reading figures may take against the plain sum)
SIZES = {10_000: (93, 4.0), 100_000: (926, 1.0), 1_000_000: (9_260, 0.1)}
RATES = (
    "collection_rate:avg",
    "household_rate:avg",
    "cumulative_rate:avg",
    "recovery_rate:avg",
    "prepayment_rate:avg",
    "occupancy_rate:avg",
    "arrears_closing:avg",
    "arrears_per_household:avg",
)
PERIODS = [date(2023 + number // 12, number % 12 + 1, 1) for number in range(MONTHS)]

# All months in one go, so that a million charges do not take all day: an invoice for
# each unit and month, three of four paid on their 16th day.
RUNS = """
    INSERT INTO property_billing_run (community_id, company_id, period, state)
    SELECT %(community)s, %(company)s, day, 'invoiced' FROM unnest(%(periods)s) day;
    INSERT INTO account_move (name, ref, journal_id, company_id, currency_id, state,
                              move_type, auto_post, date, invoice_date, partner_id,
                              commercial_partner_id, property_community_id,
                              property_unit_id, property_period, property_run_id)
    SELECT 'B/' || r.period || '/' || u.name, NULL, %(sales)s, %(company)s,
           %(currency)s, 'posted', 'out_invoice', 'no', r.period, r.period, u.owner_id,
           u.owner_id, %(community)s, u.id, r.period, r.id
      FROM property_unit u
      JOIN property_billing_run r ON r.community_id = u.community_id
     WHERE u.community_id = %(community)s;
    ANALYZE account_move;
    INSERT INTO property_charge (run_id, community_id, company_id, currency_id, unit_id,
                                 building_id, sort_key, partner_id, fee_item_id, period,
                                 date_from, date_to, quantity, price_unit, months,
                                 factor, amount, move_id)
    SELECT m.property_run_id, %(community)s, %(company)s, %(currency)s, u.id,
           u.building_id, u.sort_key, u.owner_id, i.id, m.date, m.date, m.date + 27,
           u.floor_area, 2.8, 1, 1, round(u.floor_area * 2.8, 2), m.id
      FROM account_move m
      JOIN property_unit u ON u.id = m.property_unit_id
CROSS JOIN property_fee_item i
     WHERE m.property_community_id = %(community)s AND i.id = ANY(%(items)s);
    ANALYZE property_charge;
    INSERT INTO account_move_line (move_id, journal_id, company_id, currency_id,
                                   company_currency_id, display_type, account_id,
                                   partner_id, date, parent_state, debit, credit,
                                   balance, amount_currency, price_total,
                                   property_charge_id)
    SELECT c.move_id, %(sales)s, %(company)s, %(currency)s, %(currency)s, 'product',
           %(income)s, c.partner_id, c.period, 'posted', 0, c.amount, -c.amount,
           -c.amount, c.amount, c.id
      FROM property_charge c WHERE c.community_id = %(community)s;
    INSERT INTO account_move_line (move_id, journal_id, company_id, currency_id,
                                   company_currency_id, display_type, account_id,
                                   partner_id, date, date_maturity, parent_state, debit,
                                   credit, balance, amount_currency, reconciled)
    SELECT c.move_id, %(sales)s, %(company)s, %(currency)s, %(currency)s,
           'payment_term', %(receivable)s, min(c.partner_id), c.period, c.period + 9,
           'posted', sum(c.amount), 0, sum(c.amount), sum(c.amount),
           c.move_id %% 4 != 0
      FROM property_charge c WHERE c.community_id = %(community)s
  GROUP BY c.move_id, c.period;
    INSERT INTO account_move (name, ref, journal_id, company_id, currency_id, state,
                              move_type, auto_post, date, partner_id)
    SELECT 'BNK/' || m.name, m.id::text, %(bank)s, %(company)s, %(currency)s, 'posted',
           'entry', 'no', m.date + 15, m.partner_id
      FROM account_move m
     WHERE m.property_community_id = %(community)s AND m.id %% 4 != 0;
    ANALYZE account_move;
    ANALYZE account_move_line;
    INSERT INTO account_move_line (move_id, move_name, journal_id, company_id,
                                   currency_id, company_currency_id, display_type,
                                   account_id, partner_id, date, parent_state, debit,
                                   credit, balance, amount_currency, reconciled, ref)
    SELECT b.id, b.name, %(bank)s, %(company)s, %(currency)s, %(currency)s,
           'payment_term', %(receivable)s, b.partner_id, b.date, 'posted', 0, l.balance,
           -l.balance, -l.balance, TRUE, l.id::text
      FROM account_move b
      JOIN account_move_line l
        ON l.move_id = b.ref::int AND l.display_type = 'payment_term'
     WHERE b.journal_id = %(bank)s AND b.name LIKE 'BNK/B/%%';
    INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, amount,
                                           company_id, max_date)
    SELECT l.ref::int, l.id, l.credit, l.company_id, l.date
      FROM account_move_line l
     WHERE l.journal_id = %(bank)s AND l.move_name LIKE 'BNK/B/%%'"""

# As many rows as if all months had been worked out.
FILL = """
    INSERT INTO property_figure (period, community_id, company_id, currency_id,
                                 building_id, unit_type, fee_item_id, charged, applied,
                                 units_charged, units_paid, charged_ytd, applied_ytd,
                                 arrears_opening, arrears_recovered, arrears_closing,
                                 households_in_arrears, charged_next, units_occupied,
                                 units_delivered)
    SELECT p.day, f.community_id, f.company_id, f.currency_id, f.building_id,
           f.unit_type, f.fee_item_id, f.charged, f.applied, f.units_charged,
           f.units_paid, f.charged_ytd, f.applied_ytd, f.arrears_opening,
           f.arrears_recovered, f.arrears_closing, f.households_in_arrears,
           f.charged_next, f.units_occupied, f.units_delivered
      FROM property_figure f, unnest(%(periods)s) p (day)
     WHERE f.community_id = %(community)s;
    ANALYZE property_figure"""


def measured(bench, charges):
    env = bench.env
    units, target = SIZES[charges]
    ids = ledger_xlsx.estate(env, units)
    for statement in RUNS.split(";"):
        env.cr.execute(statement, {**ids, "periods": PERIODS})
    ledger_xlsx.analyze(env)
    env.cr.execute("ANALYZE property_billing_run")
    community = env["property.community"].browse(ids["community"])
    figure = env["property.figure"]
    env.invalidate_all()
    last = PERIODS[-1:]
    here = [("community_id", "=", community.id)]
    yield bench.compare(
        f"figures of a month, {charges:,} charges",
        lambda: figure._refresh(community, last),
        "its ledger, read once",
        lambda: env["property.ledger.line"]._read_group(
            [*here, ("period", "in", last)], [], ["receivable:sum", "received:sum"]
        ),
        rounds=2,
        at_most=15,
    )
    figure._refresh(community, last)
    env.cr.execute(FILL, {"periods": PERIODS[:-1], "community": community.id})
    groups = ["community_id", "period:month"]
    yield bench.compare(
        f"figures shown, {charges:,} charges",
        lambda: figure._read_group(here, groups, RATES),
        "sum over the charges",
        lambda: env["property.charge"]._read_group(here, groups, ["amount:sum"]),
        at_most=target,
    )
    yield bench.compare(
        f"what changed, {charges:,} charges",
        lambda: figure._stale(community),
        "sum over the charges",
        lambda: env["property.charge"]._read_group(here, groups, ["amount:sum"]),
        rounds=2,
        at_most=20,
    )


def run(bench):
    for charges in SIZES:
        savepoint = bench.env.cr.savepoint(flush=False)
        yield from measured(bench, charges)
        bench.env.invalidate_all(flush=False)
        savepoint.close(rollback=True)
        bench.env.clear()
