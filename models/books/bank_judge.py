"""Which bills a bank transfer pays, and how sure that is. Pure.

Certain: the number of a bill or notice with exactly its open amount; or a unit with its
owner's name and exactly what is open, or the oldest bills of it. Likely: one answer
that is not certain; a person confirms it. Possible: one answer of several, or a weak
one; a person chooses.
"""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from .bank_units import names_of

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"


class Bill(NamedTuple):
    """An open item of a customer; ``due`` orders them, ``open`` is what is owed."""

    item_id: int
    move_id: int
    unit_id: int | None
    partner_id: int
    community_id: int
    due: datetime.date
    open: float


class Number(NamedTuple):
    """A bill or notice whose number the text carries, and the bills that it asks for;
    none when they are paid."""

    name: str
    bills: tuple


class Transfer(NamedTuple):
    """:param partner_id: who the payer is known to be, if anybody knows
    :param moves: ids of the bills that the text names, paid ones too
    """

    amount: float
    text: str
    payer: str = ""
    partner_id: int | None = None
    is_undone: bool = False
    moves: frozenset = frozenset()


@dataclass(slots=True)
class Match:
    """One answer. Reasons are (code, values of the message)."""

    level: str
    partner_id: int
    community_id: int
    bills: list
    unit_ids: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    @property
    def open(self):
        return sum(bill.open for bill in self.bills)


def allot(amounts, received, digits=2):
    """Spread what was received over open amounts in their order.

    :return: (list of what each gets, rest)
    """
    shares = []
    for amount in amounts:
        share = round(max(0.0, min(amount, received)), digits)
        shares.append(share)
        received = round(received - share, digits)
    return shares, received


def fits(bills, amount, digits=2):
    """How an amount stands to bills, the oldest first: ``equal`` to their sum, the sum
    of the ``oldest``, ``part`` of it, ``over`` it, or ``nothing`` is open."""
    shares, rest = allot([bill.open for bill in bills], amount, digits)
    if not bills:
        return "nothing"
    if rest > 0:
        return "over"
    part = [
        bill
        for bill, share in zip(bills, shares, strict=True)
        if 0 < share < round(bill.open, digits)
    ]
    if part:
        return "part"
    return "equal" if all(shares) else "oldest"


def judge(transfer, numbers, mentions, namesakes, bills_of):
    """:param numbers: of the text
    :param mentions: of ``UnitBook.mentioned``
    :param namesakes: of ``UnitBook.paid_by``
    :param bills_of: {unit id, or (partner id, community id): open bills}
    :return: (list of Match, the best first, list of reasons that hold for the transfer)
    """
    reasons = [("paid_already", {"name": n.name}) for n in numbers if not n.bills]
    numbered = [number for number in numbers if number.bills]
    matches = _by_number(transfer, numbered, mentions)
    if not matches:
        matches = _by_unit(transfer, mentions, bills_of)
    if not matches:
        matches = _by_payer(transfer, namesakes, bills_of)
    if len(matches) > 1:
        matches = _of_several(matches)
        if matches[0].level == POSSIBLE:
            reasons.append(("several", {"count": len(matches)}))
    if not matches and not reasons:
        reasons.append(("unknown", {}))
    for match in matches:
        if transfer.is_undone and match.level == CERTAIN:
            match.level = LIKELY
            match.reasons.append(("undone", {}))
    return matches, reasons


def _by_number(transfer, numbers, mentions):
    if not numbers:
        return []
    bills = _oldest_first({bill for number in numbers for bill in number.bills})
    matches = []
    for community_id in dict.fromkeys(bill.community_id for bill in bills):
        own = [bill for bill in bills if bill.community_id == community_id]
        match = _match(transfer, own)
        match.reasons[:0] = [("number", {"name": n.name}) for n in numbers]
        named = {unit.id for units in mentions for unit in units}
        others = named and named.isdisjoint(match.unit_ids)
        if others:
            match.reasons.append(("other_unit", {"unit": mentions[0][0].shown}))
        is_exact = fits(own, transfer.amount) == "equal"
        match.level = CERTAIN if is_exact and not others else LIKELY
        matches.append(match)
    return matches


