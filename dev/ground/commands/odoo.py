"""dev/odoo: the server's own command line with the development configuration."""

from ..say import command
from ..server import ground


@command
def main(arguments):
    if arguments == ["--version"]:
        return show()
    with ground(documents=False) as here:
        return here.odoo(*arguments)


def show():
    with ground(documents=False) as here:
        code = here.odoo("--version")
        print(f"source         {here.home}")
        print(f"python         {here.python}")
        print(f"configuration  {here.config}")
        print(f"addons         {here.addons}")
        print(f"PGHOST         {here.environment.get('PGHOST')}", flush=True)
        return code
