"""The tie-out of a period close to the general ledger."""

from collections import defaultdict

from .close_query import INCOME, LEDGER_BY_ACCOUNT
from .close_query_money import BY_HAND, MONEY
from .close_unapplied import unapplied_ties


class CloseTies:
    """Our figures beside the ledger's.

    :param rows: the ``CloseRows`` that ask
    """

    def __init__(self, rows):
        self.rows, self.env, self.community = rows, rows.env, rows.community
        self.values, self.round, self._query = rows.values, rows.round, rows.query

    def all(self, lines, statement):
        """Our figure beside the ledger's, account by account."""
        ours = defaultdict(float)
        for line in lines:
            ours[line.account_id] += line.residual
        ledger = dict(self._query(LEDGER_BY_ACCOUNT))
        rows = [
            ("receivable", account, ours.get(account, 0.0), ledger.get(account, 0.0))
            for account in sorted(ours.keys() | ledger.keys())
        ]
        rows += self._advance_ties()
        rows += [("income", *row) for row in self._query(INCOME)]
        rows += [("money", *row) for row in self._query(MONEY)]
        rows += [("unapplied", *row) for row in unapplied_ties(self.rows)]
        accounts = tuple(ours.keys() | ledger.keys()) or (0,)
        by_hand = self._query(BY_HAND, accounts=accounts)
        rows += [("hand", *row) for row in by_hand]
        if statement:
            rows.append(
                ("statement", None, sum(ours.values()), statement.total_closing)
            )
        return [self._tie(*row) for row in rows if row[2] or row[3]]

    def _tie(self, kind, account, ours, ledger):
        ours, ledger = self.round(ours), self.round(ledger)
        return {
            "kind": kind,
            "account_id": account,
            "ours": ours,
            "ledger": ledger,
            "difference": self.round(ours - ledger),
        }

    def _advance_ties(self):
        """As the prepayment proof has it (design, invariant 5)."""
        proof = self.env["property.prepayment.proof"].with_context(
            property_as_of=self.values["as_of"]
        )
        groups = proof._read_group(
            [("community_id", "=", self.community.id)],
            ["account_id"],
            ["owed:sum", "other:sum", "balance:sum"],
        )
        return [
            ("advance", account.id, owed + other, balance)
            for account, owed, other, balance in groups
        ]
