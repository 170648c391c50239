"""Let customers of the demo pay: Odoo's own demo provider, which moves no money, is
switched on for the companies that have communities. Run as `payable.py DATABASE`."""

import sys

import odoo.api
import odoo.modules.registry
from odoo.tools import config


def main(database):
    config.parse_config(
        ["-d", database, "--no-http", "--log-level", "error"], setup_logging=True
    )
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        companies = env["property.community"].search([]).company_id
        providers = env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "in", companies.ids)]
        )
        providers.write({"state": "test", "is_published": True})


main(sys.argv[1])
