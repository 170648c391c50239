"""Months paid ahead: a release of 20,000 agreements, alone and by two workers."""

import threading
import time
from contextlib import contextmanager
from decimal import Decimal
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools import date_utils

AGREEMENTS = 20_000
OWNERS = 200
MONTHS = 12
# What a benchmark commits it takes away again, in this order.
TABLES = (
    ("property_prepayment_cover", "community_id"),
    ("property_prepayment_line", "community_id"),
    ("account_move_line", None),
    ("property_prepayment_item", "community_id"),
    ("property_prepayment", "community_id"),
    ("account_move", "property_community_id"),
    ("property_unit", "community_id"),
)


class Load:
    """A community whose units have all paid a year ahead with its owner ledger."""

    def __init__(self, env, code, agreements=AGREEMENTS):
        if not env.company.chart_template:
            env["account.chart.template"].try_loading(
                "generic_coa", env.company, install_demo=False
            )
        self.env = env(context={"tracking_disable": True})
        self.agreements = agreements
        self.community = self.env["property.community"].create(
            {"name": f"Bench {code}", "code": code}
        )
        self._open()

    def _open(self):
        from odoo.addons.property_fee_collection.wizards.estate import ledger_work

        first = self.community._property_today().replace(day=1)
        last = date_utils.end_of(date_utils.add(first, months=MONTHS - 1), "month")
        record = self._import(date_utils.subtract(first, days=1))
        work = ledger_work.LedgerWork(record.as_of, Decimal("0.01"), {})
        work.advances = [
            ledger_work.Advance(
                unit.owner_id.id,
                unit.id,
                unit.name,
                last,
                # No month is like the last one: 12 do not divide it.
                Decimal("3033.80") + unit.id % 90,
            )
            for unit in self._units()
        ]
        record._post_advances(work)
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")

    def _import(self, as_of):
        account = self.env["account.account"].create(
            {
                "name": "Opening",
                "code": f"399{self.community.id:04d}",
                "account_type": "equity",
            }
        )
        product = self.env["product.product"].create(
            {"name": "Fee", "type": "service", "taxes_id": [Command.clear()]}
        )
        item = self.env["property.fee.item"].create(
            {
                "name": "Fee",
                "code": self.community.code,
                "basis": "area",
                "product_id": product.id,
            }
        )
        return self.env["property.ledger.import"].create(
            {
                "file": b"eA==",
                "community_id": self.community.id,
                "as_of": as_of,
                "fee_item_id": item.id,
                "opening_account_id": account.id,
                "advance_account_id": (
                    self.env.company._property_open_advance_account().id
                ),
            }
        )

    def _units(self):
        from odoo.addons.property_fee_collection.models.estate.rows import insert_rows

        building = self.env["property.building"].create(
            {"name": "1", "community_id": self.community.id}
        )
        owners = self.env["res.partner"].create(
            [{"name": f"Owner {n}"} for n in range(OWNERS)]
        )
        return insert_rows(
            self.env["property.unit"],
            [
                {
                    "name": str(number),
                    "sort_key": f"{number:06d}",
                    "building_id": building.id,
                    "community_id": self.community.id,
                    "company_id": self.community.company_id.id,
                    "unit_type": "residential",
                    "floor_area": 98.5,
                    "owner_id": owners.ids[number % OWNERS],
                    "occupancy_status": "owner_occupied",
                    "active": True,
                }
                for number in range(self.agreements)
            ],
        )

    def release(self, env=None):
        """What the scheduled action does for one community."""
        agreements = (env or self.env)["property.prepayment"]
        community = self.community.with_env(agreements.env)
        agreements._release_community(community, 500)

    def entries(self):
        """The posted release entries as values for Odoo's ``create``."""
        names = ["account_id", "partner_id", "currency_id", "name", "balance"]
        names += ["amount_currency", "property_prepayment_id"]
        return [
            {
                "move_type": "entry",
                "journal_id": move.journal_id.id,
                "date": move.date,
                "ref": move.ref,
                "property_community_id": self.community.id,
                "line_ids": [
                    Command.create({name: row[name] for name in names})
                    for row in move.line_ids.read(names, load=None)
                ],
            }
            for move in self._moves()
        ]

    def _moves(self):
        return self.env["account.move"].search(
            [
                ("property_community_id", "=", self.community.id),
                ("move_type", "=", "entry"),
                ("property_ledger_import_id", "=", False),
            ],
            order="id",
        )

    def check(self):
        """Each agreement has released one month, once, and the account says so."""
        lines = self.env["property.prepayment.line"].search_count(
            [("community_id", "=", self.community.id), ("move_id", "!=", False)]
        )
        items = self._moves().line_ids.filtered("property_prepayment_id")
        assert lines == len(items) == self.agreements, (lines, len(items))
        count, owed, balance, difference = self.proof()
        assert count == self.agreements, count
        assert difference == 0 and round(owed - balance, 2) == 0, (owed, balance)

    def proof(self):
        [sums] = self.env["property.prepayment.proof"]._read_group(
            [
                ("community_id", "=", self.community.id),
                ("prepayment_id", "!=", False),
            ],
            [],
            ["__count", "owed:sum", "balance:sum", "difference:sum"],
        )
        return sums

    def items(self):
        """What a look at the journal items alone costs."""
        return self.env["account.move.line"]._read_group(
            [("property_prepayment_id", "!=", False), ("parent_state", "=", "posted")],
            ["property_prepayment_id", "account_id"],
            ["balance:sum", "amount_currency:sum"],
        )


