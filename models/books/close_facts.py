"""One receivable line of a period close, and what it counts as. Pure: no record."""

from collections import defaultdict
from typing import NamedTuple

# What makes up the closing, in the order of the paper, and its sign.
ARREARS = {
    "opening": 1,
    "backdated": 1,
    "billed": 1,
    "billed_ahead": 1,
    "received_current": -1,
    "received_arrears": -1,
    "received_ahead": -1,
    "received_account": -1,
    "waived": -1,
    "written_off": -1,
    "exchange": 1,
    "other": 1,
}
ADVANCE = {
    "opening": 1,
    "backdated": 1,
    "invoiced": 1,
    "released": -1,
    "other": 1,
}


class LineFacts(NamedTuple):
    """One row of ``LINE_FACTS``."""

    line_id: int
    move_id: int
    account_id: int
    building_id: int | None
    date: object
    is_new: bool
    is_bill: bool
    is_money: bool
    is_refund: bool
    is_ahead: bool
    balance: float
    before: float
    moved: float
    money: float
    written_off: float
    exchange: float
    move_name: str
    partner_id: int | None

    @property
    def opening(self):
        """Open when the month began."""
        return 0.0 if self.is_new else self.balance - self.before

    @property
    def residual(self):
        """Open at the end of the month."""
        return self.balance - self.before - self.moved

    def parts(self):
        """{kind: amount}, signed as on the paper: what makes up opening and change."""
        found = defaultdict(float, opening=self.opening)
        new = self.balance if self.is_new else 0.0
        came_as = self._came_as()
        found[came_as] += new * ARREARS[came_as]
        found[self._received_as()] += self.money
        found["written_off"] += self.written_off
        found["exchange"] -= self.exchange
        found["other"] -= self.moved - self.money - self.written_off - self.exchange
        return found

    def _came_as(self):
        if self.is_money:
            return "received_account"
        if self.is_ahead:
            return "billed_ahead"
        if self.is_bill:
            return "billed"
        return "waived" if self.is_refund else "other"

    def _received_as(self):
        if self.is_money:
            return "received_account"
        if self.is_ahead:
            return "received_ahead"
        return "received_current" if self.is_new else "received_arrears"
