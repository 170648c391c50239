"""dev/bench: ratios against known peers, measured side by side in one database."""

import argparse
import hashlib
import os
import re

from .. import paths, store, venv
from ..databases import Databases
from ..say import Problem, command
from ..server import ground

NAME = "bench"
FOLDER = paths.CHECKOUT / "dev/benchmarks"
PEERS = paths.CHECKOUT / "dev/peers.txt"
SCRIPT = paths.CHECKOUT / "dev/ground/inside/bench.py"


def chosen(names):
    there = {path.stem: path for path in sorted(FOLDER.glob("[a-z]*.py"))}
    unknown = [name for name in names if name not in there]
    if unknown:
        raise Problem(f"No such benchmark: {unknown[0]}. There are: {', '.join(there)}")
    return [there[name] for name in names] or list(there.values())


def addons():
    """Technical names of the peers, from the names of their packages."""
    found = re.findall(r"^odoo-addon-([\w-]+)", PEERS.read_text(), re.MULTILINE)
    return [name.replace("-", "_") for name in found]


def peers(python):
    """A folder of the cache that holds the peers, beside Odoo's own packages."""
    key = hashlib.sha256(PEERS.read_bytes()).hexdigest()[:10]

    def check(path):
        return all((path / "odoo/addons" / name).is_dir() for name in addons())

    def build(path):
        order = ["--no-deps", "--target", path, "-r", PEERS]
        venv.install(python, order, "installing the peers", len(addons()))

    return store.entry(f"peers-{key}", build, check, 100)


@command
def main(arguments):
    parser = argparse.ArgumentParser(prog="dev/bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks; all without a name")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    options = parser.parse_args(arguments)
    files = chosen(options.names)
    with ground() as here:
        here.environment["PYTHONPATH"] += f"{os.pathsep}{peers(here.python)}"
        databases = Databases(here)
        with databases.held(NAME):
            if options.fresh:
                databases.drop(NAME)
            databases.refresh(NAME, extra=addons())
            return here.run(SCRIPT, NAME, *files)
