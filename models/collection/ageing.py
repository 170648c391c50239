"""Ageing of open receivables by due date (procedure, section 6). Pure: no record."""

from .calendar import months_unpaid

# Last month of each bucket, counted as the escalation calendar counts.
BUCKETS = (
    (0, "age_0"),
    (1, "age_1"),
    (3, "age_2_3"),
    (6, "age_4_6"),
    (12, "age_7_12"),
    (24, "age_1y"),
    (36, "age_2y"),
)
OLDEST = "age_3y"
CREDITS = "credits"
NAMES = (*(name for _last, name in BUCKETS), OLDEST, CREDITS)


def bucket(date_due, day):
    """Where a charge due on ``date_due`` stands, looked at on ``day``."""
    months = months_unpaid(date_due, day)
    return next((name for last, name in BUCKETS if months <= last), OLDEST)


def aged(items, day, digits=2):
    """{bucket: amount} of OpenItems; what is open in the customer's favour stands
    apart, so that the buckets add up to all that is open."""
    amounts = dict.fromkeys(NAMES, 0.0)
    for item in items:
        name = bucket(item.date_due, day) if item.residual > 0 else CREDITS
        amounts[name] += item.residual
    return {name: round(amount, digits) for name, amount in amounts.items()}
