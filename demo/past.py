"""A way to live through the past: the demo has a history that nobody typed in late."""

from contextlib import contextmanager
from datetime import datetime, time
from unittest.mock import patch

from odoo import fields

# 10:30 in Shanghai: nobody is called at night, not even in a demo.
MORNING = time(2, 30)


@contextmanager
def as_if(day):
    """What is done inside is done on ``day``."""
    now = datetime.combine(day, MORNING)
    with (
        patch.object(fields.Date, "today", staticmethod(lambda *_args: day)),
        patch.object(
            fields.Date,
            "context_today",
            staticmethod(lambda _record, timestamp=None: (timestamp or now).date()),
        ),
        patch.object(fields.Datetime, "now", staticmethod(lambda *_args: now)),
    ):
        yield
