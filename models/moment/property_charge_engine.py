from odoo import api, models
from odoo.tools import date_utils

from ..billing.charge_builder import ChargeBuilder
from ..billing.charge_facts import Facts
from ..billing.payers import Span, Tenure
from ..estate.dates import ONE_DAY

# Months that nobody billed are looked for so far back.
MONTHS_BACK = 12
# The buyer who is not known yet.
SOMEBODY = -1


def sold(tenures, buyer_id, day):
    """Tenures as they will be once the unit is the buyer's from ``day`` on. Pure."""
    kept = []
    for row in tenures:
        if row.role != "owner":
            kept.append(row)
        elif not row.date_from or row.date_from < day:
            ends = min(filter(None, (row.date_to, day - ONE_DAY)))
            kept.append(row._replace(date_to=ends))
    return (*kept, Tenure(buyer_id, "owner", True, day, None))


class PropertyChargeEngine(models.AbstractModel):
    """What a seller owes for days that no bill covers yet: worked out by the rules of
    billing, but no charge is made of it."""

    _inherit = "property.charge.engine"

    @api.private
    @api.model
    def _not_billed_yet(self, unit, seller, buyer, day):
        """The seller's part of the months not billed, up to the transfer.

        :param day: first day of the buyer
        :return: an amount without taxes in the currency of the company. Readings that
            are still to be taken and costs still to be shared are not in it.
        """
        total = 0.0
        for month in self._months_not_billed(unit, day):
            facts = self._facts_of_unit(unit, month)
            facts.units[:] = [
                row._replace(
                    life=row.life._replace(
                        tenures=sold(row.life.tenures, buyer.id or SOMEBODY, day)
                    )
                )
                for row in facts.units
            ]
            charges, _problems = ChargeBuilder(facts).build()
            total += sum(
                charge["amount"]
                for charge in charges
                if charge["partner_id"] == seller.id
            )
        return unit.company_id.currency_id.round(total)

    def _months_not_billed(self, unit, day):
        [(last,)] = self.env["property.charge"]._read_group(
            [("unit_id", "=", unit.id), ("move_id", "!=", False)], [], ["period:max"]
        )
        end = date_utils.start_of(day, "month")
        first = date_utils.add(last, months=1) if last else end
        month = max(first, date_utils.subtract(end, months=MONTHS_BACK))
        months = []
        while month <= end:
            months.append(month)
            month = date_utils.add(month, months=1)
        return months

    def _facts_of_unit(self, unit, month):
        community, company = unit.community_id, unit.company_id
        last = date_utils.end_of(month, "month")
        items = self._items(community)
        return Facts(
            first=month,
            last=last,
            rounding=company.currency_id.rounding,
            transfer_rule=community._payer_rules[1],
            alert_ratio=company.property_usage_alert_ratio,
            units=self._units(community, unit, month, last),
            items=items,
            book=self.env["property.fee.rate"]._book(community, last),
            vacancies=self._vacancies(unit, month, last),
            meters=self._meters(unit, items, month, last),
            covered=self._covered(community, month, last),
            billed=self._billed_of_unit(unit, month),
        )

    def _billed_of_unit(self, unit, month):
        rows = self.env["property.charge"].search_read(
            [
                ("unit_id", "=", unit.id),
                ("period", "=", month),
                ("move_id", "!=", False),
            ],
            ["fee_item_id", "date_from", "date_to", "partner_id"],
            load=None,
        )
        billed = {}
        for row in rows:
            billed.setdefault((unit.id, row["fee_item_id"]), []).append(
                Span(row["date_from"], row["date_to"], row["partner_id"])
            )
        return billed
