"""Who is who in an owner ledger. Pure.

Same name and a phone in common: the same person. Same name and no phone in common, or
none to compare: another person.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Person:
    row: int
    phones: tuple
    partner_id: int | None = None


class PersonRegister:
    """The persons met so far while the ledger is read row by row."""

    def __init__(self):
        self._by_name = {}

    def meet(self, row):
        """The person of this row, and the row of a namesake if this is a new person.

        :return: (person, is_new, other row or None)
        """
        namesakes = self._by_name.setdefault(row.owner, [])
        for person in namesakes:
            if not set(person.phones).isdisjoint(row.phones):
                person.phones += tuple(
                    phone for phone in row.phones if phone not in person.phones
                )
                return person, False, None
        person = Person(row.number, row.phones)
        namesakes.append(person)
        return person, True, namesakes[0].row if len(namesakes) > 1 else None
