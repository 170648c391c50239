"""The lines of an arrears statement, worked out for a whole community in sets."""

from typing import NamedTuple

from odoo.tools import SQL

from ..estate.dates import ONE_DAY
from .ageing import aged
from .arrears_query import FIGURES, HANDED_OVER, LEDGER
from .calendar import standing


class Figures(NamedTuple):
    """One customer's row of ``FIGURES``."""

    partner_id: int
    opening: float = 0.0
    opening_earlier: float = 0.0
    billed: float = 0.0
    received: float = 0.0
    received_current: float = 0.0
    adjusted: float = 0.0
    closing_earlier: float = 0.0
    date_from: object = None
    date_to: object = None
    open_units: list | None = None
    units: list | None = None


class HandedOver(NamedTuple):
    """What the statement before says about one customer."""

    closing: float = 0.0
    closing_earlier: float = 0.0
    units: list | None = None


class ArrearsRows:
    """Facts of a statement at the end of its month, by today's knowledge.

    :param statement: one statement; whatever its user may read, the ledger is read
        as it is
    """

    def __init__(self, statement):
        # sudo: customer service signs what accounting holds, without being accountants.
        self.statement = statement.sudo()
        self.env = self.statement.env
        self.community = self.statement.community_id
        self.as_of = self.statement.as_of
        self.day = self.as_of + ONE_DAY
        self.before = self.statement._before()
        self.digits = self.statement.currency_id.decimal_places
        self.tolerance = self.statement.company_id.property_tolerance

    @property
    def previous(self):
        """Last day of the statement before."""
        return self.before.as_of or self.statement.period - ONE_DAY

    def all(self):
        """{partner id: values of his line that follow from ledger and calendar, with
        ``units``}: everybody with opening, closing or a movement."""
        self.env["property.collection.ledger"]._flush_facts()
        ledgers = dict(self._query(LEDGER))
        handed_over = self._handed_over()
        items, unallocated = self._open()
        rows = {}
        for figures in self._figures(handed_over.keys() | ledgers.keys()):
            partner = figures.partner_id
            row = self._rolled(figures, handed_over.get(partner))
            self._tie_out(row, ledgers.get(partner, 0.0))
            row.update(self._standing(items[partner], unallocated.get(partner, 0.0)))
            row["units"] = figures.open_units or figures.units or []
            if not row["units"] and partner in handed_over:
                row["units"] = handed_over[partner].units or []
            if self._is_worth_a_line(row):
                rows[partner] = row
        return rows

    def _query(self, text):
        return self.env.execute_query(
            SQL(
                text,
                community=self.community.id,
                previous=self.previous,
                as_of=self.as_of,
                year=self.as_of.replace(month=1, day=1),
                digits=self.digits,
                statement=self.before.id,
            )
        )

    def _figures(self, others):
        found = [Figures._make(row) for row in self._query(FIGURES)]
        known = {figures.partner_id for figures in found}
        return found + [Figures(partner) for partner in others if partner not in known]

    def _handed_over(self):
        if not self.before:
            return {}
        self.before.line_ids.flush_recordset()
        return {
            partner: HandedOver(*rest) for partner, *rest in self._query(HANDED_OVER)
        }

    def _open(self):
        ledger = self.env["property.collection.ledger"]
        items = ledger._open_by_customer(self.community, as_of=self.as_of)
        return items, ledger._unallocated(self.community, as_of=self.as_of)

    def _round(self, amount):
        # Adding zero turns a negative zero into a plain one.
        return round(amount, self.digits) + 0.0

    def _rolled(self, figures, handed_over):
        """Opening to closing. What the ledger now says about the day of the statement
        before, and that did not say, is an adjustment of this month."""
        if self.before:
            opening, earlier, _units = handed_over or HandedOver()
            backdated = figures.opening - opening
            if self.before.as_of.year != self.as_of.year:
                earlier = opening
        else:
            opening, earlier, backdated = (
                figures.opening,
                figures.opening_earlier,
                0.0,
            )
        adjusted = figures.adjusted + backdated
        closing = opening + figures.billed - figures.received + adjusted
        amounts = {
            "opening": opening,
            "opening_current_year": opening - earlier,
            "opening_earlier": earlier,
            "billed": figures.billed,
            "received": figures.received,
            "received_current": figures.received_current,
            "received_earlier": figures.received - figures.received_current,
            "adjusted": adjusted,
            "adjusted_backdated": backdated,
            "closing": closing,
            "closing_current_year": closing - figures.closing_earlier,
            "closing_earlier": figures.closing_earlier,
        }
        row = {name: self._round(amount) for name, amount in amounts.items()}
        return {**row, "date_from": figures.date_from, "date_to": figures.date_to}

    def _tie_out(self, row, ledger):
        row["ledger"] = self._round(ledger)
        row["difference"] = self._round(ledger - row["closing"])

    def _standing(self, items, unallocated):
        found = standing(items, self.day, unallocated, self.tolerance, self.digits)
        return {
            **aged(items, self.day, self.digits),
            "unallocated": self._round(unallocated),
            "anchor_date": found.anchor,
            "months_unpaid": found.months,
            "amount_due": found.amount_overdue,
            "amount_disputed": found.amount_disputed,
            "amount_paused": found.amount_paused,
        }

    def _is_worth_a_line(self, row):
        return any(
            row[name]
            for name in (
                "opening",
                "billed",
                "received",
                "received_current",
                "adjusted",
                "adjusted_backdated",
                "closing",
                "ledger",
                "credits",
            )
        )
