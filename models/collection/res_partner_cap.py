from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from . import contact_rules as rules
from .outlook import NOTICE_KINDS

# Far enough around a day for every seven days of which it is one.
AROUND = timedelta(days=2 * rules.CAP_DAYS)


class ResPartner(models.Model):
    """How often a customer may be called on (procedure, section 4)."""

    _inherit = "res.partner"

    def _property_check_cap(self, company, day, zone, planned=False):
        """To be called once the contact on ``day`` is on record, or before.

        :param day: where the community is, whose time zone is ``zone``
        :param planned: the contact is not on record yet
        :raises UserError: when it is one too many within seven days; says how many
            there are and when the next one is possible
        """
        self.ensure_one()
        cap = company.property_contact_cap
        days = self._property_contact_days(company, day, zone)
        days += [day] * planned
        if rules.busiest(days, day) <= cap:
            return
        before = list(days)
        before.remove(day)
        raise UserError(
            self.env._(
                "One contact too many. %(customer)s, within seven days: %(count)s, "
                "allowed: %(cap)s. The next call or visit is possible from %(day)s.",
                customer=self.display_name,
                count=rules.busiest(before, day),
                cap=cap,
                day=format_date(self.env, rules.next_free(before, day, cap)),
            )
        )

    def _property_contact_days(self, company, day, zone):
        """Days around ``day`` with calls and visits that count, one for each."""
        span = [
            ("partner_id", "=", self.id),
            ("company_id", "=", company.id),
            ("date", ">=", self._property_midnight(day - AROUND, zone)),
            ("date", "<", self._property_midnight(day + AROUND, zone)),
            ("void_reason", "in", (False, "")),
        ]
        # sudo: what another community's staff did counts as well.
        contacts = self.env["property.contact"].sudo().search(span)
        doorsteps = (
            self.env["property.delivery"]
            .sudo()
            .search(
                [
                    *span,
                    ("channel", "=", "door"),
                    ("notice_id.kind", "in", NOTICE_KINDS),
                ]
            )
        )

        def local(record):
            here = record.with_context(tz=zone)
            return fields.Datetime.context_timestamp(here, record.date).date()

        return rules.days_counted(
            [(local(contact), contact.channel) for contact in contacts],
            [local(row) for row in doorsteps],
        )

    @staticmethod
    def _property_midnight(day, zone):
        moment = pytz.timezone(zone).localize(datetime.combine(day, time.min))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)
