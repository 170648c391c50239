from odoo import api, models
from odoo.tools import date_utils

from ..billing.charge_builder import ChargeBuilder
from ..billing.payers import Tenure
from ..estate.dates import ONE_DAY
from ..prepayment.terms import months_of

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
        first = max(first, date_utils.subtract(end, months=MONTHS_BACK))
        return months_of(first, end)

    def _facts_of_unit(self, unit, month):
        billed = [
            ("unit_id", "=", unit.id),
            ("period", "=", month),
            ("move_id", "!=", False),
        ]
        return self._facts_of(unit.community_id, unit, month)._replace(
            billed=self._billed(billed)
        )
