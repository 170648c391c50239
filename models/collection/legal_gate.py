"""The gate to law (procedure, section 2, clause 4.3.1). Pure: no record, no clock."""

from datetime import date, timedelta
from typing import NamedTuple

MONTHS = 13
PERIODS = 2
# However late a final notice arrived, the customer has had so many days since.
REASONABLE_DAYS = 7
DECISION = "decision"


class Facts(NamedTuple):
    """What is known of one customer on ``day``."""

    day: date
    profile: str = "none"
    months_unpaid: int = 0
    # Months of which something undisputed is due.
    periods: int = 0
    # When the final notice provably arrived, and until when he was to pay.
    final_delivered: date | None = None
    final_deadline: date | None = None
    has_dispute: bool = False
    has_promise: bool = False
    has_plan: bool = False
    has_hardship: bool = False
    hold_until: date | None = None
    is_malicious: bool = False


def deadline(facts):
    """The last day that the final notice left the customer to pay, or None."""
    if not facts.final_delivered or not facts.final_deadline:
        return None
    soonest = facts.final_delivered + timedelta(days=REASONABLE_DAYS)
    return max(facts.final_deadline, soonest)


def checklist(facts):
    """[(key, met)] in the order in which one reads it; the decision comes last."""
    last_day = deadline(facts)
    items = [
        ("over_a_year", facts.months_unpaid >= MONTHS),
        ("final_delivered", bool(facts.final_delivered)),
    ]
    if facts.profile in ("cn", "tw"):
        items.append(("deadline_passed", bool(last_day and facts.day > last_day)))
    if facts.profile == "tw":
        items.append(("two_periods", facts.periods >= PERIODS))
    return [
        *items,
        ("no_dispute", not facts.has_dispute),
        ("no_promise", not facts.has_promise),
        ("no_plan", not facts.has_plan),
        ("no_hold", not (facts.hold_until and facts.day <= facts.hold_until)),
        ("no_hardship", not facts.has_hardship),
        (DECISION, facts.is_malicious),
    ]
