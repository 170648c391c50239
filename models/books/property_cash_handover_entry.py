from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class PropertyCashHandover(models.Model):
    """The entry: out of the accounts into which the collector took the cash, into the
    journal of Finance; what is missing or too much goes to the journal's loss or
    profit."""

    _inherit = "property.cash.handover"

    def _confirm(self, user):
        self.ensure_one()
        journal = self.journal_id or self._only_journal()
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": self.community_id._property_today(),
                "ref": self.name,
                "line_ids": [Command.create(vals) for vals in self._entry(journal)],
            }
        )
        move.action_post()
        self.write(
            {
                "state": "confirmed",
                "journal_id": journal.id,
                "move_id": move.id,
                "confirmed_by": user.id,
                "confirmed_on": fields.Datetime.now(),
            }
        )
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def _only_journal(self):
        """:raises UserError: unless there is exactly one cash journal besides those
        into which the cash was taken"""
        journals = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self.company_id),
                ("type", "=", "cash"),
                ("id", "not in", self.payment_ids.journal_id.ids),
            ]
        )
        if len(journals) != 1:
            raise UserError(self.env._("Choose the journal into which the cash goes."))
        return journals

    def _entry(self, journal):
        """Values of the journal items, in company currency."""
        lines = [
            {
                "name": self.name,
                "account_id": journal.default_account_id.id,
                "debit": self.amount_received,
            }
        ]
        for account, amount in self._taken_by_account().items():
            lines.append(
                {
                    "name": f"{self.name} {self.user_id.name}",
                    "account_id": account.id,
                    "credit": amount,
                }
            )
        if not self.currency_id.is_zero(self.amount_difference):
            lines.append(self._difference_line(journal))
        return lines

    def _taken_by_account(self):
        """{account: cash taken} of the payments, as their entries say."""
        sums = {}
        for payment in self.payment_ids:
            liquidity = payment.move_id.line_ids.filtered(
                lambda line: line.account_id.account_type != "asset_receivable"
            )
            for line in liquidity:
                sums[line.account_id] = sums.get(line.account_id, 0.0) + line.balance
        return sums

    def _difference_line(self, journal):
        short = self.amount_difference < 0
        account = journal.loss_account_id if short else journal.profit_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%(journal)s has no profit and loss account for differences.",
                    journal=journal.display_name,
                )
            )
        side = "debit" if short else "credit"
        return {
            "name": f"{self.name} {self.difference_reason}",
            "account_id": account.id,
            side: abs(self.amount_difference),
        }
