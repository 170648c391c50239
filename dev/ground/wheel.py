"""The module as a wheel, which pip puts into any Odoo."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from . import paths
from .files import tracked
from .say import Problem

# Of use in a checkout only.
LEFT_OUT = {"dev", "tests", ".ci", ".gitignore", ".gitattributes", ".github"}


def build(python, target):
    """Make the wheel in the folder TARGET and return its path.

    whool takes the technical name from the folder and everything that is in it, so
    the tracked files that a company needs are laid into a folder of that name.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / paths.MODULE
        for name in tracked(new=False):
            if name.parts[0] not in LEFT_OUT:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(paths.CHECKOUT / name, root / name)
        made = subprocess.run(
            [python, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation",
             "--no-index", "--disable-pip-version-check", "-w", target, root],
            capture_output=True, text=True,
        )  # fmt: skip
    if made.returncode:
        raise Problem(f"{made.stderr[-2000:]}\nThe wheel could not be built.")
    return max(Path(target).glob("*.whl"), key=lambda path: path.stat().st_mtime)
