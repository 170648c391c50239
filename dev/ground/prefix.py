"""Odoo 19 itself: ODOO_HOME, or Debian's package unpacked into the cache."""

import os
import re
import subprocess
from pathlib import Path

from . import apt, paths, store
from .say import Problem, Step

# Raise it when the recipe changes, so that older unpacked copies are not used.
RECIPE = 1
FROM_SID = (
    "odoo-19 libjs-jquery libjs-jquery-form libjs-underscore "
    "fonts-montserrat fonts-ocr-b fonts-roboto-unhinted"
).split()
# sid's Font Awesome lacks the files that Odoo links to.
FROM_HERE = ["fonts-font-awesome", "fonts-inconsolata"]
PACKAGES = "usr/lib/python3/dist-packages"
# Left out by Debian on licence grounds; it only blurs the background of calls.
ABSENT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
NO_NETWORK = (
    "Debian's archive could not be reached, and Odoo is not in the cache yet. Check "
    "the network, or set ODOO_HOME to an Odoo 19 that is already here, and run the "
    "command again."
)


def check(path):
    """Cheap signs that the whole tree is there and every link leads somewhere."""
    home = path / PACKAGES
    files = ("odoo/release.py", "odoo/addons/account/__manifest__.py", ABSENT)
    if not all((home / name).is_file() for name in files):
        return False
    dangling = subprocess.run(
        ["find", str(path), "-xtype", "l", "-print", "-quit"], capture_output=True
    )
    return not dangling.stdout.strip()


def _private_apt(folder):
    """Options of an apt that knows sid only and touches nothing of the machine."""
    for name in ("lists/partial", "cache/archives/partial", "parts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "sid.list").write_text(apt.sid_line() + "\n")
    settings = {
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Dir::Etc::sourcelist": folder / "sid.list",
        "Dir::Etc::sourceparts": folder / "parts",
        "Acquire::Retries": "2",
        # Else a mirror that cannot be reached is only a warning.
        "APT::Update::Error-Mode": "any",
    }
    return [
        part for name, value in settings.items() for part in ("-o", f"{name}={value}")
    ]


def _candidate(options):
    shown = subprocess.run(
        ["apt-cache", *options, "policy", "odoo-19"], capture_output=True, text=True
    ).stdout
    match = re.search(r"Candidate: (\S+)", shown)
    if not match or match[1] == "(none)":
        raise Problem("Debian's archive has no odoo-19 now. Set ODOO_HOME to one.")
    return match[1].replace(":", "_")


def _fetch(options, downloads):
    apt.watched(
        ["apt-get", *options, "download", *FROM_SID],
        "downloading Odoo 19 (130 MB)",
        NO_NETWORK,
        cwd=downloads,
    )
    for attempt in (1, 2):
        try:
            apt.watched(
                ["apt-get", "download", *FROM_HERE],
                "downloading its fonts",
                NO_NETWORK,
                cwd=downloads,
            )
            return
        except Problem:
            if attempt == 2:
                raise
            # A new machine has no package lists yet.
            update = apt.elevate(["apt-get", "update"])
            apt.watched(update, "reading the package lists", NO_NETWORK)


def _unpack(downloads, target):
    with Step("unpacking Odoo", usual=20) as step:
        archives = sorted(downloads.glob("*.deb"))
        for number, archive in enumerate(archives, 1):
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
            step.at(number / len(archives))
    absent = target / PACKAGES / ABSENT
    absent.parent.mkdir(parents=True, exist_ok=True)
    absent.touch()
    if not check(target):
        raise Problem(
            "The unpacked Odoo is not complete; Debian's package has changed its "
            "files. Set ODOO_HOME to an Odoo 19 until dev/ground/prefix.py knows it."
        )


def _newest():
    """The newest whole copy in the cache, which needs no network at all."""
    copies = paths.cache().glob(f"odoo-19*-r{RECIPE}")
    for path in sorted(copies, reverse=True):
        if store.whole(path, check):
            return path
    return None


def _given(home):
    """ODOO_HOME as the folder that holds the package `odoo`, checked."""
    for folder in (home, home / PACKAGES):
        release = folder / "odoo/release.py"
        if release.is_file():
            version = re.search(r"version_info = \((\d+)", release.read_text())
            if version and version[1] == "19":
                return folder.resolve()
            raise Problem(f"ODOO_HOME={home} is not Odoo 19.")
    raise Problem(f"ODOO_HOME={home} holds no Odoo: there is no odoo/release.py.")


def odoo():
    """The folder to put on Python's path to import `odoo`."""
    if os.environ.get("ODOO_HOME"):
        return _given(Path(os.environ["ODOO_HOME"]).expanduser())
    path = _newest()
    if path is None:
        private = paths.cache() / "apt"
        store.need_space(private, 300)
        options = _private_apt(private)
        apt.watched(
            ["apt-get", *options, "update"], "asking Debian for Odoo 19", NO_NETWORK
        )

        def build(target):
            downloads = target / "downloads"
            downloads.mkdir()
            _fetch(options, downloads)
            _unpack(downloads, target)
            subprocess.run(["rm", "-r", downloads], check=True)

        name = f"odoo-{_candidate(options)}-r{RECIPE}"
        path = store.entry(name, build, check, 1700)
    return path / PACKAGES
