from collections import defaultdict

from odoo import api, models
from odoo.tools import date_utils, float_round

from ..billing.rates import Place
from . import terms


class PropertyPrepayment(models.Model):
    """What a term costs, from the rates that hold on its first day."""

    _inherit = "property.prepayment"

    @api.depends(
        "unit_id",
        "offer_id.fee_item_ids",
        "months",
        "free_months",
        "date_from",
        "currency_id",
        "partner_id",
    )
    def _compute_amounts(self):
        drafts = self._following_rates()
        drafts._put_amounts(drafts._fees(), drafts._tax_positions())

    def _following_rates(self):
        """What was agreed does not follow the rates any more."""
        return self.filtered(
            lambda agreement: agreement.state == "draft" and not agreement.is_opening
        )

    def _put_amounts(self, fees, positions):
        """
        :param fees: of ``_fees``
        :param positions: of ``_tax_positions``
        """
        for agreement in self:
            position = positions[agreement]
            amounts = [agreement._fee_amounts(fee, position) for fee in fees[agreement]]
            total_list = sum(row["amount_list"] for row in amounts)
            total_discount = sum(row["amount_discount"] for row in amounts)
            agreement.amount_list = total_list
            agreement.amount_discount = total_discount
            agreement.amount = total_list - total_discount
            agreement.amount_total = sum(row["amount_total"] for row in amounts)

    @api.private
    def _fees(self):
        """The fees of each agreement at the price of its first day, in its currency.

        :return: {agreement: [terms.Fee]}; a fee that is not charged, or of which
            nothing is known, is left out
        """
        found = defaultdict(list)
        ready = self.filtered(
            lambda row: row.unit_id and row.offer_id and row.date_from
        )
        for (community, day), agreements in ready.grouped(
            lambda row: (row.community_id, row.date_from)
        ).items():
            found.update(agreements._fees_of(community, day))
        return found

    def _fees_of(self, community, day):
        # sudo: whoever sells at the counter need not be allowed to keep rates.
        env = self.sudo().env
        month_end = date_utils.end_of(day, "month")
        book = env["property.fee.rate"]._book(community, month_end)
        engine = env["property.charge.engine"]
        units = self.sudo().unit_id
        vacancies = engine._vacancies(units, day, month_end)
        items = self._prepayable_items(community)
        found = defaultdict(list)
        for agreement in self:
            unit = agreement.unit_id
            place = Place(unit.id, unit.building_id.id, community.id, unit.unit_type)
            for item in agreement.offer_id.sudo().fee_item_ids or items:
                rate = book.find(item.id, place, day, month_end)
                if not rate or not rate.price or not item.is_prepayable:
                    continue
                spans = vacancies.get(unit.id, ()) if item.vacancy_eligible else ()
                factor = terms.factor_on(rate, spans, day)
                fee = agreement._fee(item, rate, factor)
                if fee.monthly:
                    found[agreement].append(fee)
        return found

    @api.model
    def _prepayable_items(self, community):
        # sudo: as in _fees_of
        return (
            self.env["property.fee.item"]
            .sudo()
            .search(
                [
                    ("company_id", "in", (False, community.company_id.id)),
                    ("is_prepayable", "=", True),
                ]
            )
        )

    def _fee(self, item, rate, factor):
        """A fee at ``rate`` and ``factor``: area × price × factor a month."""
        self.ensure_one()
        quantity = self.unit_id.floor_area if item.basis == "area" else 1.0
        price = self._price(rate)
        monthly = self._monthly(quantity, price, factor)
        return terms.Fee(item.id, monthly, quantity, price, factor)

    def _price(self, rate):
        """The price of a rate in the agreement's currency, at the rate of its first
        day."""
        company = self.company_id.currency_id
        if self.currency_id == company:
            return rate.price
        return rate.price * company._get_conversion_rate(
            company, self.currency_id, self.company_id, self.date_from
        )

    def _monthly(self, quantity, price, factor):
        return float_round(
            quantity * price * factor, precision_rounding=self.currency_id.rounding
        )

    def _fee_amounts(self, fee, position):
        """Amounts of one fee over the term, its taxes taken out or added as Odoo does.

        :param position: of ``_tax_positions``
        :return: values of ``property.prepayment.item`` and amount_total
        """
        self.ensure_one()
        free = terms.discount(fee.monthly, self.free_months, self.currency_id.rounding)
        listed = self._taxed(fee, fee.monthly * self.months, position)
        given = self._taxed(fee, free, position)
        return {
            "amount_list": listed["total_excluded"],
            "amount_discount": given["total_excluded"],
            "amount_total": listed["total_included"] - given["total_included"],
        }

    def _tax_positions(self):
        """{agreement: fiscal position of its payer}; where none applies by itself,
        nothing is searched for."""
        found = {}
        for company, agreements in self.grouped("company_id").items():
            # sudo: taxes are for accountants to read
            positions = self.env["account.fiscal.position"].sudo().with_company(company)
            own = positions._check_company_domain(company)
            automatic = positions.search_count(
                [*own, ("auto_apply", "=", True)], limit=1
            )
            for agreement in agreements.sudo().with_company(company):
                partner = agreement.partner_id
                found[agreement] = (
                    positions._get_fiscal_position(partner)
                    if automatic
                    else partner.property_account_position_id
                )
        return found

    def _taxed(self, fee, price, position):
        """:return: total_excluded and total_included of a price of the fee"""
        # sudo: taxes are for accountants to read
        product = (
            self.env["property.fee.item"].sudo().browse(fee.fee_item_id).product_id
        )
        company, partner = self.company_id.sudo(), self.partner_id.sudo()
        taxes = product.taxes_id._filter_taxes_by_company(company)
        return position.map_tax(taxes).compute_all(
            price, self.currency_id, 1.0, product=product, partner=partner
        )
