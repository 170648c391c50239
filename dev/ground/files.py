"""The files of the checkout, as git knows them."""

import subprocess
from pathlib import Path

from . import paths
from .say import Problem


def tracked(pattern="*", new=True):
    """Relative paths that git has or, when NEW, would take."""
    others = ["--others", "--exclude-standard"] if new else []
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--deduplicate", *others],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
    )
    if listed.returncode or not listed.stdout:
        raise Problem(f"git cannot list {paths.CHECKOUT}:\n{listed.stderr.strip()}")
    names = (Path(name) for name in listed.stdout.split("\0") if name)
    return [n for n in names if n.match(pattern) and (paths.CHECKOUT / n).is_file()]
