from odoo import models
from odoo.tools import date_utils

from .kpi_workbook import FIRST, Column, KpiWorkbook
from .property_figure_group import RATIOS

MONTHS = 12
FLOWS = (
    "charged",
    "applied",
    "consumed",
    "collection_rate",
    "units_charged",
    "units_paid",
    "household_rate",
)
RUNNING = ("charged_ytd", "applied_ytd", "cumulative_rate")
ARREARS = ("arrears_opening", "arrears_recovered", "recovery_rate")
AHEAD = ("prepaid_next", "charged_next", "prepayment_rate")
UNITS = (
    "units_total",
    "units_delivered",
    "units_occupied",
    "units_vacant",
    "occupancy_rate",
    "occupancy_total_rate",
    "vacancy_rate",
)
OWED = ("arrears_closing", "households_in_arrears", "arrears_per_household")
AGES = (
    "age_1",
    "age_2_3",
    "age_4_6",
    "age_7_12",
    "age_1_2y",
    "age_2_3y",
    "age_over_3y",
)
WORK = (
    "promises_due",
    "promises_kept",
    "promises_rate",
    "contacts",
    "cases_open",
    "moments_done",
    "moments_recovered",
)
NAMES = (*FLOWS, *RUNNING, *ARREARS, *AHEAD, *UNITS, *OWED, *AGES, *WORK)
# What adds up over months; all the rest stands at the end of each.
OVER_MONTHS = frozenset(FLOWS + WORK) - {"cases_open"}
TREND = ("collection_rate", "cumulative_rate", "recovery_rate")


class PropertyFigure(models.Model):
    """The figures as a workbook (procedure, section 6)."""

    _inherit = "property.figure"

    def _write_kpis(self, stream, communities, period):
        """Write the figures of ``communities`` to a binary ``stream``: one sheet to
        compare them in the month ``period`` (its first day), one for each with the
        twelve months up to it, one with the definitions. Amounts are company currency.

        What the user may not read is not in it.
        """
        found = self._kpi_figures(communities, period)
        workbook = KpiWorkbook(stream)
        # With the rules of the user: what he may not see is not compared.
        communities = communities.search([("id", "in", communities.ids)])
        communities = communities.sorted(lambda row: (row.currency_id.name, row.name))
        self._kpi_comparison(workbook, communities, period, found)
        for community in communities:
            months = found.get(community, {})
            self._kpi_community(workbook, community, period, months)
        workbook.add_definitions(
            self.env._("Definitions"),
            self.env._("What the Figures Mean"),
            self._kpi_definitions(),
        )
        workbook.close()

    def _kpi_figures(self, communities, period):
        """{community: {month: {measure: sum}}}; one query."""
        names = [name for name in NAMES if name not in RATIOS]
        since = date_utils.subtract(period, months=MONTHS - 1)
        rows = self._read_group(
            [
                ("community_id", "in", communities.ids),
                ("period", ">=", since),
                ("period", "<=", period),
            ],
            ["community_id", "period:month"],
            [f"{name}:sum" for name in names],
        )
        found = {}
        for community, month, *sums in rows:
            values = dict(zip(names, sums, strict=True))
            found.setdefault(community, {})[month] = values
        return found

    def _kpi_columns(self, first, over_months=False):
        """:param over_months: rows are months, else communities"""
        labels = self.fields_get(NAMES, ["string", "type"])
        columns = [Column(*first, "text")]
        for name in NAMES:
            above, below = RATIOS.get(name, ("", ""))
            kind = {"monetary": "money", "float": "rate"}.get(
                labels[name]["type"], "count"
            )
            is_summed = name not in RATIOS and (not over_months or name in OVER_MONTHS)
            columns.append(
                Column(name, labels[name]["string"], kind, above, below, is_summed)
            )
        return columns

    def _kpi_comparison(self, workbook, communities, period, found):
        columns = self._kpi_columns(("name", self.env._("Community")))
        month = period.strftime("%Y-%m")
        sheet = workbook.add_sheet(
            self.env._("Comparison"),
            self.env._("Communities in %(month)s", month=month),
            self.env._("Totals are for each currency; rates are ratios of the sums."),
            columns,
        )
        row = FIRST
        for currency, own in communities.grouped("currency_id").items():
            digits, first = currency.decimal_places, row
            rows = [
                {"name": one.name, **found.get(one, {}).get(period, {})} for one in own
            ]
            for values in rows:
                workbook.write_row(sheet, row, columns, values, digits)
                row += 1
            label = self.env._("Total %(currency)s", currency=currency.name)
            workbook.write_totals(sheet, row, columns, rows, label, digits, first)
            row += 1
        span = (FIRST, max(row - 2, FIRST))
        for title, names, col in (
            (self.env._("Collection and recovery"), TREND, 0),
            (
                self.env._("Occupancy against collection"),
                ("occupancy_rate", "collection_rate"),
                8,
            ),
        ):
            workbook.add_chart(
                sheet, row + 2, col, {"type": "bar"}, title, columns, names, span
            )

    def _kpi_community(self, workbook, community, period, months):
        columns = self._kpi_columns(("month", self.env._("Month")), over_months=True)
        digits = community.currency_id.decimal_places
        sheet = workbook.add_sheet(
            community.name,
            community.name,
            self.env._(
                "Twelve months up to %(month)s, in %(currency)s",
                month=period.strftime("%Y-%m"),
                currency=community.currency_id.name,
            ),
            columns,
        )
        if not months:
            sheet.write_string(FIRST, 0, self.env._("No figures in these months."))
            return
        rows = [
            {"month": month.strftime("%Y-%m"), **values}
            for month, values in sorted(months.items())
        ]
        for row, values in enumerate(rows, FIRST):
            workbook.write_row(sheet, row, columns, values, digits)
        end = FIRST + len(rows)
        workbook.write_totals(sheet, end, columns, rows, self.env._("Total"), digits)
        span = (FIRST, end - 1)
        ageing = {"type": "column", "subtype": "stacked"}
        for kind, title, names, col in (
            ({"type": "line"}, self.env._("Rates"), TREND, 0),
            (ageing, self.env._("Arrears by age"), AGES, 8),
        ):
            workbook.add_chart(sheet, end + 2, col, kind, title, columns, names, span)

    def _kpi_definitions(self):
        labels = self.fields_get(NAMES, ["string", "help"])
        return [
            (labels[name]["string"], labels[name].get("help") or "") for name in NAMES
        ]
