"""Clearing away after checkouts that are no longer there."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from . import paths
from .lock import Users
from .say import note


def forget_lost_checkouts():
    """Remove the state and the databases of every checkout that was deleted."""
    for mark in paths.states().glob("*/checkout"):
        checkout, tag = mark.read_text().strip(), mark.parent.name
        users = Users(mark.parent / "postgresql.users")
        if Path(checkout).exists() or tag == paths.tag():
            continue
        users.enter()
        if users.leave():
            note(f"- {checkout} is gone; removing its databases")
            _stop(paths.clusters() / tag)
            shutil.rmtree(paths.clusters() / tag, ignore_errors=True)
            shutil.rmtree(mark.parent, ignore_errors=True)


def _stop(cluster):
    """Stop a PostgreSQL that a killed command left running in CLUSTER."""
    for mark in cluster.glob("pg*/postmaster.pid"):
        with contextlib.suppress(ValueError, OSError):
            number = int(mark.read_text().splitlines()[0])
            if b"postgres" in Path(f"/proc/{number}/cmdline").read_bytes():
                os.kill(number, signal.SIGQUIT)
                time.sleep(1)
