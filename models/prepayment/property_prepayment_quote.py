from collections import defaultdict

from odoo import api, models
from odoo.tools import date_utils

from ..billing.rates import Place
from . import terms


class PropertyPrepayment(models.Model):
    """What an offer is held against, and with which month it would begin."""

    _inherit = "property.prepayment"

    @api.private
    @api.model
    def _next_months(self, units, offer):
        """The first month of each unit that is neither billed nor paid ahead for any
        fee of the offer, this month at the earliest.

        :return: {unit: first day of a month}
        """
        found = {}
        for community, here in units.grouped("community_id").items():
            items = offer.sudo().fee_item_ids or self._prepayable_items(community)
            # A fee may be covered, or billed, further than another one.
            last = defaultdict(list)
            for (unit, item), day in self._billed_days(here).items():
                if item in items.ids:
                    last[unit].append(day)
            for unit, day in self._covered_days(here, items).items():
                last[unit].append(day)
            this_month = community._property_today().replace(day=1)
            for unit in here:
                days = [*last[unit.id], unit.paid_directly, unit.opening_through]
                months = [
                    terms.month_after(min(day, terms.LAST_START))
                    for day in filter(None, days)
                ]
                found[unit] = max([this_month, *months])
        return found

    @api.model
    def _covered_days(self, units, items):
        """{unit id: last day for which one of the fees is paid ahead}"""
        groups = (
            self.env["property.prepayment.cover"]
            .sudo()  # sudo: what is paid ahead, whoever may read the agreement
            ._read_group(
                [("unit_id", "in", units.ids), ("fee_item_id", "in", items.ids)],
                ["unit_id"],
                ["date_to:max"],
            )
        )
        return {unit.id: day for unit, day in groups}

    @api.private
    def _otherwise(self, fees, positions):
        """What the months would cost, taxes included, without the offer: month by month
        at the rates known today, those entered for later included.

        :param fees: of ``_fees``
        :param positions: of ``_tax_positions``
        :return: {agreement: amount in its currency}
        """
        found = dict.fromkeys(self, 0.0)
        ready = self.filtered(lambda row: fees[row])
        for community, agreements in ready.grouped("community_id").items():
            found.update(agreements._otherwise_in(community, fees, positions))
        return found

    def _otherwise_in(self, community, fees, positions):
        # sudo: as in _fees_of
        env = self.sudo().env
        first, last = min(self.mapped("date_from")), max(self.mapped("date_to"))
        book = env["property.fee.rate"]._book(community, last)
        vacancies = env["property.charge.engine"]._vacancies(
            self.sudo().unit_id, first, last
        )
        items = env["property.fee.item"].browse(
            {fee.fee_item_id for row in self for fee in fees[row]}
        )
        eligible = set(items.filtered("vacancy_eligible").ids)
        found = {}
        for agreement in self:
            unit, total = agreement.unit_id, 0.0
            place = Place(unit.id, unit.building_id.id, community.id, unit.unit_type)
            spans = vacancies.get(unit.id, ())
            for fee in fees[agreement]:
                price = sum(
                    agreement._monthly_by(book, place, fee, month, spans, eligible)
                    for month in terms.months_of(agreement.date_from, agreement.date_to)
                )
                taxed = agreement._taxed(fee, price, positions[agreement])
                total += taxed["total_included"]
            found[agreement] = agreement.currency_id.round(total)
        return found

    def _monthly_by(self, book, place, fee, month, spans, eligible):
        """What one month of a fee costs by the rate of that month."""
        item = fee.fee_item_id
        rate = book.find(item, place, month, date_utils.end_of(month, "month"))
        if not rate:
            return 0.0
        factor = terms.factor_on(rate, spans, month) if item in eligible else 1.0
        return self._monthly(fee.quantity, self._price(rate), factor)

    @api.model
    def _count_by(self, name, records):
        """{record: number of its agreements}, for the smart buttons."""
        groups = self._read_group([(name, "in", records.ids)], [name], ["__count"])
        return dict(groups)
