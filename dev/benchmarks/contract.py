"""Posted invoices of signed charges, against recurring invoices of OCA contract.

Both commit, in a database of their own: inside a transaction that is not committed
PostgreSQL plans Odoo's query of payment states without statistics.
"""

import sys
import time
from pathlib import Path

from odoo.fields import Command

sys.path.insert(0, str(Path(__file__).parent))
import invoices  # noqa: E402
from _database import committed, throw_away  # noqa: E402

NAME = "bench-contract"
COUNT = 300
ROUNDS = 3


def contracts(month, journal):
    """A contract of three monthly lines for each owner."""
    every_month = {
        "recurring_rule_type": "monthly",
        "recurring_interval": 1,
        "date_start": "2026-01-01",
        "recurring_next_date": "2026-01-01",
    }
    return month.env["contract.contract"].create(
        [
            {
                "name": owner.name,
                "partner_id": owner.id,
                "journal_id": journal.id,
                "line_recurrence": False,
                **every_month,
                "contract_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "name": f"{product.name} #START#",
                            "quantity": 60 + owner.id % 90 + 0.25,
                            "price_unit": 2.8,
                            **every_month,
                        }
                    )
                    for product in month.products
                ],
            }
            for owner in month.owners
        ]
    )


def seconds(env, job):
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.invalidate_all()
    began = time.perf_counter()
    moves = job()
    env.flush_all()
    env.cr.commit()
    spent = time.perf_counter() - began
    assert len(moves) == COUNT and set(moves.mapped("state")) == {"posted"}
    return spent


def rounds(env):
    invoices.COUNT = COUNT
    month = invoices.Month(env)
    month.products.taxes_id = [Command.set(month.tax.ids)]
    signed = contracts(month, next(month.journals))

    def ours():
        writer = env["property.invoice.writer"]
        return writer._create_posted(month.vals(month.tax))

    def peer():
        moves = signed._recurring_create_invoice()
        moves.action_post()
        return moves

    return [(seconds(env, ours), seconds(env, peer)) for _round in range(ROUNDS)]


def run(bench):
    with throw_away(NAME) as databases:
        databases.install(NAME, extra=("contract",))
        with committed(NAME) as env:
            times = rounds(env)
    best_ours, best_peer = (min(column) for column in zip(*times, strict=True))
    yield bench.row(
        f"{COUNT} invoices × 3 lines, one tax, posted and committed",
        best_ours,
        "OCA contract 19.0: recurring invoices, posted",
        best_peer,
        at_least=2.5,
    )
