"""In which order a collector works (issue: stated and visible). Pure: no record.

First what presses, in this order; within each the larger amount, then the older debt.
"""

from datetime import timedelta

# reason: priority. The list of cases is sorted by it, downwards.
RANKS = {
    "promise_broken": 40,
    "deadline_passed": 30,
    "limitation_near": 20,
    "amount": 10,
    "closed": 0,
}
LIMITATION_DAYS = 90


def limitation_alarm(limitation):
    """The day from which on a charge counts as soon statute-barred."""
    return limitation - timedelta(days=LIMITATION_DAYS)


def priority(day, is_owing, broken=False, deadline=None, limitation=None):
    """(priority, reason) on ``day``.

    :param is_owing: whether anything undisputed is due
    :param broken: the last promise was broken
    :param deadline: the latest deadline of a final notice for this arrears
    :param limitation: the day on which the first charge becomes statute-barred
    """
    if not is_owing:
        reason = "closed"
    elif broken:
        reason = "promise_broken"
    elif deadline and deadline < day:
        reason = "deadline_passed"
    elif limitation and limitation_alarm(limitation) <= day:
        reason = "limitation_near"
    else:
        reason = "amount"
    return RANKS[reason], reason
