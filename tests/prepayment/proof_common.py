from odoo.fields import Command

from .release_common import ReleaseCommon


class ProofCommon(ReleaseCommon):
    def proof(self, day, user=None, domain=()):
        self.env.invalidate_all()
        model = self.env["property.prepayment.proof"].with_user(user or self.env.user)
        return model.with_context(property_as_of=day).search(
            [("company_id", "=", self.company.id), *domain]
        )

    def figures(self, rows):
        """[(agreement, net invoiced, released, owed, of none, balance, difference)]"""
        return [
            (
                row.prepayment_id,
                row.invoiced,
                row.released,
                row.owed,
                row.other,
                row.balance,
                row.difference,
            )
            for row in rows
        ]

    def by_hand(self, amount, day, **values):
        """An accountant's entry on the liability account: a debt of ``amount`` more."""
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create(
                        {"account_id": self.liability.id, "balance": -amount}
                    ),
                    Command.create({"account_id": self.income.id, "balance": amount}),
                ],
                **values,
            }
        )
        move.action_post()
        return move
