"""The Python environment that runs Odoo, made once per set of requirements."""

import hashlib
import subprocess
import sys

from . import packages, paths, store
from .say import Problem, Step, follow

REQUIREMENTS = paths.CHECKOUT / "dev/requirements.txt"


def wanted():
    """The pinned requirements, one a line."""
    lines = (line.split("#")[0].strip() for line in REQUIREMENTS.open())
    return [line for line in lines if line]


def name():
    """Named after everything it depends on, so that a change makes a new one."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    text = "\n".join([*wanted(), sys.base_prefix, sys.version])
    return f"python{version}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def check(path):
    # A file that pip writes last, and a Python that was not uninstalled since.
    return (path / "packages.txt").is_file() and (path / "bin/python").exists()


def install(python, arguments, what, count):
    """Run pip for COUNT packages, showing how many of them were collected."""
    said, collected = [], 0
    with Step(what, usual=40) as step:

        def see(line):
            nonlocal collected
            if not line.startswith("WARNING: Location"):
                said.append(line.strip())
            if line.startswith(("Collecting", "Requirement already")):
                collected += 1
                step.at(min(collected / (count * 1.5), 0.95))

        pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        if follow([*pip, *arguments], see):
            raise Problem(
                "The Python packages could not be installed. Check the network and "
                "run the command again.\npip said:\n  " + "\n  ".join(said[-4:])
            )


def _empty(path):
    """A new virtual environment; Debian keeps a part of Python in a package."""
    order = [sys.executable, "-m", "venv", "--clear", "--copies", path]
    made = subprocess.run(order, capture_output=True, text=True)
    if made.returncode and sys.base_prefix == "/usr":
        packages.install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
        made = subprocess.run(order, capture_output=True, text=True)
    if made.returncode:
        raise Problem(
            "Python cannot make a virtual environment here. Install its part for "
            f"that: apt-get install python3-venv\nIt said: {made.stdout.strip()[-300:]}"
        )


def _build(path):
    _empty(path)
    python = path / "bin/python"
    count = len(wanted())
    install(python, ["-r", REQUIREMENTS], f"installing {count} Python packages", count)
    listed = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True)
    (path / "packages.txt").write_bytes(listed.stdout)


def python():
    """The path of its interpreter."""
    return store.entry(name(), _build, check, 700) / "bin/python"
