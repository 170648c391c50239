from datetime import date, datetime

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

# A day outside these years is a slip of the pen.
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
DAYS = (
    "date",
    "date_wanted",
    "date_transfer",
    "lease_from",
    "lease_to",
    "slot_start",
)


class PropertyMoment(models.Model):
    """Days that can be true."""

    _inherit = "property.moment"

    @api.constrains(*DAYS)
    def _check_days(self):
        for moment in self:
            for name in DAYS:
                moment._check_day(name)

    def _check_day(self, name):
        value = self[name]
        day = value.date() if isinstance(value, datetime) else value
        if day and not FIRST <= day <= LAST:
            raise ValidationError(
                self.env._(
                    "%(field)s: %(day)s is not between %(first)s and %(last)s.",
                    field=self._fields[name]._description_string(self.env),
                    day=day.isoformat(),
                    first=format_date(self.env, FIRST),
                    last=format_date(self.env, LAST),
                )
            )
