"""Limitation 訴訟時效 / 消滅時效 of a charge (procedure, section 4). Pure: no record,
no clock.

The period begins the day after the due date; the date of expiry is the last day on
which the claim is still enforceable. An event counts on its own day.

Readings chosen where the sources are silent or disputed; each errs on the early side,
for a date that comes too early costs nothing:

- cn (Civil Code art. 188, 195): a demand that can be proved, a part payment, a promise,
  a plan or a suit restarts the three years. An e-mail or a text message that a server
  took proves nothing: only the customer's own opening in the portal does.
- tw (Civil Code art. 126, 129, 130): an acknowledgement by the debtor (part payment,
  promise, plan) or a suit restarts the five years. A demand does so only through a suit
  within six months of it: such a suit is in time even after the five years.
- What happens after expiry does not bring the claim back, but for the debtor's waiver:
  cn (art. 192) his promise or a plan, tw (art. 144) only an agreed plan. A part payment
  then settles what was paid and no more; a demand then is nothing.
- A suit restarts the period on the day it was filed, although the period stands still
  until judgment. A suit that was withdrawn has restarted nothing.
"""

from datetime import date
from typing import NamedTuple

from odoo.tools import date_utils

from ..estate.texts import said

# Weakest first: of two on one day the stronger one is the evidence.
KINDS = ("demand", "part_payment", "promise", "plan", "suit")
PROVABLE = ("acknowledged", "delivered", "left_with_witness", "refused")
NEAR_DAYS = 90


class Event(NamedTuple):
    """Something that may have moved the limitation of a charge, with its evidence."""

    date: date
    kind: str
    res_model: str = ""
    res_id: int = 0


class Profile(NamedTuple):
    """What a jurisdiction says."""

    years: int
    restarts: tuple
    revives: tuple
    # A demand counts through a suit within so many months; zero: by itself.
    demand_months: int = 0


PROFILES = {
    "cn": Profile(3, KINDS, ("promise", "plan")),
    "tw": Profile(5, ("part_payment", "promise", "plan", "suit"), ("plan",), 6),
}


def is_provable(outcome, channel="", tracking=""):
    """Whether a delivery with this outcome proves that the demand has arrived.

    What was posted does so as a registered letter with its number, what went out
    electronically when the customer himself has opened it in the portal: that an
    e-mail or a text message was handed over for sending says nothing of its arrival.
    """
    if outcome == "electronic":
        return channel == "portal"
    if outcome == "posted":
        return channel == "registered" and said(tracking)
    return outcome in PROVABLE


def expiry(profile, due_date, events=()):
    """The last day of limitation and the event that moved it there.

    :param profile: ``cn``, ``tw`` or anything else, which knows no limitation
    :param events: in any order
    :return: (date, Event); (date, None) where it runs from the due date, (None, None)
        without limitation
    """
    rules = PROFILES.get(profile)
    if not rules:
        return None, None
    last_day, moved_by, sue_by = _after(due_date, rules), None, None
    for event in sorted(events, key=lambda row: (row.date, KINDS.index(row.kind))):
        if event.date <= due_date:
            continue
        in_time = event.date <= last_day
        if event.kind == "demand" and rules.demand_months:
            if in_time:
                sue_by = date_utils.add(event.date, months=rules.demand_months)
            continue
        if event.kind == "suit" and sue_by and event.date <= sue_by:
            in_time = True
        if event.kind in (rules.restarts if in_time else rules.revives):
            last_day, moved_by = _after(event.date, rules), event
    return last_day, moved_by


def _after(day, rules):
    """The same day so many years later; 29 February becomes the 28th."""
    return date_utils.add(day, years=rules.years)
