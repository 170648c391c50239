"""Adjustments: what came into a signed month afterwards, entry by entry."""

from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from .close_late_query import (
    LATE_ADVANCES,
    LATE_LINES,
    LATE_MATCHES,
    LATE_UNDONE,
    THEN,
)

CAUSES = {
    "out_invoice": "invoice",
    "out_receipt": "invoice",
    "out_refund": "credit_note",
}


class LateLine(NamedTuple):
    """One row of ``LATE_LINES``."""

    line_id: int
    move_id: int
    move_name: str
    partner_id: int | None
    building_id: int | None
    move_type: str
    date: object
    user_id: int
    entered_on: object
    balance: float
    is_posted: bool
    is_late: bool
    is_moved: bool
    changed_by: int
    changed_on: object


class CloseLate:
    """What the books say today of the end of the month before, and did not say when
    that month was closed.

    :param rows: the ``CloseRows`` that ask
    :param lines: the receivable lines as ``LineFacts``
    """

    def __init__(self, rows, lines):
        self.owner, self.env, self.before = rows, rows.env, rows.before
        self.round = rows.round
        self.arrears, self.advance = [], []
        self._seen = {}
        if self.before:
            self.first = self.before._first()
            self.values = self._marks()
            self.arrears = self._late_arrears(lines)
            self.advance = self._late_advances()

    def rows(self):
        return self.arrears + self.advance

    def seen_advances(self):
        """{journal item: (entry, amount as it is now, its name, partner)} of
        adjustments"""
        return self._seen

    def _marks(self):
        return {
            **self.owner.values,
            "as_of": self.owner.values["previous"],
            "close": self.before.id,
            "first": self.first.period,
            "period": self.owner.close.period,
            "partial": self.before.last_partial,
            "undone": self.before.last_undone,
        }

    def _query(self, text, **values):
        return self.env.execute_query(SQL(text, **self.values, **values))

    def _late_arrears(self, lines):
        then = {row[0]: row[1:] for row in self._query(THEN)}
        now = {line.line_id: line.opening for line in lines if not line.is_new}
        changed = {
            key: self.round(now.get(key, 0.0) - then.get(key, (0.0,))[0])
            for key in now.keys() | then.keys()
        }
        changed = {key: amount for key, amount in changed.items() if amount}
        if not changed:
            return []
        keys = tuple(changed)
        line = self.before.last_line
        found = {
            row[0]: LateLine._make(row)
            for row in self._query(LATE_LINES, lines=keys, line=line)
        }
        matches = self._by_line(LATE_MATCHES, lines=keys, line=line)
        undone = self._by_line(LATE_UNDONE, lines=keys)
        rows = []
        for key in sorted(changed):
            known = found.get(key)
            rows += self._explained(
                key, changed[key], known, then.get(key), matches[key], undone[key]
            )
        return rows

    def _by_line(self, text, **values):
        found = defaultdict(list)
        for key, *row in self._query(text, **values):
            found[key].append(row)
        return found

    def _explained(self, key, amount, line, then, matches, undone):
        """Rows that make up the change of one line; what nothing explains stands as a
        row of its own."""
        common = self._common(key, line, then)
        rows, known_balance = [], then[1] if then else 0.0
        if line and line.is_posted and line.is_late and not then:
            cause = CAUSES.get(line.move_type, "entry")
            rows.append(self._entered(common, line, cause, line.balance))
        elif (
            line
            and line.is_posted
            and then
            and self.round(line.balance - known_balance)
        ):
            change = line.balance - known_balance
            rows.append(self._entered(common, line, "changed", change))
        rows += [self._matched(common, *match) for match in matches]
        rows += [self._countered(common, "unmatched", *match) for match in undone]
        rest = self.round(amount - sum(row["amount"] for row in rows))
        if rest:
            rows.append({**common, **self._gone(line), "amount": rest})
        return [row for row in rows if row["amount"]]

    def _gone(self, line):
        if not line or not line.is_posted:
            return {"cause": "removed"}
        moved = "moved" if line.is_moved else None
        redated = "redated" if line.date > self.values["previous"] else None
        cause = moved or redated
        if not cause:
            return {"cause": "unknown"}
        return {
            "cause": cause,
            "user_id": line.changed_by,
            "entered_on": line.changed_on,
        }

    def _common(self, key, line, then):
        move_id, name, partner = then[2:] if then else (None, "", None)
        return {
            "section": "arrears",
            "line_key": key,
            "move_id": line.move_id if line else move_id,
            "move_name": line.move_name if line else name,
            "partner_id": line.partner_id if line else partner,
            "building_id": line.building_id if line else None,
            "counter_move_id": None,
            "counter_name": None,
            "date": line.date if line else None,
            "user_id": None,
            "entered_on": None,
        }

    def _entered(self, common, line, cause, amount):
        return {
            **common,
            "user_id": line.user_id,
            "entered_on": line.entered_on,
            "cause": cause,
            "amount": self.round(amount),
        }

    def _matched(self, common, move, name, amount, day, user, moment, is_new, kind):
        if not is_new:
            cause = "matched"
        else:
            cause = "credit" if kind == "out_refund" else "payment"
        return self._countered(common, cause, move, name, amount, day, user, moment)

    def _countered(self, common, cause, move, name, amount, day, user, moment):
        return {
            **common,
            "cause": cause,
            "counter_move_id": move,
            "counter_name": name,
            "amount": self.round(amount),
            "date": day,
            "user_id": user,
            "entered_on": moment,
        }

    def _late_advances(self):
        found = self._query(LATE_ADVANCES, line=self.first.last_line)
        moves = self.env["account.move"].browse({row[2] for row in found if row[2]})
        moves = {move.id: move for move in moves.exists()}
        rows = []
        for key, is_there, move_id, name, partner, building, now, amount in found:
            move = moves.get(move_id) or self.env["account.move"]
            common = self._common(key, None, (0.0, 0.0, move.id or None, name, partner))
            name = move.name or name
            self._seen[key] = (move.id or None, now, name, partner)
            rows.append(
                {
                    **common,
                    "section": "advance",
                    "building_id": building,
                    "move_name": name,
                    "date": move.date or None,
                    "user_id": move.create_uid.id or None,
                    "entered_on": move.create_date or None,
                    "cause": "entry" if is_there else "removed",
                    "amount": self.round(amount),
                }
            )
        return rows
