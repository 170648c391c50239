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
        self._check_journal(journal)
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "currency_id": self.currency_id.id,
                "date": self.community_id._property_today(),
                "ref": self.name,
                "line_ids": [Command.create(vals) for vals in self._entry(journal)],
            }
        )
        move.action_post()
        self._match_outstanding(move)
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
        """:raises UserError: unless there is exactly one cash journal of the currency
        besides those into which the cash was taken"""
        if len(self.journal_ids) != 1:
            raise UserError(
                self.env._(
                    "Choose the cash journal in %(currency)s into which the cash goes.",
                    currency=self.currency_id.name,
                )
            )
        return self.journal_ids

    def _check_journal(self, journal):
        """:raises UserError: for a journal of another kind or currency, and for the one
        into which the cash was taken"""
        if journal not in self.journal_ids:
            raise UserError(
                self.env._(
                    "%(journal)s does not fit: the cash goes into a cash journal in "
                    "%(currency)s other than the collector's.",
                    journal=journal.display_name,
                    currency=self.currency_id.name,
                )
            )

    def _entry(self, journal):
        """Values of the journal items: in the currency of the cash, and in that of the
        company at the rate at which it was taken."""
        lines = [
            self._item(f"{self.name} {self.user_id.name}", account, -amount, -balance)
            for account, (amount, balance) in self._taken_by_account().items()
        ]
        if not self.currency_id.is_zero(self.amount_difference):
            lines.append(self._difference_item(journal, lines))
        balance = -sum(line["balance"] for line in lines)
        account = journal.default_account_id
        return [self._item(self.name, account, self.amount_received, balance), *lines]

    def _item(self, name, account, amount, balance):
        return {
            "name": name,
            "account_id": account.id,
            "currency_id": self.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
        }

    def _taken_by_account(self):
        """{account: (cash taken, the same in company currency)} of the payments, as
        their entries say."""
        sums = {}
        for line in self._cash_lines():
            amount, balance = sums.get(line.account_id, (0.0, 0.0))
            sums[line.account_id] = (
                amount + line.amount_currency,
                balance + line.balance,
            )
        return sums

    def _cash_lines(self):
        """The items by which the payments stand in the collector's cash."""
        return self.env["account.move.line"].union(
            *(payment._seek_for_lines()[0] for payment in self.payment_ids)
        )

    def _match_outstanding(self, move):
        """Payments that wait on an account for a bank statement wait no longer."""
        for account, lines in self._cash_lines().grouped("account_id").items():
            if account.reconcile:
                handed = move.line_ids.filtered(
                    lambda line, account=account: line.account_id == account
                )
                (lines | handed).reconcile()

    def _difference_item(self, journal, taken):
        """What is missing or too much, at the mean rate of what was taken."""
        is_short = self.amount_difference < 0
        account = journal.loss_account_id if is_short else journal.profit_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%(journal)s has no account for differences: set its Profit "
                    "Account and Loss Account.",
                    journal=journal.display_name,
                )
            )
        total = sum(line["amount_currency"] for line in taken)
        rate = sum(line["balance"] for line in taken) / total if total else 1.0
        difference = -self.amount_difference
        return self._item(
            f"{self.name} {self.difference_reason}",
            account,
            difference,
            self.company_id.currency_id.round(difference * rate),
        )
