from collections import defaultdict

from odoo import api, models
from odoo.tools import date_utils

from ..billing.payers import is_delivered, payer_spans
from ..estate.dates import holds
from . import terms


class PropertyPrepayment(models.Model):
    """What is known of the units and payers of drafts, read in sets."""

    _inherit = "property.prepayment"

    def _lives(self):
        """{agreement: what decides on who pays from its first day on}"""
        found = {}
        for (community, first), agreements in self.grouped(
            lambda row: (row.community_id, row.date_from)
        ).items():
            # sudo: who owns a unit is asked for whoever may sell to him
            engine = self.env["property.charge.engine"].sudo()
            last = date_utils.end_of(first, "month")
            community, units = community.sudo(), agreements.unit_id.sudo()
            rows = engine._units(community, units, first, last)
            lives = {row.id: row.life for row in rows}
            for agreement in agreements:
                found[agreement] = lives[agreement.unit_id.id]
        return found

    def _payers(self):
        """Who may pay ahead: owners and occupants on the first day, of a unit that is
        not handed over by then the developer alone.

        :return: {agreement: (commercial partners, whether the unit is handed over)}
        """
        found, partners = {}, self.env["res.partner"]
        lives = self._lives()
        for agreement, life in lives.items():
            delivered = is_delivered(life, agreement.date_from)
            ids = {
                row.partner_id
                for row in life.tenures
                if holds(row.date_from, row.date_to, agreement.date_from)
            }
            ids = ids if delivered else {life.developer_id} - {None}
            found[agreement] = ids, delivered
            partners += partners.browse(ids)
        # sudo: the owner's company, whoever may read it
        customers = {
            partner.id: partner.commercial_partner_id for partner in partners.sudo()
        }
        return {
            agreement: (
                self.env["res.partner"].union(*(customers[row] for row in ids)),
                delivered,
            )
            for agreement, (ids, delivered) in found.items()
        }

    def _usual_payers(self):
        """{agreement: whom a bill for its first day would go to}"""
        found = {}
        for agreement, life in self._lives().items():
            last = date_utils.end_of(agreement.date_from, "month")
            rule = agreement.company_id.sudo().property_transfer_rule
            spans = payer_spans(life, agreement.date_from, last, rule)
            found[agreement] = self.env["res.partner"].browse(spans[0].partner_id or ())
        return found

    def _months_ahead(self, items):
        """{agreement: months of the same fees, after the one that runs, that are sold}

        Where all of them end within the months in which renewals are prepared they do
        not count: a renewal is a term of its own.

        :param items: {agreement: ids of its fees}
        """
        found = dict.fromkeys(self, 0)
        for community, agreements in self.grouped("community_id").items():
            today = community._property_today()
            soon = date_utils.add(
                today, months=community.company_id.sudo().property_renewal_months
            )
            counts = {
                (unit.id, item.id): count if last > soon else 0
                for unit, item, count, last in self.env["property.prepayment.cover"]
                # sudo: what is paid ahead, whoever may read the agreement
                .sudo()
                ._read_group(
                    [
                        ("unit_id", "in", agreements.unit_id.ids),
                        ("month", ">", today),
                    ],
                    ["unit_id", "fee_item_id"],
                    ["__count", "date_to:max"],
                )
            }
            for agreement in agreements:
                unit = agreement.unit_id.id
                found[agreement] = max(
                    (counts.get((unit, item), 0) for item in items[agreement]),
                    default=0,
                )
        return found

    def _covered_months(self, items):
        """{agreement: months of its term that are paid ahead already}

        :param items: {agreement: ids of its fees}
        """
        rows = (
            self.env["property.prepayment.cover"]
            .sudo()  # sudo: as in _months_ahead
            .search_read(
                [
                    ("unit_id", "in", self.unit_id.ids),
                    ("prepayment_id", "not in", self.ids),
                    ("month", ">=", min(self.mapped("date_from"), default=False)),
                ],
                ["unit_id", "fee_item_id", "month"],
                load=None,
            )
        )
        taken = defaultdict(set)
        for row in rows:
            taken[row["unit_id"], row["fee_item_id"]].add(row["month"])
        found = {}
        for agreement in self:
            months = set(terms.months_of(agreement.date_from, agreement.date_to))
            found[agreement] = set().union(
                *(
                    taken[agreement.unit_id.id, item] & months
                    for item in items[agreement]
                )
            )
            paid = agreement.unit_id.paid_directly
            if paid and paid >= agreement.date_from:
                found[agreement].add(agreement.date_from)
        return found

    def _drafted_twice(self, items):
        """{agreement: one before it, of these, that is for the same fees and months}"""
        found, taken = {}, {}
        for agreement in self:
            keys = [
                (agreement.unit_id.id, item, month)
                for item in items[agreement]
                for month in terms.months_of(agreement.date_from, agreement.date_to)
            ]
            found[agreement] = next(filter(None, map(taken.get, keys)), None)
            taken.update(dict.fromkeys(keys, agreement))
        return found

    def _billed_through(self, items):
        """{agreement: last day for which one of its fees is billed, about to be
        billed, or came in with the opening ledger}

        :param items: {agreement: ids of its fees}
        """
        billed = self._billed_days(self.unit_id)
        found = {}
        for agreement in self:
            unit = agreement.unit_id
            days = [billed.get((unit.id, item)) for item in items[agreement]]
            days.append(unit.opening_through)
            found[agreement] = max(filter(None, days), default=None)
        return found

    @api.model
    def _billed_days(self, units):
        """{(unit id, fee id): last day for which it is billed, or about to be}"""
        groups = (
            self.env["property.charge"]
            .sudo()  # sudo: charges of the unit, whoever may read them
            ._read_group(
                [
                    ("unit_id", "in", units.ids),
                    ("fee_item_id.is_prepayable", "=", True),
                    "|",
                    ("move_id", "!=", False),
                    ("run_id.state", "in", ("signed", "invoicing")),
                ],
                ["unit_id", "fee_item_id"],
                ["date_to:max"],
            )
        )
        return {(unit.id, item.id): day for unit, item, day in groups}