def _by_unit(transfer, mentions, bills_of):
    if all(len(units) == 1 for units in mentions):
        units = [units[0] for units in mentions]
        if len({unit.community_id for unit in units}) == 1:
            return _of_units(transfer, units, bills_of)
    matches = []
    for unit in dict.fromkeys(unit.id for units in mentions for unit in units):
        units = [u for several in mentions for u in several if u.id == unit][:1]
        matches += _of_units(transfer, units, bills_of)
    return matches


def _of_units(transfer, units, bills_of):
    """One answer for each person who owes something for these units; the person named
    alone, if he owes."""
    people = [
        partner_id
        for unit in units
        for partner_id in names_of(unit, transfer.text, transfer.payer)
    ]
    if transfer.partner_id:
        people.append(transfer.partner_id)
    bills = _oldest_first(
        {bill for unit in units for bill in bills_of.get(unit.id, ())}
    )
    payers = dict.fromkeys(bill.partner_id for bill in bills)
    named = [payer for payer in payers if payer in people]
    matches = []
    if named or len(payers) == 1 or len(units) > 1:
        own = [bill for bill in bills if not named or bill.partner_id in named]
        matches = [_of_person(transfer, units, own, bool(named))]
    else:
        for payer in payers:
            own = [bill for bill in bills if bill.partner_id == payer]
            matches.append(_of_person(transfer, units, own, False))
    if bills:
        return matches
    payer_id = people[0] if people else units[0].payer_id
    if not payer_id:
        return []
    paid = Match(LIKELY if people else POSSIBLE, payer_id, units[0].community_id, [])
    paid.unit_ids = [unit.id for unit in units]
    paid.reasons = [("unit", {"unit": _shown(units)}), ("nothing", {})]
    return [paid]


def _of_person(transfer, units, bills, is_named):
    match = _match(transfer, bills)
    match.unit_ids = [unit.id for unit in units]
    match.reasons.insert(0, ("unit", {"unit": _shown(units)}))
    if is_named:
        match.reasons.insert(1, ("owner", {}))
    else:
        payer = transfer.payer
        match.reasons.insert(1, ("stranger", {"name": payer}) if payer else ("who", {}))
    is_exact = fits(bills, transfer.amount) in ("equal", "oldest")
    match.level = CERTAIN if is_exact and is_named else LIKELY
    return match


def _by_payer(transfer, namesakes, bills_of):
    matches = []
    for person, units in namesakes.items():
        bills = _oldest_first(bills_of.get(person, ()))
        if bills:
            match = _match(transfer, bills)
            match.unit_ids = list(dict.fromkeys(unit.id for unit in units))
            match.reasons.insert(0, ("payer", {"name": transfer.payer}))
            is_exact = fits(bills, transfer.amount) in ("equal", "oldest")
            match.level = LIKELY if is_exact else POSSIBLE
            matches.append(match)
    return matches


def _match(transfer, bills):
    fit = fits(bills, transfer.amount)
    match = Match(LIKELY, bills[0].partner_id, bills[0].community_id, bills)
    match.unit_ids = list(dict.fromkeys(b.unit_id for b in bills if b.unit_id))
    match.reasons = [(fit, {"amount": round(abs(match.open - transfer.amount), 2)})]
    return match


def _of_several(matches):
    """One that is certain stands out among those that are not; else none does."""
    best = [match for match in matches if match.level == CERTAIN]
    for match in matches:
        match.level = LIKELY if len(best) == 1 and match is best[0] else POSSIBLE
    order = (CERTAIN, LIKELY, POSSIBLE)
    return sorted(matches, key=lambda match: order.index(match.level))


def _oldest_first(bills):
    return sorted(bills, key=lambda bill: (bill.due, bill.item_id))


def _shown(units):
    return ", ".join(unit.shown for unit in units)
