"""From the facts of a month to its charges and exceptions (procedure, section 5).

Pure: the facts are read by ``property.charge.engine``, the rules live in ``payers``,
``rates``, ``usage`` and ``amounts``; this says how they are put together.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo.tools import float_compare, float_round

from ..estate.dates import ONE_DAY, days_in
from .amounts import apportion, share_by_days
from .payers import UnitLife, clip, payer_spans
from .rates import Place, RateBook


class Unit(NamedTuple):
    id: int
    place: Place
    floor_area: float
    apportion_key: float
    covered_until: object  # last day paid or taken over from the opening ledger
    sort_key: str
    life: UnitLife


class Item(NamedTuple):
    id: int
    basis: str
    vacancy_eligible: bool
    is_prepayable: bool


class Metered(NamedTuple):
    """Usage of one meter; ``multiplier`` is applied already."""

    meter_id: int
    usage: object


class Shared(NamedTuple):
    """A cost of the month, ``weights`` {unit id: weight} of those who share it."""

    item_id: int
    amount: float
    weights: dict


class Facts(NamedTuple):
    first: object
    last: object
    rounding: float
    transfer_rule: str = "days"
    alert_ratio: float = 3.0
    units: list = ()
    items: dict = {}
    book: RateBook = RateBook(())
    vacancies: dict = {}  # {unit id: [(first day of discount, last day or None)]}
    meters: dict = {}  # {(unit id, item id): [Metered]}
    shared: list = ()
    billed: frozenset = frozenset()  # (unit id, item id, partner id) of other runs


class Problem(NamedTuple):
    """``kind`` as in ``property.billing.exception``; ``data`` fills its message."""

    kind: str
    unit_id: int | None
    item_id: int | None = None
    meter_id: int | None = None
    data: dict = {}


class ChargeBuilder:
    def __init__(self, facts):
        self.facts = facts
        self.days_in_month = days_in(facts.first, facts.last)
        self.charges = []
        self.problems = []
        self._no_payer = set()
        self._shares = self._share_costs()
        self._periodic = [
            item for item in facts.items.values() if item.basis in ("area", "fixed")
        ]
        self._meters_of = defaultdict(list)
        for (unit_id, item_id), metered in facts.meters.items():
            self._meters_of[unit_id].append((facts.items[item_id], metered))

    def build(self):
        """:return: (list of charge values, list of Problems)"""
        for unit in self.facts.units:
            spans = payer_spans(
                unit.life, self.facts.first, self.facts.last, self.facts.transfer_rule
            )
            concerned = [
                self._periodic_fee(unit, item, spans) for item in self._periodic
            ]
            for item, metered in self._meters_of.get(unit.id, ()):
                concerned.append(True)
                self._metered_fee(unit, item, metered, spans)
            for item_id, weight, price, amount in self._shares.get(unit.id, ()):
                concerned.append(True)
                self._add(unit, item_id, spans, amount, weight, price)
            if not any(concerned):
                self.problems.append(Problem("no_rate", unit.id))
        return self.charges, self.problems

    def _periodic_fee(self, unit, item, spans):
        """Charge floor area or a fixed sum. :return: whether the fee is meant for it"""
        facts = self.facts
        if not facts.book.concerns(item.id, unit.place):
            return False
        if item.is_prepayable:
            spans = clip(spans, unit.covered_until)
        if not spans:
            return True
        rate = facts.book.find(item.id, unit.place, facts.first, facts.last)
        if not rate:
            self.problems.append(Problem("no_rate", unit.id, item.id))
            return True
        if rate.date_from and rate.date_from > facts.first:
            spans = clip(spans, rate.date_from - ONE_DAY)
        quantity = unit.floor_area if item.basis == "area" else 1.0
        if not rate.price:
            return True
        if not quantity:
            self.problems.append(Problem("no_area", unit.id, item.id))
            return True
        factor = self._factor(unit, item, rate, spans)
        amount = quantity * rate.price * factor
        self._add(unit, item.id, spans, amount, quantity, rate.price, factor=factor)
        return True

    def _factor(self, unit, item, rate, spans):
        if item.vacancy_eligible and spans:
            for date_from, date_to in self.facts.vacancies.get(unit.id, ()):
                if date_from <= spans[0].date_from and (
                    not date_to or date_to >= spans[-1].date_to
                ):
                    return rate.vacancy_factor
        return 1.0

    def _metered_fee(self, unit, item, metered, spans):
        facts, total, extra = self.facts, 0.0, {}
        for meter in metered:
            usage = meter.usage
            if usage.problem:
                self._problem(usage.problem, unit, item, meter)
                continue
            if (
                usage.average
                and float_compare(
                    usage.quantity,
                    usage.average * facts.alert_ratio,
                    precision_digits=4,
                )
                > 0
            ):
                self._problem("absurd_usage", unit, item, meter)
            total += usage.quantity
            extra = {
                "reading_previous": usage.previous,
                "reading_current": usage.current,
                "is_estimate": usage.is_estimate or extra.get("is_estimate", False),
            }
        if not total:
            return
        rate = facts.book.find(item.id, unit.place, facts.first, facts.last)
        if not rate:
            self.problems.append(Problem("no_rate", unit.id, item.id))
        elif rate.price:
            self._add(
                unit, item.id, spans, total * rate.price, total, rate.price, extra,
                by_quantity=True,
            )  # fmt: skip

    def _problem(self, kind, unit, item, meter):
        usage = meter.usage
        data = {
            "quantity": usage.quantity,
            "average": usage.average,
            "previous": usage.previous,
            "current": usage.current,
        }
        self.problems.append(Problem(kind, unit.id, item.id, meter.meter_id, data))

    def _share_costs(self):
        shares = defaultdict(list)
        for cost in self.facts.shared:
            weights = list(cost.weights.values())
            try:
                amounts = apportion(cost.amount, weights, self.facts.rounding)
            except ValueError:
                self.problems.append(Problem("no_weight", None, cost.item_id))
                continue
            price = cost.amount / sum(weights)
            for (unit_id, weight), amount in zip(
                cost.weights.items(), amounts, strict=True
            ):
                if amount:
                    shares[unit_id].append((cost.item_id, weight, price, amount))
        return shares

    def _add(
        self, unit, item_id, spans, amount, quantity, price, extra=None, *,
        factor=1.0, by_quantity=False,
    ):  # fmt: skip
        """Divide an unrounded month's ``amount`` among the payers of ``spans``."""
        if not spans:
            return
        whole = sum(span.days for span in spans) == self.days_in_month
        parts = share_by_days(
            amount,
            [span.days for span in spans],
            self.days_in_month,
            self.facts.rounding,
            whole,
        )
        for partner_id, rows in self._by_payer(spans, parts).items():
            if not partner_id:
                self._report_no_payer(unit, rows[0][0])
                continue
            if (unit.id, item_id, partner_id) in self.facts.billed:
                continue
            share = sum(span.days for span, _part in rows) / self.days_in_month
            money = float_round(
                sum(part for _span, part in rows),
                precision_rounding=self.facts.rounding,
            )
            if money:
                self.charges.append(
                    {
                        "unit_id": unit.id,
                        "building_id": unit.place.building_id,
                        "sort_key": unit.sort_key,
                        "partner_id": partner_id,
                        "fee_item_id": item_id,
                        "date_from": rows[0][0].date_from,
                        "date_to": rows[-1][0].date_to,
                        "quantity": quantity * share if by_quantity else quantity,
                        "price_unit": price,
                        "months": 1.0 if by_quantity else share,
                        "factor": factor,
                        "amount": money,
                        **(extra or {}),
                    }
                )

    @staticmethod
    def _by_payer(spans, parts):
        by_payer = defaultdict(list)
        for span, part in zip(spans, parts, strict=True):
            by_payer[span.partner_id].append((span, part))
        return by_payer

    def _report_no_payer(self, unit, span):
        if unit.id not in self._no_payer:
            self._no_payer.add(unit.id)
            data = {"date_from": span.date_from, "date_to": span.date_to}
            self.problems.append(Problem("no_owner", unit.id, data=data))
