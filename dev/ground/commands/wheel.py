"""dev/wheel: build the wheel for `pip install`."""

import argparse
from pathlib import Path

from .. import venv, wheel
from ..say import command


@command
def main(arguments):
    parser = argparse.ArgumentParser(prog="dev/wheel", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("dist"))
    folder = parser.parse_args(arguments).folder.resolve()
    print(wheel.build(venv.python(), folder))
    return 0
