from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class PropertyDeposit(models.Model):
    """Deposits in the books: what is held is the account's balance, at any time."""

    _inherit = "property.deposit"

    def action_post(self):
        """Post what was received: bank or cash against the liability.

        :raises AccessError: for other roles than Finance
        :raises UserError: without a journal, or for what is posted
        """
        self._check_finance("draft")
        for deposit in self:
            if not deposit.journal_id:
                raise UserError(
                    self.env._(
                        "%(deposit)s: say where the money came in.",
                        deposit=deposit.display_name,
                    )
                )
            # sudo: entries follow from the deposit alone; the role is checked
            deposit = deposit.sudo()
            liability = deposit._liability()
            move = deposit._post_entry(
                deposit.journal_id,
                deposit.date,
                debit=(deposit._money_account(deposit.journal_id), deposit.partner_id),
                credit=(liability, deposit.partner_id),
            )
            deposit.write({"state": "held", "move_id": move.id})
        return True

    def action_refund(self):
        """Pay deposits back to who paid them: the reverse entry.

        :raises AccessError: for other roles than Finance
        """
        self._check_finance("held")
        for deposit in self.sudo():  # sudo: as in action_post
            day = deposit.date_closed or deposit.community_id._property_today()
            journal = deposit.refund_journal_id or deposit.journal_id
            move = deposit._post_entry(
                journal,
                day,
                debit=(deposit._liability(), deposit.partner_id),
                credit=(deposit._money_account(journal), deposit.partner_id),
            )
            deposit.write(
                {
                    "state": "refunded",
                    "date_closed": day,
                    "closing_move_id": move.id,
                    "is_to_refund": False,
                }
            )
            deposit.activity_ids.unlink()
        return True

    def action_ask_refund(self):
        """Ask Finance to pay deposits back."""
        self.check_access("write")
        self._ask_refund("")
        return True

    @api.private
    def _ask_refund(self, reason):
        """Mark deposits as to be paid back, and let Finance know."""
        # sudo: the mark is set by methods only; callers have checked
        held = self.sudo().filtered(
            lambda row: row.state == "held" and not row.is_to_refund
        )
        held.write({"is_to_refund": True})
        for deposit in held:
            deposit.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Pay the deposit back"),
                note=reason,
                user_id=(deposit.community_id.finance_user_id or self.env.user).id,
            )

    @api.private
    def _carry(self, partner, day):
        """What is held is owed to somebody else from ``day`` on: no money moves.

        :return: the deposits of the new holder
        """
        new = self.browse()
        # sudo: no money moves, and who decides on a transfer decides on this too
        for deposit in self.sudo().filtered(lambda row: row.state == "held"):
            liability = deposit._liability()
            move = deposit._post_entry(
                deposit.company_id._property_misc_journal(),
                day,
                debit=(liability, deposit.partner_id),
                credit=(liability, partner),
            )
            heir = deposit.copy(
                {
                    "partner_id": partner.id,
                    "date": day,
                    "state": "held",
                    "move_id": move.id,
                }
            )
            deposit.write(
                {
                    "state": "carried",
                    "date_closed": day,
                    "closing_move_id": move.id,
                    "carried_to_id": heir.id,
                    "is_to_refund": False,
                }
            )
            new += heir.with_env(self.env)
        return new

    def _check_finance(self, state):
        self.check_access("write")
        if not self.env.su and not self.env.user._has_property_role("group_finance"):
            raise AccessError(self.env._("Only Finance posts deposits."))
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if any(deposit.state != state for deposit in self):
            raise UserError(
                self.env._("Only a deposit that is recorded can be posted.")
                if state == "draft"
                else self.env._("Only a deposit that is held can be paid back.")
            )

    def _liability(self):
        """The account it stands on: where it was posted, if it was."""
        lines = self.move_id.line_ids.filtered(lambda line: line.credit > 0)
        return lines[:1].account_id or self.company_id._property_open_deposit_account()

    def _money_account(self, journal):
        if not journal.default_account_id:
            raise UserError(
                self.env._("%(journal)s has no account.", journal=journal.display_name)
            )
        return journal.default_account_id

    def _post_entry(self, journal, day, debit, credit):
        """:param debit: (account, partner), and so is ``credit``"""
        self.ensure_one()
        lines = [
            {
                "account_id": account.id,
                "partner_id": partner.commercial_partner_id.id,
                "name": self.display_name,
                "debit": self.amount if side == "debit" else 0.0,
                "credit": self.amount if side == "credit" else 0.0,
            }
            for side, (account, partner) in (("debit", debit), ("credit", credit))
        ]
        move = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": day,
                    "ref": self.display_name,
                    "line_ids": [Command.create(vals) for vals in lines],
                }
            )
        )
        move.action_post()
        return move
