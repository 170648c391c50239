"""Running programs on the ground: Odoo's Python with all that Odoo needs."""

import contextlib
import os
import signal
import subprocess

from . import packages, postgres, prefix, venv, workspace


class Ground:
    """Odoo, its Python and a database server, ready for use."""

    def __init__(self, home, python, server):
        self.home = home
        self.python = python
        self.config = workspace.config(home)
        self.addons = workspace.addons()
        self.environment = {
            **os.environ,
            **server,
            "ODOO_RC": str(self.config),
            "PYTHONPATH": str(home),
        }

    def start(self, *arguments, **options):
        """Start `python ARGUMENTS` in Odoo's environment."""
        command = [str(self.python), *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, **options)

    def run(self, *arguments, **options):
        """Run `python ARGUMENTS` to its end and return its exit code."""
        return attend(self.start(*arguments, **options))

    def output(self, *arguments, **options):
        """Run `python ARGUMENTS`; its exit code and all that it printed."""
        done = subprocess.run(
            [str(self.python), *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
        return done.returncode, done.stdout

    def odoo(self, *arguments, **options):
        return self.run("-m", "odoo", *arguments, **options)


def attend(process):
    """Wait for PROCESS; Ctrl-C reaches it by itself, a SIGTERM is passed on."""

    def hand_on(number, frame):
        process.send_signal(number)

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *args: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, hand_on),
    }
    try:
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def ground(documents=True):
    """Set up everything that is missing; DOCUMENTS includes PDF and browser."""
    home = prefix.odoo()
    python = venv.python()
    if documents:
        packages.install(packages.missing_for_documents())
    with postgres.database_server() as server:
        yield Ground(home, python, server)
