"""Debian programs that must be there: only what is missing gets installed."""

import shutil
import subprocess

from . import apt
from .say import note

# Package and how to see that it is needed.
BROWSER = "chromium"
POSTGRESQL = "postgresql"
PROGRAMS = {
    "wkhtmltopdf": "wkhtmltopdf",
    "chromium": "chromium",
    "poppler-utils": "pdftotext",
}
FONT = "fonts-noto-cjk"
FAILED = (
    "Debian's packages could not be installed. Check the network, or install them "
    "by hand, and run the command again."
)


def _has_cjk_font():
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-tw", "family"], capture_output=True, text=True
        )
    except OSError:
        return False
    return bool(listed.stdout.strip())


def missing_for_documents():
    """What PDFs, Chinese text and browser tests still need."""
    found = [
        package
        for package, program in PROGRAMS.items()
        if not shutil.which(program)
        and not (package == BROWSER and shutil.which("google-chrome"))
    ]
    if not _has_cjk_font():
        found += [FONT] if shutil.which("fc-list") else [FONT, "fontconfig"]
    return found


def install(names):
    """Install NAMES with apt; say what and why it takes long."""
    if not names:
        return
    note(f"- missing on this machine: {' '.join(names)}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    update = apt.elevate([*environment, "apt-get", "update"])
    apt.watched(update, "reading the package lists", FAILED)
    order = [*environment, "apt-get", "install", "-y", "--no-install-recommends"]
    apt.watched(apt.elevate([*order, *names]), f"installing {' '.join(names)}", FAILED)
