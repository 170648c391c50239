"""dev/i18n: write the terms of the module into i18n/."""

import argparse

from .. import translations
from ..databases import Databases
from ..say import command
from ..server import ground


@command
def main(arguments):
    parser = argparse.ArgumentParser(prog="dev/i18n", description=__doc__)
    parser.add_argument("--database", default="terms", help="an own one, kept")
    options = parser.parse_args(arguments)
    with ground(documents=False) as here:
        databases = Databases(here)
        with databases.held(options.database) as name:
            databases.refresh(name)
            print(translations.merge(here, name), end="")
    return 0
