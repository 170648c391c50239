"""What dev/lint looks at; each check returns its complaints, one a line."""

import os
import re
import xml.etree.ElementTree as ElementTree

from . import apt, paths
from .files import tracked

LONGEST = 300
CODE = ("models", "wizards", "report", "controllers", "dev")
# A path of somebody's machine; this file may not hold one either.
ABSOLUTE = re.compile(r"(?<![\w.~}])/(?:home|root|Users)/[\w.-]+")
# A checkout's own folder may be here, and files may well speak of these.
SHARED = ("/", "/tmp", "/var/tmp", "/srv", "/opt", "/usr/src")
TROUBLE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (WARNING|ERROR|CRITICAL) ")
STAMPED = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ ")


def _said(here, *command, **options):
    code, said = here.output(*command, **options)
    return said.strip().splitlines() if code else []


def ruff(here, fix=False):
    """Style and likely mistakes in Python."""
    options = ["-q", "--cache-dir", paths.state() / "ruff", "."]
    verbs = [["check"], ["format", "--check"]]
    if fix:
        verbs = [["check", "--fix"], ["format"]]
    found = []
    for verb in verbs:
        found += _said(here, "-m", "ruff", *verb, *options, cwd=paths.CHECKOUT)
    return found


def pylint(here):
    """Odoo's own conventions, by pylint-odoo."""
    settings = f"--rcfile={paths.CHECKOUT / 'pyproject.toml'}"
    return _said(
        here, "-m", "pylint", settings, "--ignore=dev", "--disable=missing-readme",
        "-j", os.cpu_count() or 1, paths.MODULE, cwd=here.addons,
    )  # fmt: skip


def xml(_here):
    """Every XML and SVG file can be read, and holds no tab."""
    found = []
    for path in [*tracked("*.xml"), *tracked("*.svg")]:
        text = (paths.CHECKOUT / path).read_bytes()
        try:
            ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            found.append(f"{path}: {error}")
        if path.suffix == ".xml" and b"\t" in text:
            found.append(f"{path}: has a tab; indent with spaces")
    return found


def length(_here):
    """No file of code is longer than a reader can hold."""
    found = []
    for path in tracked("*.py"):
        if path.parts[0] in CODE:
            lines = (paths.CHECKOUT / path).read_text().count("\n")
            if lines > LONGEST:
                found.append(f"{path}: {lines} lines; divide it ({LONGEST} at most)")
    return found


def places(_here):
    """No file names this machine's folders or the mirror it installs from."""
    mine = {f"{paths.CHECKOUT}/"}
    if str(paths.CHECKOUT.parent) not in SHARED:
        mine.add(f"{paths.CHECKOUT.parent}/")
    mine |= {address for _options, address, _suite, _parts in apt.sources()}
    found = []
    for path in tracked():
        try:
            lines = (paths.CHECKOUT / path).read_text().splitlines()
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        for number, line in enumerate(lines, 1):
            if ABSOLUTE.search(line) or any(place in line for place in mine):
                found.append(f"{path}:{number}: names a place of one machine: {line}")
    return found


def log(text):
    """Lines of a server log that warn, each with what belongs to it."""
    found, open_ = [], False
    for line in text.splitlines():
        if STAMPED.match(line):
            open_ = bool(TROUBLE.match(line))
        if open_:
            found.append(line)
    return found
