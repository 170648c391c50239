from odoo import api, fields, models
from odoo.tools import SQL, date_utils

from ...models.collection.property_collection_ledger import LINES, MATCHED, OPEN_THEN
from ...models.estate.property_unit_occupancy import NOT_DELIVERED, OCCUPIED
from .figure_parts import MONTHS, PARTS
from .property_figure_group import RATIOS

INSERT = """
    INSERT INTO property_figure (period, community_id, company_id, currency_id, as_of,
                                 computed_on, %(columns)s)
    SELECT p.month, p.community_id, p.company_id, p.currency_id, p.last_day, %(now)s,
           %(values)s
      FROM (%(months)s) p
CROSS JOIN LATERAL (%(part)s) x
"""


class PropertyFigure(models.Model):
    """Working out the figures of months, in sets."""

    _inherit = "property.figure"

    @api.model
    def _refresh(self, communities, periods, fingerprints=None):
        """Work out the figures of months anew; months whose close is signed stay what
        they were.

        :param periods: first days of months; those to come are left out
        :param fingerprints: {(community id, month): of what they are worked out}; with
            them, months that another worker has in hand are left to him
        :return: the ``property.figure.month`` that were renewed
        :raises LockError: without fingerprints, when another worker has one in hand
        """
        self.env.flush_all()
        days = self._last_days(communities, periods)
        months = self._months_of(days)
        if fingerprints is None:
            months.lock_for_update()
        else:
            months = months.try_lock_for_update()
        frozen = self._frozen(months)
        months = months.filtered(lambda row: not (row.computed_on and row in frozen))
        if months:
            self._renew(months, days, fingerprints or {})
        return months

    @api.model
    def _last_days(self, communities, periods):
        """{(community id, month): last day to look at}"""
        days = {}
        for community in communities:
            today = community._property_today()
            for period in periods:
                if period <= today:
                    last = date_utils.end_of(period, "month")
                    days[community.id, period] = min(last, today)
        return days

    @api.model
    def _months_of(self, days):
        """The rows of bookkeeping, made where there are none; two workers may."""
        # sudo: kept by the system alone.
        months = self.env["property.figure.month"].sudo()
        if not days:
            return months
        communities, periods = zip(*days, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO property_figure_month (community_id, company_id, period)
                SELECT m.community_id, c.company_id, m.period
                  FROM unnest(%(communities)s::int[], %(periods)s::date[])
                       m (community_id, period)
                  JOIN property_community c ON c.id = m.community_id
           ON CONFLICT (community_id, period) DO NOTHING
                """,
                communities=list(communities),
                periods=list(periods),
            )
        )
        found = months.search(
            [
                ("community_id", "in", set(communities)),
                ("period", "in", set(periods)),
            ]
        )
        return found.filtered(lambda row: (row.community_id.id, row.period) in days)

    @api.model
    def _frozen(self, months):
        """Those of ``months`` whose close is signed."""
        # sudo: that it is signed, is no secret.
        closes = self.env["property.period.close"].sudo()
        signed = closes.search(
            [
                ("state", "=", "signed"),
                ("community_id", "in", months.community_id.ids),
                ("period", "in", months.mapped("period")),
            ]
        )
        signed = {(close.community_id, close.period) for close in signed}
        return months.filtered(lambda row: (row.community_id, row.period) in signed)

    @api.model
    def _renew(self, months, days, fingerprints):
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM property_figure f
                 USING property_figure_month m
                 WHERE m.id IN %s AND f.community_id = m.community_id
                   AND f.period = m.period
                """,
                tuple(months.ids),
            )
        )
        now = fields.Datetime.now()
        for part, columns, since in PARTS:
            self.env.cr.execute(self._insert(part, columns, since, months, days, now))
        for row in months:
            key = (row.community_id.id, row.period)
            row.write(
                {
                    "as_of": days[key],
                    "computed_on": now,
                    "fingerprint": fingerprints.get(key),
                }
            )
        self.invalidate_model()

    @api.model
    def _insert(self, part, columns, since, months, days, now):
        rates = {
            name: SQL("x.%s / nullif(x.%s, 0)::float", *map(SQL.identifier, pair))
            for name, pair in RATIOS.items()
            if set(pair) <= set(columns)
        }
        names = [SQL.identifier(name) for name in (*columns, *rates)]
        values = [SQL("x.%s", SQL.identifier(name)) for name in columns]
        communities = months.community_id
        zones = {
            place.id: place.company_id._property_tz(place) for place in communities
        }
        return SQL(
            INSERT,
            columns=SQL(", ").join(names),
            values=SQL(", ").join([*values, *rates.values()]),
            now=now,
            months=SQL(
                MONTHS,
                since=since,
                communities=[row.community_id.id for row in months],
                months=[row.period for row in months],
                days=[days[row.community_id.id, row.period] for row in months],
                zones=[zones[row.community_id.id] for row in months],
            ),
            part=self._part(part),
        )

    @api.model
    def _part(self, part):
        ledger = self.env["property.ledger.line"]
        as_of = SQL("p.last_day")
        return SQL(
            part,
            more=ledger._consumed(),
            balances=ledger._balances(),
            day=as_of,
            occupied=OCCUPIED,
            not_delivered=NOT_DELIVERED,
            open=SQL(
                LINES,
                where=SQL("m.property_community_id = p.community_id"),
                residual=SQL("l.balance - t.amount"),
                residual_currency=SQL("0"),
                join=SQL(MATCHED, as_of=as_of),
                which=SQL(OPEN_THEN, as_of=as_of),
            ),
        )
