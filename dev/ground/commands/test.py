"""dev/test: the whole suite on a fresh database, browser tests included."""

import argparse
import os
from pathlib import Path

from .. import paths
from ..databases import Databases
from ..say import command, note
from ..server import ground

# Options of pytest whose value could look like a file of the checkout.
WITH_VALUE = {"-k", "-m", "-n", "-p", "--deselect", "--ignore", "-o", "--maxfail"}


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="dev/test",
        description="Run the tests on real Odoo. Everything else goes to pytest: "
        "paths such as tests/billing, -k WORDS, -x, --lf.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--database", default="test", help="another database, to run beside others"
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="reuse the installed database; update the module only if it changed",
    )
    return parser.parse_known_args(arguments)


def translate(arguments, link):
    """Paths of the checkout as pytest must see them, the whole suite by default."""
    found, result, before = False, [], ""
    for argument in arguments:
        path, colons, rest = argument.partition("::")
        if not argument.startswith("-") and before not in WITH_VALUE:
            for place in (paths.CHECKOUT / path, Path.cwd() / path):
                if place.exists() and place.resolve().is_relative_to(paths.CHECKOUT):
                    inside = place.resolve().relative_to(paths.CHECKOUT)
                    argument = f"{link}/{inside}{colons}{rest}"
                    found = True
                    break
        result.append(argument)
        before = argument
    return result if found else [*result, f"{link}/tests"]


@command
def main(arguments):
    options, rest = parse(arguments)
    with ground() as here:
        databases = Databases(here)
        with databases.held(options.database) as name:
            if options.keep:
                databases.refresh(name)
            else:
                databases.install(name)
            note("- running the tests")
            return run(here, name, rest)


def run(here, name, arguments):
    cache = paths.state() / "pytest"
    here.environment["PYTHONPATH"] += f"{os.pathsep}{paths.CHECKOUT / 'dev'}"
    return here.run(
        "-m", "pytest", "-p", "ground.inside.strict", "-rs", "--rootdir=.",
        "-o", f"cache_dir={cache}", f"--odoo-config={here.config}",
        f"--odoo-database={name}", "--odoo-http",
        *translate(arguments, paths.MODULE), cwd=here.addons,
    )  # fmt: skip
