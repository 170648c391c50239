"""The figures of a period close, worked out for a whole community in sets."""

from collections import defaultdict

from odoo.tools import SQL

from .close_facts import ADVANCE, ARREARS, LineFacts
from .close_items import close_items
from .close_late import CloseLate
from .close_query import ADVANCES, LINE_FACTS
from .close_query_money import CASH
from .close_ties import CloseTies
from .close_unapplied import unapplied

CASH_NAMES = (
    "opening",
    "taken",
    "taken_cash",
    "handed",
    "voided",
    "held",
    "unconfirmed",
)


class CloseRows:
    """What a close says, by today's knowledge, as plain values.

    :param close: one close; whatever its user may read, the books are read as they are
    """

    def __init__(self, close):
        # sudo: customer service signs what accounting holds, without being accountants.
        self.close = close.sudo()
        self.env = self.close.env
        self.community = self.close.community_id
        self.before = self.close._before()
        self.currency = self.close.currency_id
        self.values = {
            "community": self.community.id,
            "company": self.close.company_id.id,
            "previous": self.close._day_before(),
            "as_of": self.close.date_to,
            "digits": self.currency.decimal_places,
            "zone": self.close.company_id._property_tz(self.community),
        }

    def all(self):
        """{"close": its figures, and for each kind of rows a list of their values}"""
        self.env.flush_all()
        lines = [LineFacts._make(row) for row in self.query(LINE_FACTS)]
        advances = self.query(ADVANCES)
        late = CloseLate(self, lines)
        arrears = self._arrears(lines, late.arrears)
        advance = self._advance(advances, late.advance)
        statement = self._statement()
        ties = CloseTies(self).all(lines, statement)
        header = {
            **self._totals("amount", arrears, ARREARS),
            **self._totals("advance", advance, ADVANCE),
            **self._header(ties),
            "statement_id": statement.id,
        }
        fees = self.close._fees()
        return {
            "close": {**header, **self.close._rates(fees)},
            "line": [
                *self._leaves("arrears", arrears, ARREARS),
                *self._leaves("advance", advance, ADVANCE),
                *self.close._fee_lines(fees),
            ],
            "tie": ties,
            "adjustment": late.rows(),
            "item": close_items(lines, advances, late),
            "cash": self._cash(),
        }

    def query(self, text, **values):
        return self.env.execute_query(SQL(text, **self.values, **values))

    def round(self, amount):
        # Adding zero turns a negative zero into a plain one.
        return self.currency.round(amount or 0.0) + 0.0

    def _arrears(self, lines, late):
        """{(building, kind): amount}"""
        found = defaultdict(float)
        for line in lines:
            for kind, amount in line.parts().items():
                found[line.building_id, kind] += amount
        return self._handed_over(found, late, "arrears")

    def _advance(self, rows, late):
        found = defaultdict(float)
        for line_id, _move, _account, building, kind, amount, *_names in rows:
            if line_id:
                found[building, kind] += amount * ADVANCE[kind]
            else:
                found[building, "opening"] += amount
        return self._handed_over(found, late, "advance")

    def _handed_over(self, found, late, section):
        """The opening is what the close before says; what the books now say of that
        day besides is an adjustment."""
        if self.before:
            openings = self._closings(section)
            now = {key[0]: found.pop(key) for key in list(found) if key[1] == "opening"}
            for building in now.keys() | openings.keys():
                opening = openings.get(building, 0.0)
                found[building, "opening"] = opening
                found[building, "backdated"] = now.get(building, 0.0) - opening
        return found

    def _closings(self, section):
        """{building: what the close before closes with}"""
        groups = self.env["property.period.close.line"]._read_group(
            [
                ("close_id", "=", self.before.id),
                ("section", "=", section),
                ("kind", "=", "closing"),
            ],
            ["building_id"],
            ["amount:sum"],
        )
        return {building.id or None: amount for building, amount in groups}

    def _leaves(self, section, found, signs):
        """Lines by building, with the closing of each."""
        rows = []
        for building in sorted({key[0] or 0 for key in found}):
            key = building or None
            parts = {kind: found.get((key, kind)) for kind in signs}
            rows += [
                {"section": section, "kind": kind, "building_id": key,
                 "fee_item_id": None, "amount": amount}
                for kind, amount in self._rolled(parts, signs).items() if amount
            ]  # fmt: skip
        return rows

    def _totals(self, prefix, found, signs):
        totals = defaultdict(float)
        for (_building, kind), amount in found.items():
            totals[kind] += amount
        sums = self._rolled(totals, signs)
        return {f"{prefix}_{kind}": amount for kind, amount in sums.items()}

    def _rolled(self, parts, signs):
        """The parts rounded, and the closing they make up."""
        sums = {kind: self.round(parts.get(kind)) for kind in signs}
        closing = sum(sign * sums[kind] for kind, sign in signs.items())
        return {**sums, "closing": self.round(closing)}

    def _header(self, ties):
        return {
            "unapplied_opening": self.round(unapplied(self, self.values["previous"])),
            "unapplied_closing": self.round(unapplied(self, self.values["as_of"])),
            "amount_ledger": self.round(
                sum(tie["ledger"] for tie in ties if tie["kind"] == "receivable")
            ),
            "difference_count": sum(1 for tie in ties if tie["difference"]),
        }

    def _statement(self):
        """The signed arrears statement of the month."""
        return self.env["property.arrears.statement"].search(
            [
                ("community_id", "=", self.community.id),
                ("period", "=", self.close.period),
                ("state", "=", "signed"),
            ]
        )

    def _cash(self):
        """Opening is what the close before says; what of that cash is in the hands of
        the cashier again is given back."""
        found = {user: sums for user, *sums in self.query(CASH)}
        opening = {row.user_id.id: row.held for row in self.before.cash_ids}
        rows = []
        for user in sorted(found.keys() | opening.keys()):
            sums = map(self.round, found.get(user, [0.0] * len(CASH_NAMES)))
            row = dict(zip(CASH_NAMES, sums, strict=True), returned=0.0)
            if self.before:
                row["returned"] = self.round(row["opening"] - opening.get(user, 0.0))
                row["opening"] = opening.get(user, 0.0)
            if any(row.values()):
                rows.append({"user_id": user, **row})
        return rows
