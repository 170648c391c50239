"""dev/demo: Odoo on loopback with the demonstration data."""

import argparse
import subprocess

from .. import paths, ports
from ..databases import Databases
from ..say import Problem, Step, command
from ..server import attend, ground

NAME = "demo"
# Odoo's own, for this database only: the module depends on no provider.
EXTRA = ("payment_demo",)
PAYABLE = paths.CHECKOUT / "dev/ground/inside/payable.py"
LOGINS = paths.CHECKOUT / "dev/ground/inside/logins.py"
AFTERWARDS = """
Language: click the name at the top right, then My Preferences, then Language
(English, 繁體中文, 简体中文).
Server log: {log}
Stop with Ctrl-C. Start again with dev/demo; begin anew with dev/demo --fresh.
"""


def parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--fresh", action="store_true", help="make the data anew")
    parser.add_argument(
        "--once", action="store_true", help="stop as soon as everything answered"
    )
    return parser.parse_args(arguments)


@command
def main(arguments):
    options = parse(arguments)
    remedy = f"Choose another one: dev/demo --port {options.port + 1}"
    ports.need_free(options.port, remedy)
    with ground() as here:
        databases = Databases(here)
        with databases.held(NAME):
            prepare = databases.install if options.fresh else databases.refresh
            if prepare(NAME, demo=True, extra=EXTRA):
                here.run(PAYABLE, NAME)
            ports.need_free(options.port, remedy)
            return serve(here, options)


def serve(here, options):
    log = paths.state() / "demo.log"
    url = f"http://{ports.HOST}:{options.port}"
    with open(log, "w") as file:
        server = here.start(
            "-m", "odoo", "-d", NAME, "--db-filter", f"^{NAME}$",
            "-p", options.port, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            with Step("starting the server", usual=10):
                if not ports.answers(f"{url}/web/login", lambda: server.poll() is None):
                    raise Problem(
                        f"{log.read_text()[-3000:]}\n"
                        f"The server did not start; its log is above and in {log}."
                    )
            greet(here, url, log)
            if not options.once:
                attend(server)
        finally:
            if server.poll() is None:
                server.terminate()
                server.wait()
    return 0


def greet(here, url, log):
    print(f"\nOdoo is ready: {url}\n")
    print(f"  {'role':<14} {'login':<24} password", flush=True)
    here.run(LOGINS, NAME)
    print(AFTERWARDS.format(log=log), flush=True)
