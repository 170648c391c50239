"""Who pays for a unit on which days (procedure, section 5). Pure: no record.

Rows are anything with ``date_from`` and ``date_to`` (either may be empty); tenures
also have ``partner_id`` (an id), ``role`` and ``is_payer``; occupancies ``status``.
"""

from typing import NamedTuple

from odoo.tools import date_utils

from ..estate.dates import ONE_DAY, days_in, holds, overlap

NOT_DELIVERED = ("unsold", "undelivered")


class Tenure(NamedTuple):
    partner_id: int
    role: str
    is_payer: bool
    date_from: object = None
    date_to: object = None


class Occupancy(NamedTuple):
    status: str
    date_from: object = None
    date_to: object = None


class Span(NamedTuple):
    """Days from ``date_from`` to ``date_to``, both included, of one payer."""

    date_from: object
    date_to: object
    partner_id: int | None

    @property
    def days(self):
        return days_in(self.date_from, self.date_to)


class UnitLife(NamedTuple):
    """What decides on a unit's payer.

    :param owner_from: the day from which the owner, not the developer, pays; without
        one the occupancy status decides
    """

    tenures: tuple = ()
    occupancies: tuple = ()
    owner_from: object = None
    developer_id: int | None = None


def owner_pays_from(handover_date, rule):
    """The first day that the owner pays, from the day of the handover.

    :param rule: ``handover_date`` or ``next_month``
    """
    if handover_date and rule == "next_month" and handover_date.day > 1:
        return date_utils.start_of(date_utils.add(handover_date, months=1), "month")
    return handover_date


def payer_spans(life, first, last, transfer_rule="days"):
    """Divide the days [first, last] of one month among those who pay.

    :param transfer_rule: in a month of a change of owner ``days`` divides by day,
        ``seller`` and ``buyer`` give the whole month to one of them
    :return: Spans in order of date, neighbours of one payer merged
    """
    spans = []
    starts = _starts(life, first, last)
    for start, end in zip(starts, [*starts[1:], last + ONE_DAY], strict=True):
        payer = _payer_on(life, start, first, last, transfer_rule)
        if spans and spans[-1].partner_id == payer:
            spans[-1] = spans[-1]._replace(date_to=end - ONE_DAY)
        else:
            spans.append(Span(start, end - ONE_DAY, payer))
    return spans


def clip(spans, after):
    """The parts of ``spans`` that lie after the day ``after`` (may be empty)."""
    if not after:
        return spans
    return [
        span._replace(date_from=max(span.date_from, after + ONE_DAY))
        for span in spans
        if span.date_to > after
    ]


def cut_out(spans, hole):
    """The parts of ``spans`` that do not lie in the days of ``hole``."""
    left = []
    for span in spans:
        if span.date_from < hole.date_from:
            end = min(span.date_to, hole.date_from - ONE_DAY)
            left.append(span._replace(date_to=end))
        if span.date_to > hole.date_to:
            start = max(span.date_from, hole.date_to + ONE_DAY)
            left.append(span._replace(date_from=start))
    return left


def _starts(life, first, last):
    starts = {first}
    for row in (*life.tenures, *life.occupancies):
        if row.date_from:
            starts.add(row.date_from)
        if row.date_to:
            starts.add(row.date_to + ONE_DAY)
    if life.owner_from:
        starts.add(life.owner_from)
    return sorted(day for day in starts if first <= day <= last)


def is_delivered(life, day):
    """Whether the unit is the owner's to pay for on this day."""
    if life.owner_from:
        return day >= life.owner_from
    return _status_on(life, day) not in NOT_DELIVERED


def _status_on(life, day):
    return next((row.status for row in life.occupancies if _holds(row, day)), None)


def _payer_on(life, day, first, last, transfer_rule):
    if not is_delivered(life, day):
        return life.developer_id
    for row in life.tenures:
        if row.role == "occupant" and row.is_payer and _holds(row, day):
            return row.partner_id
    owner = _owner_on(life.tenures, day, first, last, transfer_rule)
    if owner or _status_on(life, day) not in NOT_DELIVERED:
        return owner
    return life.developer_id


def _owner_on(tenures, day, first, last, transfer_rule):
    owners = [row for row in tenures if row.role == "owner"]
    if transfer_rule == "days":
        return next((row.partner_id for row in owners if _holds(row, day)), None)
    in_month = sorted(
        (row for row in owners if overlap(row.date_from, row.date_to, first, last)),
        key=lambda row: row.date_from or first,
    )
    if not in_month:
        return None
    return in_month[0 if transfer_rule == "seller" else -1].partner_id


def _holds(row, day):
    return holds(row.date_from, row.date_to, day)
