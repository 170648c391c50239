import json

from odoo import fields, models
from odoo.tools import SQL, date_utils
from odoo.tools.misc import format_amount

from .property_home import ROOM

MONTHS = 12
# figure: (above, below); without a divisor it is an amount.
FIGURES = {
    "collection_rate": ("applied", "charged"),
    "recovery_rate": ("arrears_recovered", "arrears_opening"),
    "promises_rate": ("promises_kept", "promises_due"),
    "arrears_closing": ("arrears_closing", None),
}
FIRST = ROOM - len(FIGURES)


class PropertyHome(models.Model):
    """The rates of the month and how they went, for the manager (procedure, section
    6); of all that he may see, ratios of the sums."""

    _inherit = "property.home"

    def _may_see_figures(self):
        return self.env.user._has_property_role("group_manager") and self.env[
            "property.figure"
        ].has_access("read")

    def _figure_rows(self):
        if not self._may_see_figures():
            return super()._figure_rows()
        return [
            SQL(
                "SELECT %s, %s, 'figures', 9, 'info', 1, 0::float",
                self._card_id(FIRST + place),
                name,
            )
            for place, name in enumerate(FIGURES)
        ]

    def _compute_title(self):
        rows = self.filtered(lambda row: row.key in FIGURES)
        months = rows._figure_months() if rows else []
        for row in rows:
            row._show_figure(months)
        return super(PropertyHome, self - rows)._compute_title()

    def _figure_months(self):
        """[(month, {name: sum})], oldest first; one query for all cards."""
        names = sorted({name for pair in FIGURES.values() for name in pair if name})
        currency = self.env.company.currency_id
        found = self.env["property.figure"]._read_group(
            [*self._figure_domain(), ("currency_id", "=", currency.id)],
            ["period:month"],
            [f"{name}:sum" for name in names],
            order="period:month",
        )
        return [(month, dict(zip(names, sums, strict=True))) for month, *sums in found]

    def _figure_domain(self):
        """The months that are shown."""
        today = fields.Date.context_today(self._here())
        return [("period", ">=", date_utils.subtract(today, months=MONTHS))]

    def _figure_label(self, name):
        return self.env["property.figure"]._fields[name]._description_string(self.env)

    def _show_figure(self, months):
        above, below = FIGURES[self.key]
        values = [
            (month, self._value(sums[above], below and sums[below]))
            for month, sums in months
            if not below or sums[below]
        ]
        self.title = self._figure_label(self.key)
        self.amount_text = False
        self.figure = self._said(values[-1][1], below) if values else "–"
        self.detail = ", ".join(
            f"{month.strftime('%Y-%m')}: {self._said(value, below)}"
            for month, value in reversed(values[-3:])
        )
        self.trend = len(values) > 1 and json.dumps(
            [
                {
                    "key": self.title,
                    "values": [
                        {"x": month.strftime("%Y-%m"),
                         "y": round(value * 100 if below else value, 2)}
                        for month, value in values
                    ],
                }
            ]
        )  # fmt: skip

    def _value(self, above, below):
        return (above or 0) if below is None else (above or 0) / below

    def _said(self, value, is_rate):
        if is_rate:
            return f"{value:.1%}"
        return format_amount(self.env, value, self.env.company.currency_id)

    def action_open(self):
        self.ensure_one()
        place = self.id - self._card_id(FIRST)
        if not (self._may_see_figures() and 0 <= place < len(FIGURES)):
            return super().action_open()
        name = list(FIGURES)[place]
        return {
            "type": "ir.actions.act_window",
            "name": self._figure_label(name),
            "res_model": "property.figure",
            "views": [(False, "graph"), (False, "pivot"), (False, "list")],
            "domain": self._figure_domain(),
            "context": {
                "graph_measure": name,
                "graph_mode": "line",
                "graph_groupbys": ["period:month"],
                "pivot_measures": [name],
                "pivot_row_groupby": ["community_id"],
                "pivot_column_groupby": ["period:month"],
            },
        }
