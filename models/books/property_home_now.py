from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo import api, fields, models


class Now(NamedTuple):
    """What the questions of the cards are about."""

    uid: int
    today: object  # where the company is
    tonight: datetime  # the end of today, UTC
    cash_over: list  # domain of takings

    def day(self, days):
        return self.today + timedelta(days=days)


class PropertyHome(models.AbstractModel):
    """Today, and what is too late."""

    _name = "property.home.now"
    _description = "Today on the Home Screen"

    @api.model
    def _here(self):
        """In the company's time zone."""
        return self.with_context(tz=self.env.company._property_tz())

    @api.model
    def _now(self):
        here = self._here()
        today = fields.Date.context_today(here)
        clock = fields.Datetime.context_timestamp(here, fields.Datetime.now())
        offset = clock.utcoffset()
        tonight = datetime.combine(today + timedelta(days=1), time()) - offset
        return Now(self.env.uid, today, tonight, self._cash_over(today))

    @api.model
    def _cash_over(self, today):
        """Takings held longer than the company allows, or by who holds more than it
        allows; for those only who may be shown them."""
        user = self.env.user
        if not user._has_property_role("group_finance", "group_manager"):
            return [(0, "=", 1)]
        late = [
            (company.id, today - timedelta(days=company.property_cash_days))
            for company in self.env.companies
        ]
        over = [
            ("&", ("user_id", "=", holder.id), ("community_id", "=", community.id))
            for holder, community in self._cash_holders()
        ]
        ways = [
            *(("&", ("company_id", "=", id_), ("date", "<", day)) for id_, day in late),
            *over,
        ]
        return [
            ("state", "=", "held"),
            *["|"] * (len(ways) - 1),
            *(leaf for way in ways for leaf in way),
        ]

    @api.model
    def _cash_holders(self):
        """[(user, community)] of those who hold more than the limit."""
        limits = {
            company: company.property_cash_limit
            for company in self.env.companies
            if company.property_cash_limit
        }
        if not limits:
            return []
        rows = self.env["property.takings"]._read_group(
            [("state", "=", "held"), ("company_id", "in", [c.id for c in limits])],
            ["company_id", "user_id", "community_id"],
            ["amount_held:sum"],
        )
        return [
            (user, community)
            for company, user, community, held in rows
            if held > limits[company]
        ]
