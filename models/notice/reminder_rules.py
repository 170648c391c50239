"""When customers are reminded before the due date, and whether a message has reached
them (procedure, clause 5.3.1). Pure: no record, no clock."""

import re
from datetime import timedelta

MOST_DAYS = 60
# A message that nobody has opened for so long has not reached its customer.
PATIENCE = timedelta(days=2)


def parse_days(text):
    """The days before the due date, the earliest reminder first.

    :param text: such as "10, 3"
    :raises ValueError: for anything but whole numbers from 1 to 60
    """
    parts = list(filter(None, re.split(r"[\s,;，、；]+", text or "")))
    if not parts or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        raise ValueError(text)
    days = {int(part) for part in parts}
    if min(days) < 1 or max(days) > MOST_DAYS:
        raise ValueError(text)
    return tuple(sorted(days, reverse=True))


def day_before(due, days):
    """The day so many days before another one; None where the calendar ends."""
    try:
        return due - timedelta(days=days)
    except OverflowError:
        return None


def campaigns_due(due_dates, days, today):
    """What is to be opened today, or was missed and may still be caught up with.

    :param days: days before the due date
    :return: [(due date, days before)], by due date, the earliest reminder first
    """
    return [
        (due, before)
        for due in sorted(due_dates)
        for before in sorted(days, reverse=True)
        if due - timedelta(days=before) <= today <= due
    ]


def reach_of(messages, now):
    """What the cheaper channels came to, of one customer and due date.

    :param messages: (state of the reminder, when it was sent or None) of each
    :return: ``reached``; ``waiting`` while one is on its way; ``missed``
    """
    states = {state for state, _sent in messages}
    if "reached" in states:
        return "reached"
    for state, sent in messages:
        if state == "planned" or (state == "sent" and now - sent < PATIENCE):
            return "waiting"
    return "missed"


def spread(credits, older, owed):
    """How much of his credits counts for the bills of one due date: what fell due
    before them comes first.

    :param credits: positive amounts
    :param older: what else of him is open and fell due before
    :return: the amount of each that is left for these bills, none beyond ``owed``
    """
    left = []
    for credit in credits:
        used = min(credit, older)
        older -= used
        taken = min(credit - used, owed)
        owed -= taken
        left.append(taken)
    return left
