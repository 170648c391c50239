"""dev/lint: everything that can be said about the code without running its tests."""

import argparse

from .. import checks, dashboards, paths, translations
from ..databases import Databases
from ..say import Step, command, note
from ..server import ground

NAME = "lint"
UNINSTALL = paths.CHECKOUT / "dev/ground/inside/uninstall.py"


def parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/lint", description=__doc__)
    parser.add_argument(
        "--fast", action="store_true", help="leave out what needs a database"
    )
    parser.add_argument(
        "--fix", action="store_true", help="let ruff mend and format the code first"
    )
    return parser.parse_args(arguments)


@command
def main(arguments):
    options = parse(arguments)
    found = {}
    with ground(documents=False) as here:
        for name, check in {
            "ruff": lambda here: checks.ruff(here, options.fix),
            "xml": checks.xml,
            "length": checks.length,
            "places": checks.places,
            "dashboards": lambda _here: dashboards.faults(),
            "pylint-odoo": checks.pylint,
        }.items():
            with Step(name):
                found[name] = check(here)
        if not options.fast:
            found |= on_database(here)
    return report(found)


def on_database(here):
    """Install with and without demonstration data, and uninstall: all stays clean."""
    databases = Databases(here)
    found = {}
    with databases.held(NAME):
        said = databases.install(NAME)
        found["server log"] = checks.log(said)
        found["translations"] = translations.faults(here, NAME)
        said = databases.install(NAME, demo=True)
        found["server log with demo data"] = checks.log(said)
        found["uninstallation"] = uninstalled(here, databases.base(demo=True))
        databases.drop(NAME)
    return found


def uninstalled(here, before):
    """What a database with data lacks or keeps when the module has gone."""
    with Step("uninstalling the module"):
        code, said = here.output(UNINSTALL, NAME, before)
    lines = said.splitlines()
    found = [line for line in lines if line.startswith("LEFT: ")] + checks.log(said)
    return found or (lines[-20:] if code else [])


def report(found):
    for name, lines in found.items():
        if lines:
            print(f"\n{name}: {len(lines)} lines")
            print("\n".join(f"  {line}" for line in lines))
    bad = [name for name, lines in found.items() if lines]
    note(f"\ndev/lint: {', '.join(bad)} not clean" if bad else "\ndev/lint: all clean")
    return 1 if bad else 0
