from collections import defaultdict

from odoo import api, models
from odoo.tools import date_utils

from .charge_builder import ChargeBuilder
from .charge_facts import Facts, Item, Metered, Place, Shared, Unit
from .payers import Occupancy, Span, Tenure, UnitLife, owner_pays_from
from .usage import usage


class PropertyChargeEngine(models.AbstractModel):
    """Reads the facts of a community's month in sets, lets ``ChargeBuilder`` apply the
    rules and gives back values to create."""

    _name = "property.charge.engine"
    _description = "Charge Engine"

    @api.model
    def _compute(self, run):
        """:return: (charge values, exception values) of a billing run"""
        # One language for the exceptions, whoever computes: what was accepted is
        # recognized by its words.
        self = self.with_context(lang=run.company_id.partner_id.lang or "en_US")
        charges, problems = ChargeBuilder(self._facts(run)).build()
        previous = self._previous_amounts(run)
        common = {
            "run_id": run.id,
            "community_id": run.community_id.id,
            "company_id": run.company_id.id,
            "currency_id": run.currency_id.id,
            "period": run.period,
        }
        for charge in charges:
            charge.update(common)
            charge["amount_previous"] = previous.get(
                (charge["unit_id"], charge["fee_item_id"]), 0.0
            )
        return charges, self._exception_vals(problems)

    def _facts(self, run):
        community, first = run.community_id, run.period
        units = self.env["property.unit"].search([("community_id", "=", community.id)])
        facts = self._facts_of(community, units, first)
        return facts._replace(
            shared=self._shared(community, units, facts.items, first),
            billed=self._billed(self._of_other_runs(run)),
            billed_sums=self._billed_sums(run),
        )

    def _facts_of(self, community, units, first):
        """What is known of units in a month, but for shared costs and earlier bills."""
        company, last = community.company_id, date_utils.end_of(first, "month")
        items = self._items(community)
        return Facts(
            first=first,
            last=last,
            rounding=company.currency_id.rounding,
            transfer_rule=community._payer_rules[1],
            alert_ratio=company.property_usage_alert_ratio,
            units=self._units(community, units, first, last),
            items=items,
            book=self.env["property.fee.rate"]._book(community, last),
            vacancies=self._vacancies(units, first, last),
            meters=self._meters(units, items, first, last),
            covered=self._covered(community, first, last),
        )

    def _items(self, community):
        items = self.env["property.fee.item"].search(
            [("company_id", "in", (False, community.company_id.id))]
        )
        return {
            item.id: Item(
                item.id, item.basis, item.vacancy_eligible, item.is_prepayable
            )
            for item in items
        }

    def _units(self, community, units, first, last):
        tenures = self._history(
            "property.unit.tenure", units, first, last, Tenure, "role desc"
        )
        occupancies = self._history(
            "property.unit.occupancy", units, first, last, Occupancy, "id"
        )
        handover_rule = community._payer_rules[0]
        developer = community.developer_id.id or None
        return [
            Unit(
                id=row["id"],
                place=Place(
                    row["id"], row["building_id"], community.id, row["unit_type"]
                ),
                floor_area=row["floor_area"],
                apportion_key=row["apportion_key"],
                covered_until=max(
                    filter(None, (row["paid_directly"], row["opening_through"])),
                    default=None,
                ),
                sort_key=row["sort_key"],
                life=UnitLife(
                    tenures.get(row["id"], ()),
                    occupancies.get(row["id"], ()),
                    owner_pays_from(row["handover_date"], handover_rule),
                    developer,
                ),
            )
            for row in units.read(
                [
                    "building_id",
                    "unit_type",
                    "floor_area",
                    "apportion_key",
                    "paid_directly",
                    "opening_through",
                    "handover_date",
                    "sort_key",
                ],
                load=None,
            )
        ]

    def _history(self, model, units, first, last, row_class, order):
        """History rows of the units that touch the month: {unit id: [row]}"""
        names = row_class._fields
        rows = self.env[model].search_read(
            [
                ("unit_id", "in", units.ids),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ],
            ["unit_id", *names],
            order=order,
            load=None,
        )
        history = defaultdict(list)
        for row in rows:
            history[row["unit_id"]].append(
                row_class(*(row[name] or None for name in names))
            )
        return history

    def _vacancies(self, units, first, last):
        rows = self.env["property.vacancy"].search(
            [
                ("unit_id", "in", units.ids),
                ("state", "=", "approved"),
                ("date_from", "<=", last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ]
        )
        vacancies = defaultdict(list)
        for row in rows:
            vacancies[row.unit_id.id].append((row.discount_from, row.date_to or None))
        return vacancies

    def _covered(self, community, first, last):
        """Days of the month that are paid ahead: {(unit id, item id): [Span]}"""
        return {}

    def _meters(self, units, items, first, last):
        meters = self.env["property.meter"].search(
            [
                ("unit_id", "in", units.ids),
                ("fee_item_id", "in", list(items)),
                "|",
                ("date_installed", "=", False),
                ("date_installed", "<=", last),
                "|",
                ("date_removed", "=", False),
                ("date_removed", ">=", first),
            ]
        )
        readings = self.env["property.meter.reading"]._readings(meters, first, last)
        metered = defaultdict(list)
        for meter in meters:
            metered[meter.unit_id.id, meter.fee_item_id.id].append(
                Metered(
                    meter.id,
                    usage(
                        readings.get(meter.id, ()),
                        first,
                        last,
                        meter.multiplier,
                        meter.rollover_at,
                    ),
                )
            )
        return metered

    def _shared(self, community, units, items, first):
        costs = self.env["property.shared.cost"].search(
            [("community_id", "=", community.id), ("period", "=", first)]
        )
        return [
            Shared(cost.fee_item_id.id, cost.amount, cost._weights(units))
            for cost in costs
            if cost.fee_item_id.id in items
        ]

    def _billed(self, domain):
        """Charges that there are already: {(unit id, item id): [Span]}"""
        rows = self.env["property.charge"].search_read(
            domain,
            ["unit_id", "fee_item_id", "date_from", "date_to", "partner_id"],
            load=None,
        )
        billed = defaultdict(list)
        for row in rows:
            billed[row["unit_id"], row["fee_item_id"]].append(
                Span(row["date_from"], row["date_to"], row["partner_id"])
            )
        return billed

    def _billed_sums(self, run):
        groups = self.env["property.charge"]._read_group(
            self._of_other_runs(run), ["fee_item_id"], ["amount:sum"]
        )
        return {item.id: amount for item, amount in groups}

    def _of_other_runs(self, run):
        return [
            ("community_id", "=", run.community_id.id),
            ("period", "=", run.period),
            ("run_id", "!=", run.id),
        ]

    def _previous_amounts(self, run):
        groups = self.env["property.charge"]._read_group(
            [
                ("community_id", "=", run.community_id.id),
                ("period", "=", date_utils.subtract(run.period, months=1)),
            ],
            ["unit_id", "fee_item_id"],
            ["amount:sum"],
        )
        return {(unit.id, item.id): amount for unit, item, amount in groups}
