"""Installing the module where 100,000 invoices are, against an empty database."""

import sys
import time
from pathlib import Path

from odoo.fields import Command

sys.path.insert(0, str(Path(__file__).parent))
from _database import committed, throw_away  # noqa: E402

FULL, EMPTY = "bench-full", "bench-empty"
# Invoices made by Odoo, and how often their rows are copied: 100,000 in all.
SEED, TIMES = 100, 999
FAR = 100_000
TABLES = {
    "account_full_reconcile": {},
    "account_payment": {"move_id"},
    "account_move": {"origin_payment_id"},
    "account_move_line": {"move_id", "payment_id", "full_reconcile_id"},
    "account_partial_reconcile": {
        "debit_move_id", "credit_move_id", "full_reconcile_id",
    },
    "account_move__account_payment": {"invoice_id", "payment_id"},
}  # fmt: skip


def fill(env):
    """Posted invoices, every other one paid."""
    charts = env["account.chart.template"]
    charts.try_loading("generic_coa", env.company, install_demo=False)
    owners = env["res.partner"].create([{"name": f"Owner {n}"} for n in range(SEED)])
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": owner.id,
                "invoice_date": "2025-03-01",
                "invoice_line_ids": [
                    Command.create({"name": "Fee", "price_unit": 100})
                ],
            }
            for owner in owners
        ]
    )
    moves.action_post()
    env["account.payment.register"].with_context(
        active_model="account.move", active_ids=moves[: SEED // 2].ids
    ).create({"group_payment": False}).action_create_payments()
    env.flush_all()
    # The rows are right as they are: no trigger need look at them.
    env.cr.execute("SET session_replication_role = replica")
    for table, refers in TABLES.items():
        _multiply(env.cr, table, {"id", *refers})
    env.cr.execute("SET session_replication_role = DEFAULT")
    env.cr.execute("SELECT count(*) FROM account_move WHERE move_type = 'out_invoice'")
    assert env.cr.fetchone()[0] >= SEED * (TIMES + 1)
    env.cr.execute("ANALYZE")


def _multiply(cr, table, refers):
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
        [table],
    )
    columns = [name for (name,) in cr.fetchall()]
    values = [_copied(table, name, refers) for name in columns]
    cr.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {table} t, generate_series(1, {TIMES}) g (n)"
    )
    if "id" in columns:
        cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def _copied(table, name, refers):
    if name in refers:
        return f"t.{name} + g.n * {FAR}"
    if name == "name" and table in ("account_move", "account_payment"):
        return "t.name || '/' || g.n"
    if name == "sequence_number":
        return "t.sequence_number + g.n * 1000"
    return "NULL" if name == "access_token" else f"t.{name}"


def seconds(databases, name):
    began = time.perf_counter()
    databases._odoo(
        f"installing the module in {name}", "-d", name,
        "-i", "property_fee_collection", "--stop-after-init", "--no-http",
    )  # fmt: skip
    return time.perf_counter() - began


def run(bench):
    with throw_away(FULL, EMPTY) as databases:
        databases.prepare(EMPTY)
        databases.prepare(FULL)
        with committed(FULL) as env:
            fill(env)
        full, empty = seconds(databases, FULL), seconds(databases, EMPTY)
    yield bench.row(
        f"installation beside {SEED * (TIMES + 1):,} posted invoices,"
        f" {full / 60:.1f} minutes",
        full,
        "on an empty database",
        empty,
        at_most=2,
    )