@contextmanager
def uncommitted(env):
    """What a benchmark does is rolled back: its batches must not be committed."""
    crons = type(env["ir.cron"])
    with patch.object(crons, "_commit_progress", lambda *_args, **_named: 3600.0):
        yield


def alone(bench):
    load, entries, rows = Load(bench.env, "BENCHP"), [], []

    def release():
        began = time.perf_counter()
        with uncommitted(bench.env):
            load.release()
        return time.perf_counter() - began

    def released_twice():
        rows.append(release())
        moves = load._moves()
        release()
        assert load._moves() == moves, "the second run found something"
        load.check()
        entries.extend(load.entries())
        rows.append(
            bench.compare(
                f"the proof of {AGREEMENTS:,} agreements",
                load.proof,
                "their journal items by agreement, read_group",
                load.items,
                at_most=4,
            )
        )

    def plain():
        for vals in entries:
            bench.env["account.move"].create(vals).action_post()
            bench.env.flush_all()
            bench.env.invalidate_all()

    bench.once(released_twice)
    yield bench.row(
        f"a month of {AGREEMENTS:,} agreements released in batches of 500",
        rows[0],
        "create() and action_post() of the same entries",
        bench.once(plain),
        at_most=1.3,
    )
    yield rows[1]


def two_workers(bench):
    """Two workers share what one would do; whatever they do, it is done once."""
    registry = bench.env.registry
    # Others would wait for what was done so far.
    bench.env.cr.rollback()
    bench.env.clear()

    def committed(job):
        with registry.cursor() as cr:
            return job(api.Environment(cr, SUPERUSER_ID, {}))

    load = committed(lambda env: Load(env, f"BENCH{time.time_ns()}"))
    try:
        began = time.perf_counter()
        workers = [
            threading.Thread(target=committed, args=(load.release,)) for _n in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        spent = time.perf_counter() - began
        # What a worker found locked it left to the other; nothing may be left over.
        committed(load.release)
        committed(lambda env: _check(load, env))
        return spent
    finally:
        committed(lambda env: _forget(env, load.community.id))


def _check(load, env):
    load.env = env
    load.community = load.community.with_env(env)
    load.check()


def _forget(env, community):
    for table, column in TABLES:
        where = f"{column} = %s"
        if not column:
            where = (
                "move_id IN (SELECT id FROM account_move"
                " WHERE property_community_id = %s)"
            )
        env.cr.execute(f"DELETE FROM {table} WHERE {where}", [community])


def run(bench):
    rows = list(alone(bench))
    yield from rows
    yield bench.row(
        f"a month of {AGREEMENTS:,} agreements, two workers in one process",
        two_workers(bench),
        "one worker",
        rows[0].ours,
        at_most=1.5,
    )
