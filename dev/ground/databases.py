"""Development databases: fast copies of one that has the dependencies installed."""

import ast
import contextlib
import hashlib

from . import lock, paths
from .say import Problem, Step, tail

# The first one is the language of new users.
LANGUAGES = "en_US,zh_TW,zh_CN"
# Folders whose change does not change an installed database.
OUTSIDE = {"tests", "dev", "doc", "docs", "static", ".git", ".ci", "__pycache__"}


def manifest():
    return ast.literal_eval((paths.CHECKOUT / "__manifest__.py").read_text())


def module_state():
    """A fingerprint of everything that an update of the module would read."""
    digest = hashlib.sha256()
    for path in sorted(paths.CHECKOUT.rglob("*")):
        parts = path.relative_to(paths.CHECKOUT).parts
        if parts[0] in OUTSIDE or "__pycache__" in parts or not path.is_file():
            continue
        if path.suffix in (".py", ".xml", ".csv", ".po", ".json", ".sql"):
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


LOOK_UP = """
import psycopg2, sys
cursor = psycopg2.connect(dbname="postgres").cursor()
cursor.execute("select count(*) from pg_database where datname = %s", sys.argv[1:])
print(*cursor.fetchone())
"""


class Databases:
    """Makes, updates and drops databases on the ground HERE."""

    def __init__(self, here):
        self.here = here
        self.notes = paths.state() / "databases"
        self.notes.mkdir(exist_ok=True)

    def _odoo(self, what, *arguments, usual=None):
        """Run Odoo quietly; on failure show the end of what it said."""
        with Step(what, usual=usual):
            code, said = self.here.output("-m", "odoo", *arguments)
            if code:
                raise Problem(f"{tail(said)}\n{what} failed; Odoo's words are above.")
        return said

    def exists(self, name):
        code, said = self.here.output("-c", LOOK_UP, name)
        if code:
            raise Problem(
                f"{tail(said, 3)}\nPostgreSQL cannot be used. Set PGHOST, PGUSER and "
                "PGPASSWORD to a server and role that may create databases, or leave "
                "PGHOST unset for a private one."
            )
        return said.strip() == "1"

    def drop(self, name):
        if self.exists(name):
            self._odoo(f"dropping the database {name}", "db", "drop", name)
        (self.notes / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def held(self, name):
        """Keep other commands of this checkout off the database NAME."""
        with lock.exclusive(self.notes / f"{name}.lock", f"using database {name}"):
            yield name

    def base(self, demo):
        """A database with the dependencies and languages, made once."""
        depends = ",".join(manifest()["depends"])
        text = f"{self.here.home}|{depends}|{LANGUAGES}"
        key = hashlib.sha256(text.encode()).hexdigest()[:8]
        name = f"base{'-demo' if demo else ''}-{key}"
        if not self.exists(name):
            self.drop(f"{name}-new")
            self._odoo(
                f"installing {depends}{' with demo data' if demo else ''}, once",
                "-d", f"{name}-new", "-i", depends, "--load-language", LANGUAGES,
                "--stop-after-init", "--no-http", *["--with-demo"][: int(demo)],
                usual=70 if demo else 50,
            )  # fmt: skip
            self._odoo("keeping it", "db", "rename", f"{name}-new", name)
        return name

    def prepare(self, name, demo=False):
        """Make NAME anew: dependencies installed, the module itself not yet."""
        self.drop(name)
        with self.held(f"base{'-demo' if demo else ''}"):
            base = self.base(demo)
            self._odoo("copying the prepared database", "db", "duplicate", base, name)

    def copy(self, name, new):
        """Make NEW anew, like NAME."""
        self.drop(new)
        self._odoo(f"copying {name} to {new}", "db", "duplicate", name, new)

    def install(self, name, demo=False, extra=(), log=()):
        """Make NAME anew with the module in it; returns what Odoo logged."""
        self.prepare(name, demo)
        modules = ",".join([paths.MODULE, *extra])
        said = self._odoo(
            f"installing {modules} in {name}", "-d", name, "-i", modules,
            "--stop-after-init", "--no-http", *["--with-demo"][: int(demo)], *log,
        )  # fmt: skip
        (self.notes / name).write_text(module_state())
        return said

    def refresh(self, name, demo=False, extra=()):
        """Have the module in NAME as it is now, with the least work."""
        note = self.notes / name
        if not note.exists() or not self.exists(name):
            return self.install(name, demo, extra)
        now = module_state()
        if note.read_text() != now:
            self._odoo(
                f"updating the module in {name}", "-d", name, "-u", paths.MODULE,
                "--stop-after-init", "--no-http",
            )  # fmt: skip
            note.write_text(now)
        return None
