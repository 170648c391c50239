"""PostgreSQL: the one PGHOST names, or a private cluster of this checkout.

The private cluster is shared by all commands that run in this checkout at the same
time. Each holds a shared lock while it runs; the one that finds itself alone at its
end stops the cluster. The kernel drops the lock of a killed command, so the next
command to end stops what that one left running.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from . import packages, paths, prune
from .lock import Users, exclusive
from .say import Problem, Step, note
from .store import need_space

ROLE = "odoo"
# Development data can be made again, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "200",
    "autovacuum_naptime": "5min",
    "random_page_cost": "1.1",
    "jit": "off",
}


def programs():
    """The newest folder with PostgreSQL's server programs, installed if need be."""
    for attempt in (1, 2):
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/initdb"),
            key=lambda path: float(path.parts[-3]),
        )
        here = shutil.which("initdb")
        if found or here:
            return (found[-1] if found else Path(here).resolve()).parent
        if attempt == 1:
            packages.install([packages.POSTGRESQL])
    raise Problem("PostgreSQL's server is not here: apt-get install postgresql")


class Cluster:
    """The private cluster of this checkout."""

    def __init__(self):
        self.bin = programs()
        self.user = self._ordinary_user()
        self.root = self._root()
        version = self.bin.parent.name
        self.data = self.root / f"pg{version}"
        self.socket = self.root / "s"
        self.log = self.root / "log"
        self.users = Users(paths.state() / "postgresql.users")
        self.mutex = paths.state() / "postgresql.mutex"

    @staticmethod
    def _ordinary_user():
        """PostgreSQL refuses root: the account it runs under, None for our own."""
        if os.getuid():
            return None
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise Problem("There is no ordinary user to run PostgreSQL: adduser postgres")

    def _root(self):
        """A folder with a short path, since a socket will be in it."""
        path = paths.clusters() / paths.tag()
        path.mkdir(parents=True, exist_ok=True)
        if path.parent.stat().st_uid == os.getuid():
            path.parent.chmod(0o755)
        if path.stat().st_uid not in (os.getuid(), self.user and self.user.pw_uid):
            raise Problem(f"{path} belongs to somebody else. Remove it.")
        path.chmod(0o700)
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        return path

    def _run(self, program, *arguments):
        command = [str(self.bin / program), *map(str, arguments)]
        if self.user:
            command = ["setpriv", "--init-groups", "--reuid", self.user.pw_name,
                       "--regid", str(self.user.pw_gid), *command]  # fmt: skip
        return subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _pg_ctl(self, *arguments):
        return self._run("pg_ctl", "-D", self.data, *arguments)

    def running(self):
        return self._pg_ctl("status").returncode == 0

    def _make(self):
        prune.forget_lost_checkouts()
        fresh = self.root / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        need_space(self.root, 1000)
        with Step("making a private PostgreSQL cluster"):
            made = self._run(
                "initdb", "-D", fresh, "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8",
                "--auth=trust", "--no-sync",
            )  # fmt: skip
        if made.returncode:
            raise Problem(f"PostgreSQL's initdb failed:\n{made.stdout[-500:]}")
        fresh.rename(self.data)

    def _start(self):
        self.socket.mkdir(exist_ok=True)
        if self.user:
            os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
        settings = {**SETTINGS, "unix_socket_directories": self.socket}
        lines = [f"{name} = '{value}'" for name, value in settings.items()]
        extra = self.data / "postgresql.auto.conf"
        extra.write_text("\n".join(lines) + "\n")
        return self._pg_ctl("start", "-w", "-t", "60", "-l", self.log, "-s")

    def _started(self):
        if self.running():
            return
        if not (self.data / "PG_VERSION").is_file():
            shutil.rmtree(self.data, ignore_errors=True)
            self._make()
        if self._start().returncode == 0:
            return
        aside = self.data.with_name(f"{self.data.name}.broken")
        note(f"- the PostgreSQL cluster does not start; put aside as {aside}")
        shutil.rmtree(aside, ignore_errors=True)
        self.data.rename(aside)
        self._make()
        if self._start().returncode:
            raise Problem(f"PostgreSQL does not start; its log is {self.log}")

    def enter(self):
        with exclusive(self.mutex, "starting PostgreSQL"):
            self.users.enter()
            self._started()

    def leave(self):
        with exclusive(self.mutex):
            if self.users.leave():
                self._pg_ctl("stop", "-m", "fast", "-w", "-s")


@contextlib.contextmanager
def database_server():
    """A running PostgreSQL; yields the settings Odoo and libpq need for it."""
    if os.environ.get("PGHOST"):
        if os.environ.get("PGUSER") == "postgres":
            raise Problem("Odoo refuses the database user postgres: set PGUSER.")
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        yield {name: os.environ[name] for name in names if os.environ.get(name)}
        return
    cluster = Cluster()
    cluster.enter()
    try:
        yield {"PGHOST": str(cluster.socket), "PGUSER": ROLE}
    finally:
        cluster.leave()
