"""From the facts of a month to its charges and exceptions (procedure, section 5).

Pure: the facts are read by ``property.charge.engine``, the rules live in ``payers``,
``rates``, ``usage`` and ``amounts``; this says how they are put together.
"""

from collections import defaultdict

from odoo.tools import float_compare, float_round

from ..estate.dates import ONE_DAY, days_in, overlap
from .amounts import apportion, share_by_days
from .charge_facts import Problem
from .payers import clip, cut_out, payer_spans


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
        for covered in facts.covered.get((unit.id, item.id), ()):
            spans = cut_out(spans, covered)
        spans = self._not_billed(unit, item, spans)
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

    def _not_billed(self, unit, item, spans):
        """The parts of ``spans`` that no other run of the month charges already. What
        it charges to somebody else than whom we find now is reported: only a credit
        note can put that right."""
        for billed in self.facts.billed.get((unit.id, item.id), ()):
            if any(
                span.partner_id not in (billed.partner_id, None)
                for span in spans
                if overlap(*span[:2], *billed[:2])
            ):
                self.problems.append(Problem("billed_otherwise", unit.id, item.id))
            spans = cut_out(spans, billed)
        return spans

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
        if (unit.id, item.id) in facts.billed:
            # Readings are caught up by the next month; a month is charged once.
            return
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
        shares = defaultdict(dict)
        for cost in self.facts.shared:
            if self._is_shared(cost.item_id):
                continue
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
                if not amount:
                    continue
                known = shares[unit_id].get(cost.item_id)
                if known:
                    # Two bills of one month, for the community and for a building:
                    # what the unit owes for both is one charge.
                    amount += known[3]
                    weight, price = 1.0, amount
                shares[unit_id][cost.item_id] = (cost.item_id, weight, price, amount)
        return {unit_id: by_item.values() for unit_id, by_item in shares.items()}

    def _is_shared(self, item_id):
        """Whether another run has shared the item's cost; a difference is reported."""
        billed = self.facts.billed_sums.get(item_id)
        if billed is None:
            return False
        cost = sum(c.amount for c in self.facts.shared if c.item_id == item_id)
        if float_compare(cost, billed, precision_rounding=self.facts.rounding):
            data = {"cost": cost, "billed": billed}
            self.problems.append(Problem("shared_billed", None, item_id, data=data))
        return True

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
            if self._has_charge(unit, item_id, partner_id):
                self.problems.append(Problem("billed_partly", unit.id, item_id))
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

    def _has_charge(self, unit, item_id, partner_id):
        """A payer has one charge of a fee and month: the unique index says so."""
        billed = self.facts.billed.get((unit.id, item_id), ())
        return any(span.partner_id == partner_id for span in billed)

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
