from odoo import models
from odoo.tools import SQL

from .figure_parts import BILLS, CHARGED, MONTHS, OF_YEAR, PLACE

ITEMS = ("charged", "applied", "consumed")


class PropertyPeriodClose(models.Model):
    """Collection rates and fees of the month, as ``property.figure`` has them."""

    _inherit = "property.period.close"

    def _fees(self):
        """Charges of the month by building and fee item, and units.

        :return: rows of ``CHARGED`` as dictionaries
        """
        names = (*PLACE, "fee_item_id", *BILLS)
        rows = self._figure_part(CHARGED, "month")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _figure_part(self, part, since):
        months = SQL(
            MONTHS,
            since=since,
            communities=self.community_id.ids,
            months=[self.period],
            days=[self.date_to],
            zones=[self.company_id._property_tz(self.community_id)],
        )
        return self.env.execute_query(
            SQL(
                "SELECT x.* FROM (%s) p CROSS JOIN LATERAL (%s) x",
                months,
                self.env["property.figure"]._part(part),
            )
        )

    def _rates(self, fees):
        """Figures of section 6 as of the last day of the month."""
        sums = {
            name: sum(row[name] or 0 for row in fees)
            for name in (*ITEMS, "units_charged", "units_paid")
        }
        year = self._figure_part(OF_YEAR, "year")
        charged_ytd, applied_ytd = (
            sum(row[place] or 0 for row in year) for place in (-2, -1)
        )
        return {
            **{name: self.currency_id.round(sums[name]) for name in ITEMS},
            "units_charged": int(sums["units_charged"]),
            "units_paid": int(sums["units_paid"]),
            "collection_rate": ratio(sums["applied"], sums["charged"]),
            "household_rate": ratio(sums["units_paid"], sums["units_charged"]),
            "cumulative_rate": ratio(applied_ytd, charged_ytd),
        }

    def _fee_lines(self, fees):
        """Net charges, received and consumed by building and fee item."""
        found = {}
        for row in fees:
            for name in ITEMS:
                key = (row["building_id"], row["fee_item_id"], name)
                found[key] = found.get(key, 0.0) + float(row[name] or 0.0)
        return [
            {
                "section": "fees",
                "kind": name,
                "building_id": building,
                "fee_item_id": item,
                "amount": self.currency_id.round(amount),
            }
            for (building, item, name), amount in found.items()
            if not self.currency_id.is_zero(amount)
        ]


def ratio(part, whole):
    return float(part) / float(whole) if whole else 0.0
