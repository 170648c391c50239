"""Posted invoices of a signed run, against recurring invoices of OCA contract."""

import sys
from pathlib import Path

from odoo.fields import Command

sys.path.insert(0, str(Path(__file__).parent))
import invoices  # noqa: E402

# A thousand contracts take minutes to create; the ratio shows with fewer.
invoices.COUNT = 200


def contracts(month):
    """A contract of three monthly lines for each owner."""
    return month.env["contract.contract"].create(
        [
            {
                "name": owner.name,
                "partner_id": owner.id,
                "journal_id": next_journal.id,
                "line_recurrence": False,
                "recurring_rule_type": "monthly",
                "recurring_interval": 1,
                "date_start": "2026-01-01",
                "recurring_next_date": "2026-01-01",
                "contract_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "name": f"{product.name} #START#",
                            "quantity": 60 + owner.id % 90 + 0.25,
                            "price_unit": 2.8,
                            "recurring_rule_type": "monthly",
                            "recurring_interval": 1,
                            "date_start": "2026-01-01",
                            "recurring_next_date": "2026-01-01",
                        }
                    )
                    for product in month.products
                ],
            }
            for next_journal in [next(month.journals)]
            for owner in month.owners
        ]
    )


def run(bench):
    month = invoices.Month(bench.env)
    month.products.taxes_id = [Command.set(month.tax.ids)]
    signed = contracts(month)
    bench.env.flush_all()
    bench.env.cr.execute("ANALYZE")

    def inform_planner():
        # Rows of a transaction that is not committed are unknown to the planner, and
        # Odoo's payment state then takes minutes; this happens in no real run.
        bench.env.flush_all()
        bench.env.cr.execute("ANALYZE account_move, account_move_line")

    def ours():
        writer = bench.env["property.invoice.writer"]
        moves = writer._create_drafts(month.vals(month.tax))
        inform_planner()
        moves.action_post()

    def peer():
        moves = signed._recurring_create_invoice()
        inform_planner()
        moves.action_post()

    yield bench.compare(
        f"{invoices.COUNT:,} invoices × 3 lines, one tax",
        ours,
        "OCA contract 19.0: create and post",
        peer,
        rounds=3,
        at_least=2.5,
    )
