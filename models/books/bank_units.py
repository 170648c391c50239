"""The units of a company, found by what a bank transfer says. Pure."""

import re
from collections import defaultdict
from typing import NamedTuple

from .bank_text import normal, says_name, unit_key, unit_mentions

_LETTERS = re.compile(r"[^\W\d_a-zA-Z]+")
_DESIGNATORS = re.compile(r"[栋棟幢座号號楼樓层層单單元室房户戶之]")


class Unit(NamedTuple):
    """A unit and who may pay for it.

    :param people: {partner id: name} of owner, occupant and payers
    """

    id: int
    shown: str
    building: str
    room: str
    community_id: int
    community: str
    code: str
    people: dict
    payer_id: int


class UnitBook:
    """Units by their key, with and without the community's code before it."""

    def __init__(self, units):
        self._by_key = defaultdict(list)
        self._by_name = defaultdict(list)
        for unit in units:
            key = unit_key(unit.building, unit.room)
            if key:
                self._by_key[key].append(unit)
                self._by_key[unit_key(unit.code) + key].append(unit)
            for partner_id, name in unit.people.items():
                self._by_name[normal(name)].append((unit, partner_id))

    def mentioned(self, text, payer):
        """What the text names: a list of lists, more than one unit in a list being one
        mention that may mean each of them."""
        found, taken = [], set()
        for key, is_plain in unit_mentions(text):
            units = self._by_key.get(key, [])
            if not is_plain:
                units = [
                    unit
                    for unit in units
                    if names_of(unit, text, payer) or _says_place(unit, text)
                ]
            units = _narrowed(units, text, payer)
            ids = frozenset(unit.id for unit in units)
            if units and ids not in taken:
                taken.add(ids)
                found.append(units)
        return found

    def paid_by(self, payer):
        """{(partner id, community id): units} of those who bear the payer's name"""
        found = defaultdict(list)
        for unit, partner_id in self._by_name.get(normal(payer), ()):
            found[partner_id, unit.community_id].append(unit)
        return dict(found)


def names_of(unit, text, payer):
    """Who of the unit's people is the payer, or is named in the text."""
    return [
        partner_id
        for partner_id, name in unit.people.items()
        if (payer and normal(payer) == normal(name)) or says_name(text, name)
    ]


def _narrowed(units, text, payer):
    """Of several units that are alike, those in the place or of the person named."""
    for test in (_says_place, lambda unit, words: names_of(unit, words, payer)):
        if len(units) > 1:
            units = [unit for unit in units if test(unit, text)] or units
    return units


def _says_place(unit, text):
    """Whether the text names the community, or the building by more than a number."""
    words = "".join(_LETTERS.findall(_DESIGNATORS.sub("", unit.building)))
    return says_name(text, unit.community) or says_name(text, words)
