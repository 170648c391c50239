from odoo import models
from odoo.tools import SQL

from .figure_parts import AGES, OPEN

# Of many rows a rate is the ratio of the sums, not the mean of the ratios.
RATIOS = {
    "collection_rate": ("applied", "charged"),
    "household_rate": ("units_paid", "units_charged"),
    "cumulative_rate": ("applied_ytd", "charged_ytd"),
    "recovery_rate": ("arrears_recovered", "arrears_opening"),
    "prepayment_rate": ("prepaid_next", "charged_next"),
    "occupancy_rate": ("units_occupied", "units_delivered"),
    "occupancy_total_rate": ("units_occupied", "units_total"),
    "vacancy_rate": ("units_vacant", "units_delivered"),
    "arrears_per_household": ("arrears_closing", "households_in_arrears"),
    "promises_rate": ("promises_kept", "promises_due"),
}
# What stands at the end of each month adds up over communities, but not over months.
STOCKS = frozenset(
    (
        "units_total",
        "units_delivered",
        "units_occupied",
        "units_vacant",
        *OPEN,
        *(name for name, _first, _last in AGES),
        "cases_open",
    )
)
# What runs up over the year: of several months the last one says it all.
RUNNING = frozenset(("charged_ytd", "applied_ytd", "prepaid_next", "charged_next"))
LAST = """(
    SELECT sum(t.amount)
      FROM (
            SELECT v.amount, v.period = max(v.period) OVER (
                       PARTITION BY v.community_id, date_part('year', v.period))
                   AS is_last
              FROM unnest(array_agg(%(period)s), array_agg(%(community)s),
                          array_agg(%(amount)s)) v (period, community_id, amount)
           ) t
     WHERE t.is_last)"""


class PropertyFigure(models.Model):
    """How figures of many rows come together."""

    _inherit = "property.figure"

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if function in ("sum", "avg"):
            if name in RATIOS:
                above, below = RATIOS[name]
                return SQL(
                    "(%s / nullif(%s, 0)::float)",
                    self._together(above, query),
                    self._together(below, query),
                )
            if name in RUNNING:
                return self._together(name, query)
            if name in STOCKS:
                return SQL(
                    "(sum(%s)::float / count(DISTINCT %s))",
                    self._field_to_sql(self._table, name, query),
                    self._field_to_sql(self._table, "period", query),
                )
        return super()._read_group_select(aggregate_spec, query)

    def _together(self, name, query):
        """Sum of a measure over rows; of what runs up, of the last month of each
        community and year."""
        amount = self._field_to_sql(self._table, name, query)
        if name not in RUNNING:
            return SQL("sum(%s)", amount)
        return SQL(
            LAST,
            amount=amount,
            period=self._field_to_sql(self._table, "period", query),
            community=self._field_to_sql(self._table, "community_id", query),
        )
