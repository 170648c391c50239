"""A database of a benchmark's own, for what has to be committed."""

import contextlib
import os
import sys
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

sys.path.insert(0, str(Path(__file__).parents[1]))
from ground.databases import Databases  # noqa: E402
from ground.server import ground  # noqa: E402


@contextlib.contextmanager
def throw_away(*names):
    """Databases that may make NAMES, which are dropped in the end."""
    with ground(documents=False) as here, contextlib.ExitStack() as stack:
        # The peers are in it.
        here.environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
        databases = Databases(here)
        for name in names:
            stack.enter_context(databases.held(name))
        try:
            yield databases
        finally:
            for name in names:
                close_db(name)
                databases.drop(name)


@contextlib.contextmanager
def committed(name):
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
