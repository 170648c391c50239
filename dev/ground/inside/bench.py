"""The measuring side of dev/bench; run as `bench.py DATABASE FILE…` in Odoo's Python.

A benchmark is a file in dev/benchmarks with one function:

    '''Charges of a month, against creating the same rows with ready values.'''

    def run(bench):
        units = bench.env["property.unit"].create(...)       # not measured
        yield bench.compare(
            "charges, 10,000 units × 3 items",
            ours=lambda: ...,                 # what we do
            against="create() with ready values",
            peer=lambda: ...,                 # what it is measured against
            at_most=1.3,                      # times the peer's time, or
            # at_least=1.6,                   # times the peer's throughput
        )

`compare` runs both in turn, each in a savepoint that is rolled back, and takes the
best time of each. A job that cannot be rolled back is measured by the benchmark
itself, which then yields `bench.row(job, seconds, against, peer_seconds, at_most=…)`.
At the end of a benchmark everything is rolled back. Names of peer addons are in
dev/peers.txt; they are installed in the same database.
"""

import contextlib
import gc
import importlib.util
import sys
import time
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    job: str
    ours: float
    against: str
    peer: float
    ratio: float
    target: str
    met: bool


HEAD = ("job", "ours", "against", "peer", "ratio", "target", "met")


class Bench:
    """What a benchmark works with: `env`, and ways to measure."""

    def __init__(self, env):
        self.env = env

    def row(self, job, ours, against, peer, *, at_most=None, at_least=None):
        """Two times in seconds as a row of the table."""
        if at_most is not None:
            ratio = ours / peer
            return Row(
                job, ours, against, peer, ratio, f"≤ {at_most} × time", ratio <= at_most
            )
        ratio = peer / ours
        return Row(
            job, ours, against, peer, ratio, f"≥ {at_least} × speed", ratio >= at_least
        )

    def once(self, function):
        """Seconds that FUNCTION takes with cold record caches; then undo it."""
        self.env.flush_all()
        self.env.invalidate_all()
        gc.collect()
        savepoint = self.env.cr.savepoint(flush=False)
        began = time.perf_counter()
        function()
        self.env.flush_all()
        spent = time.perf_counter() - began
        self.env.invalidate_all(flush=False)
        savepoint.close(rollback=True)
        self.env.clear()
        return spent

    def compare(self, job, ours, against, peer, *, rounds=3, **target):
        """Measure both in turn ROUNDS times and keep the best of each."""
        times = [(self.once(ours), self.once(peer)) for _round in range(rounds)]
        best_ours, best_peer = (min(column) for column in zip(*times, strict=True))
        return self.row(job, best_ours, against, best_peer, **target)


def load(path):
    spec = importlib.util.spec_from_file_location(f"benchmark_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(row):
    return (
        row.job, f"{row.ours:.3f} s", row.against, f"{row.peer:.3f} s",
        f"{row.ratio:.2f}", row.target, "yes" if row.met else "NO",
    )  # fmt: skip


def table(rows):
    lines = [HEAD, *map(texts, rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    lines.insert(1, tuple("-" * width for width in widths))
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("| " + " | ".join(cells) + " |")


@contextlib.contextmanager
def environment(database):
    import odoo.api
    import odoo.modules.registry
    from odoo.tools import config

    config.parse_config(
        ["-d", database, "--no-http", "--log-level", "error"], setup_logging=True
    )
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        cr.rollback()


def main(database, *names):
    rows = []
    for path in map(Path, names):
        module = load(path)
        print(f"- {path.stem}: {module.__doc__.splitlines()[0]}", file=sys.stderr)
        with environment(database) as env:
            for row in module.run(Bench(env)):
                print(f"  {' | '.join(texts(row))}", file=sys.stderr, flush=True)
                rows.append(row)
    print()
    table(rows)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
