"""What signing an arrears statement will send to a customer, and why not (procedure,
clauses 4.2.2 and 4.2.7 to 4.3.1). Pure: no record."""

from typing import NamedTuple

OUTLOOKS = [
    ("demand", "Demand notice"),
    ("again", "Demand notice again"),
    ("final", "Final notice"),
    ("none", "None"),
]
SKIP_REASONS = [
    ("excluded", "Excluded"),
    ("creditor", "Credits cover the debt"),
    ("disputed", "Disputed"),
    ("paused", "Invoices without follow-up"),
    ("settled", "Nothing is due"),
    ("paid", "Paid since"),
    ("no_case", "No collection case"),
    ("held", "On hold"),
    ("promised", "Promised"),
    ("planned", "Instalment plan in force"),
    ("at_law", "At law"),
    ("not_reached", "No stage reached yet"),
    ("legal", "Legal gate: the manager decides"),
    ("superseded", "A later statement exists"),
    ("already_issued", "Already has this notice"),
    ("final_unconfirmed", "Final notice without an earlier one delivered"),
]
NOTICE_KINDS = ("demand", "final")


class Facts(NamedTuple):
    """What decides about one customer's notice."""

    is_excluded: bool = False
    has_anchor: bool = True
    is_creditor: bool = False
    amount_disputed: float = 0.0
    amount_paused: float = 0.0
    has_case: bool = True
    # Of the case: settled, held, promised or planned.
    suspension: str | None = None
    is_at_law: bool = False
    # Of the step due; None: no step is reached.
    notice_kind: str | None = "demand"
    is_superseded: bool = False
    # Highest months of the steps whose notice he has for this anchor.
    months_noticed: int = 0
    step_months: int = 1
    is_warned: bool = False
    is_final_confirmed: bool = False


def skip_reason(facts):
    """Why no notice goes out, or None: the first that holds, what a person has decided
    and what the ledger says before what the calendar says."""
    if facts.is_excluded:
        return "excluded"
    if not facts.has_anchor:
        return _nothing_due(facts)
    if not facts.has_case:
        return "no_case"
    if facts.suspension:
        return "paid" if facts.suspension == "settled" else facts.suspension
    if facts.is_at_law:
        return "at_law"
    return _by_calendar(facts)


def _nothing_due(facts):
    if facts.amount_disputed:
        return "disputed"
    if facts.amount_paused:
        return "paused"
    return "creditor" if facts.is_creditor else "settled"


def _by_calendar(facts):
    if not facts.notice_kind:
        return "not_reached"
    if facts.notice_kind not in NOTICE_KINDS:
        return "legal"
    if facts.is_superseded:
        return "superseded"
    if facts.months_noticed >= facts.step_months:
        return "already_issued"
    unconfirmed = not (facts.is_warned or facts.is_final_confirmed)
    if facts.notice_kind == "final" and unconfirmed:
        return "final_unconfirmed"
    return None


def outlook(notice_kind, is_first, skipped):
    """demand, again (not the policy's first step), final or none."""
    if skipped:
        return "none"
    return "again" if notice_kind == "demand" and not is_first else notice_kind
