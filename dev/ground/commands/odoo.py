"""dev/odoo: the server's own command line with the development configuration."""

import argparse

from .. import ports
from ..say import command
from ..server import ground


@command
def main(arguments):
    if arguments == ["--version"]:
        return show()
    if serves(arguments):
        ports.need_free(port(arguments), "Choose another one with -p NUMBER.")
    with ground(documents=False) as here:
        return here.odoo(*arguments)


def serves(arguments):
    """Whether the command will listen, which Odoo would try before it complains."""
    quiet = {"--stop-after-init", "--no-http", "--help", "-h", "--save", "-s"}
    named = arguments[:1] and not arguments[0].startswith("-")
    return not quiet & set(arguments) and (not named or arguments[0] == "server")


def port(arguments):
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-p", "--http-port", dest="port", type=int, default=8069)
    return parser.parse_known_args(arguments)[0].port


def show():
    with ground(documents=False) as here:
        code = here.odoo("--version")
        print(f"source         {here.home}")
        print(f"python         {here.python}")
        print(f"configuration  {here.config}")
        print(f"addons         {here.addons}")
        print(f"PGHOST         {here.environment.get('PGHOST')}", flush=True)
        return code
