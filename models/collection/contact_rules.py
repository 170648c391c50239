"""Whom one may call on, how often, and what comes next (procedure, section 4 and clause
5.4). Pure: no record, no clock. Days are days where the community is."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from ..estate.dates import ONE_DAY

# Quiet hours hold for what rings or knocks.
TIMED_CHANNELS = frozenset(("phone", "sms", "message", "door", "workplace"))
# The weekly cap counts these.
CAPPED_CHANNELS = frozenset(("phone", "sms", "door", "workplace"))
CAP_DAYS = 7
# The customer himself was met: from now on the reason is known.
MET = frozenset(("reached", "refused", "promised", "disputed", "paid"))
# What follows which outcome, and after how many days.
NEXT = {
    "reached": ("call", 7),
    "no_answer": ("call", 2),
    "wrong_number": ("visit", 3),
    "refused": ("visit", 7),
    "promised": ("call", 7),
    "disputed": ("decide", 7),
    "paid": ("check_payment", 3),
}


class Work(NamedTuple):
    """What a case looks like to whoever plans the next action."""

    # First day of this arrears.
    opened: object
    # Day and outcome of the last contact since then.
    last_day: object = None
    last_outcome: str | None = None
    # Date of the open promise.
    promised: object = None
    # The day after a promise that was broken.
    broken: object = None
    # Day of the next visit that is planned, and may take place.
    visit: object = None
    # Day on which a notice was issued that nobody has taken yet.
    undelivered: object = None
    # Days from which on something presses: a broken promise, a deadline, limitation.
    alarms: tuple = ()
    # Nobody is asked up to and including this day.
    held: object = None


def days_counted(contacts, doorsteps):
    """The days that count for the cap, one for each contact.

    Whoever hands over notices at the door and logs the visit has been there once.

    :param contacts: (day, channel) of contacts
    :param doorsteps: days of deliveries at the door
    """
    counted = [day for day, channel in contacts if channel in CAPPED_CHANNELS]
    at_door = {day for day, channel in contacts if channel == "door"}
    return counted + sorted(set(doorsteps) - at_door)


def busiest(days, day):
    """The number of contacts in the busiest seven days of which ``day`` is one."""
    counts = Counter(days)
    firsts = (day - timedelta(days=back) for back in range(CAP_DAYS))
    return max(
        sum(counts[first + timedelta(days=ahead)] for ahead in range(CAP_DAYS))
        for first in firsts
    )


def next_free(days, day, cap):
    """The first day from ``day`` on on which one more stays within the cap."""
    last = max([day, *days]) + timedelta(days=CAP_DAYS)
    while day < last and busiest(days, day) >= cap:
        day += ONE_DAY
    return day


def after(outcome, day):
    """(action, day) that follow a contact with this outcome."""
    action, days = NEXT[outcome]
    return action, day + timedelta(days=days)


def next_action(work):
    """(action, day) that a case calls for next.

    A promise is left alone until the day after its date. A visit that is planned takes
    the place of what the last contact called for. A notice that waits is taken along.
    What presses is not postponed, unless the customer was contacted since.
    """
    if work.promised:
        return "follow_promise", work.promised + ONE_DAY
    pressing = [
        ("call", alarm)
        for alarm in work.alarms
        if not work.last_day or work.last_day < alarm
    ]
    if work.visit:
        planned = [("visit", work.visit)]
    elif not work.last_outcome:
        planned = [("first_contact", work.opened)]
    elif work.last_outcome == "promised" and work.broken:
        # Whoever promised was left alone until the promise was over.
        planned = [("call", work.broken)]
    else:
        planned = [after(work.last_outcome, work.last_day)]
    if work.undelivered:
        planned.insert(0, ("deliver_notice", work.undelivered))
    planned += pressing
    action, day = min(planned, key=lambda one: one[1])
    if work.held and day <= work.held:
        day = work.held + ONE_DAY
    return action, day
