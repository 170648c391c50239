from typing import NamedTuple

from odoo import api, models
from odoo.tools import split_every

from ..billing.rates import Place
from ..estate.rows import insert_rows
from . import terms

CHUNK = 5000


class Opening(NamedTuple):
    """What one unit had paid ahead when its owner ledger came in: whole months, an
    amount in company currency."""

    unit_id: int
    partner_id: int
    date_from: object
    date_to: object
    amount: float
    name: str

    @property
    def months(self):
        return terms.months_of(self.date_from, self.date_to)


class Paid(NamedTuple):
    """An Opening with its unit's row, the fees it covers (ids, the one that was paid
    for first) and what becomes of it."""

    opening: Opening
    unit: dict
    fees: tuple
    agreement_id: int = 0


class PropertyPrepayment(models.Model):
    """Months paid ahead that come in with an owner ledger: agreements without offer and
    invoice, released month by month like all others."""

    _inherit = "property.prepayment"

    @api.private
    @api.model
    def _open_paid(self, community, openings, fee_item=None):
        """Make running agreements of a community, thousands at a time.

        Left out are units with something paid ahead already, and those for which no fee
        can be paid ahead.

        :param openings: Openings, one a unit
        :param fee_item: the fee that was paid for; else one that the unit has a rate of
        :return: {unit id: agreement id}
        """
        # sudo: an owner ledger is brought in by those who neither keep rates nor write
        # agreements by hand; these follow from its rows.
        agreements, made = self.sudo(), {}
        items = agreements._opening_items(community, fee_item)
        for some in split_every(CHUNK, openings):
            made |= agreements._open_some(community, list(some), items)
        return made

    @api.model
    def _opening_items(self, community, fee_item):
        items = self._prepayable_items(community)
        if fee_item and fee_item in items:
            items = fee_item.with_env(items.env) | items
        return items

    def _open_some(self, community, openings, items):
        paid = self._with_fees(community, openings, items)
        agreements = insert_rows(
            self, [self._opening_vals(community, row.opening) for row in paid]
        )
        paid = [
            row._replace(agreement_id=agreement)
            for row, agreement in zip(paid, agreements.ids, strict=True)
        ]
        self._open_items(community, paid, items)
        insert_rows(
            self.env["property.prepayment.line"],
            [vals for row in paid for vals in self._opening_months(community, row)],
        )
        insert_rows(
            self.env["property.prepayment.cover"],
            [vals for row in paid for vals in self._opening_cover(community, row)],
        )
        return {row.opening.unit_id: row.agreement_id for row in paid}

    @api.model
    def _with_fees(self, community, openings, items):
        """Those for which an agreement can be made, as Paid."""
        unit_ids = [opening.unit_id for opening in openings]
        groups = self.env["property.prepayment.cover"]._read_group(
            [("unit_id", "in", unit_ids)], ["unit_id"]
        )
        taken = {unit.id for (unit,) in groups}
        day = min(opening.date_from for opening in openings)
        book = self.env["property.fee.rate"]._book(community, day)
        units = self.env["property.unit"].browse(unit_ids)
        names = ["building_id", "unit_type", "floor_area"]
        rows = {row["id"]: row for row in units.read(names, load=None)}
        found = []
        for opening in openings:
            unit = rows[opening.unit_id]
            place = Place(
                unit["id"], unit["building_id"], community.id, unit["unit_type"]
            )
            fees = [item for item in items.ids if book.find(item, place, day, day)]
            # Where nobody has set a price yet it is still the ledger's fee.
            fees = fees or items.ids[:1]
            if fees and unit["id"] not in taken:
                found.append(Paid(opening, unit, tuple(fees)))
        return found

    def _opening_vals(self, community, opening):
        return {
            "name": opening.name,
            "unit_id": opening.unit_id,
            "community_id": community.id,
            "company_id": community.company_id.id,
            "partner_id": opening.partner_id,
            "currency_id": community.company_id.currency_id.id,
            "user_id": self.env.uid,
            "date_from": opening.date_from,
            "date_to": opening.date_to,
            "months": len(opening.months),
            "free_months": 0,
            "state": "running",
            "is_opening": True,
            "amount_list": opening.amount,
            "amount_discount": 0.0,
            "amount": opening.amount,
            "amount_total": opening.amount,
        }

    @api.model
    def _open_items(self, community, paid, items):
        """The fee that each has paid for, at what a month of it came to."""
        company = community.company_id
        accounts = {
            item.id: self._company_income_account(item, company) for item in items
        }
        by_area = {item.id for item in items if item.basis == "area"}
        rows = []
        for opening, unit, fees, agreement_id in paid:
            area = unit["floor_area"] if fees[0] in by_area else 0.0
            monthly = company.currency_id.round(opening.amount / len(opening.months))
            rows.append(
                {
                    "prepayment_id": agreement_id,
                    "community_id": community.id,
                    "company_id": company.id,
                    "fee_item_id": fees[0],
                    "quantity": area or 1.0,
                    "price_unit": monthly / (area or 1.0),
                    "factor": 1.0,
                    "monthly": monthly,
                    "amount_list": opening.amount,
                    "amount_discount": 0.0,
                    "amount": opening.amount,
                    "account_id": accounts[fees[0]].id,
                }
            )
        insert_rows(self.env["property.prepayment.item"], rows)

    @api.model
    def _company_income_account(self, item, company):
        product = item.product_id.with_company(company)
        return product.product_tmpl_id.get_product_accounts()["income"]

    @api.model
    def _opening_months(self, community, paid):
        opening, rounding = paid.opening, community.company_id.currency_id.rounding
        months = opening.months
        shares = terms.even_shares(opening.amount, len(months), rounding)
        common = {
            **self._opening_place(community, paid),
            "partner_id": opening.partner_id,
        }
        return self._schedule_rows(common, months, shares, shares)

    @api.model
    def _opening_cover(self, community, paid):
        opening = paid.opening
        return self._cover_rows(
            self._opening_place(community, paid),
            paid.fees,
            opening.date_from,
            opening.date_to,
        )

    @api.model
    def _opening_place(self, community, paid):
        return {
            "prepayment_id": paid.agreement_id,
            "unit_id": paid.opening.unit_id,
            "community_id": community.id,
            "company_id": community.company_id.id,
        }
