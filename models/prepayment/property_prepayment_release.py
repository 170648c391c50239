from datetime import date
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import date_utils

from ..estate.dates import ONE_DAY
from . import shares
from .property_prepayment_confirm import QUIET


class ReleaseFacts(NamedTuple):
    """What is read once for a batch of months."""

    pots: dict  # {agreement id: [Pot]}, emptied month by month
    accounts: dict  # {fee of an agreement: id of its income account}
    last: models.Model  # the lines after which nothing is left
    is_plain: bool  # no analytic distribution anywhere


class PropertyPrepayment(models.Model):
    """Each month of a term releases its share of the liability into income, with an
    entry dated the first of the month, or the first day after it that is not locked."""

    _inherit = "property.prepayment"

    def _release(self):
        """Release every month of these agreements that has begun where they are, with
        one entry for each company, community, month and currency.

        Months that cannot be entered before a day to come wait for it.

        :raises UserError: for an agreement of which nothing stands on the liability
        """
        for community, agreements in self.sudo().grouped("community_id").items():
            today = community._property_today()
            agreements.line_ids.filtered(
                lambda line, today=today: (
                    not line.move_id
                    and line.month <= today
                    and line.prepayment_id.state in ("running", "cancelled")
                )
            )._release()
        self._finish()

    def _finish(self):
        """Agreements are done when their term has passed and every month is released;
        one that nobody has paid lapses instead."""
        done = self.sudo().filtered(lambda agreement: agreement._is_over())
        done._ask_for_what_is_open()
        done.with_context(**QUIET).write({"state": "done"})

    def _is_over(self):
        self.ensure_one()
        return (
            self.state == "running"
            and (self.date_to or date.max) < self.community_id._property_today()
            and self.line_ids
            and all(line.move_id for line in self.line_ids)
            and not self._is_unpaid()
        )


class PropertyPrepaymentLine(models.Model):
    _inherit = "property.prepayment.line"

    def _release(self):
        lines = self.sorted(lambda line: (line.month, line.kind, line.id))
        facts = lines._release_facts()
        for (community, month, _currency, kind), group in lines.grouped(
            lambda line: (line.community_id, line.month, line.currency_id, line.kind)
        ).items():
            today = community._property_today()
            day = community._release_day(today if kind == "settlement" else month)
            if day <= today:
                group._release_on(day, facts)

    def _release_facts(self):
        """What is read once for all of the lines."""
        pots = self.prepayment_id._pots()
        item_ids = {pot.item_id for group in pots.values() for pot in group}
        items = self.env["property.prepayment.item"].browse(filter(None, item_ids))
        models = self.env["account.analytic.distribution.model"]
        return ReleaseFacts(
            pots=pots,
            accounts={item.id: item.account_id.id for item in items},
            last=self._last_shares(),
            is_plain=not models.search_count([], limit=1),
        )

    def _last_shares(self):
        """Lines after which nothing of their agreement is left to release."""
        found = self.browse()
        for agreement in self.prepayment_id:
            rest = agreement.line_ids.filtered(lambda line: not line.move_id)
            found |= rest.sorted(lambda line: (line.month, line.kind, line.id))[-1:]
        return found

    def _release_on(self, day, facts):
        """Post one entry for lines of one community, month and currency."""
        community, month = self.community_id, self[0].month
        moves = self.env["account.move"].with_company(community.company_id)
        move = moves.with_context(**QUIET).create(
            {
                "move_type": "entry",
                "journal_id": community._release_journal().id,
                "date": day,
                "ref": self.env._(
                    "%(community)s %(month)s: fees paid ahead",
                    community=community.code,
                    month=f"{month:%Y-%m}",
                ),
                "property_community_id": community.id,
                "property_period": month,
                "line_ids": [
                    Command.create(vals)
                    for line in self
                    for vals in line._journal_items(facts)
                ],
            }
        )
        move._post(soft=False)
        self.write({"move_id": move.id})

    def _journal_items(self, facts):
        """The pairs that move a share from the liability to the income of its fees."""
        common = {
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "name": f"{self.unit_id.display_name} {self.month:%Y-%m}",
            "tax_ids": [Command.clear()],
        }
        if facts.is_plain:
            # Nobody has analytic distributions: none has to be looked for.
            common["analytic_distribution"] = False
        vals_list = []
        for pot, amount, balance in self._take(facts):
            vals_list += [
                {
                    **common,
                    "account_id": pot.account_id,
                    "amount_currency": amount,
                    "balance": balance,
                    "property_prepayment_id": self.prepayment_id.id,
                    "property_prepayment_item_id": pot.item_id,
                },
                {
                    **common,
                    "account_id": self._income_account(pot, facts),
                    "amount_currency": -amount,
                    "balance": -balance,
                },
            ]
        return vals_list

    def _take(self, facts):
        pots = facts.pots[self.prepayment_id.id]
        if not pots:
            raise UserError(
                self.env._(
                    "%(name)s: nothing of it stands on the liability account.",
                    name=self.prepayment_id.display_name,
                )
            )
        return shares.take(
            pots,
            self.amount,
            self in facts.last,
            self.currency_id.rounding,
            self.company_id.currency_id.rounding,
        )

    def _income_account(self, pot, facts):
        account_id = facts.accounts.get(pot.item_id)
        if not account_id:
            raise UserError(
                self.env._(
                    "%(name)s: its fee has no income account.",
                    name=self.prepayment_id.display_name,
                )
            )
        return account_id


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    def _release_journal(self):
        """:raises UserError: where the company has no general journal"""
        company = self.company_id
        journal = company.property_release_journal_id or self.env[
            "account.journal"
        ].search(
            [
                *self.env["account.journal"]._check_company_domain(company),
                ("type", "=", "general"),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._("%(company)s has no general journal.", company=company.name)
            )
        return journal

    def _release_day(self, day):
        """``day``, or the first day after it on which the books are open."""
        company = self.company_id
        journal = self._release_journal()
        locks = company._get_violated_lock_dates(day, False, journal)
        return locks[-1][0] + ONE_DAY if locks else day

    def _release_month(self):
        """The month that runs where the community is: its first day."""
        return date_utils.start_of(self._property_today(), "month")
