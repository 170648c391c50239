from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from . import shares
from .property_prepayment_confirm import QUIET


class PropertyPrepayment(models.Model):
    """A unit is sold, and the buyer takes the agreement over."""

    _inherit = "property.prepayment"

    carry_to_id = fields.Many2one(
        "res.partner",
        "Goes over to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Who becomes the payer on a day to come.",
    )
    carry_on = fields.Date(
        "Goes over on", readonly=True, copy=False, help="The new payer's first day."
    )

    @api.private
    def _carry(self, partner, day):
        """Go on with ``partner`` as the payer: what is owed is owed to him.

        Months that begin by then stay the seller's. The invoice stays the seller's too,
        paid or not; a refund after this day is the buyer's.

        :param day: the buyer's first day; the entry is dated then, or the first open
            day. A day to come is remembered, and nothing changes before it.
        :raises UserError: for an agreement that does not run

        Access is for the caller to check.
        """
        for agreement in self.sudo():
            agreement._lock_what_bills()
            agreement._check_runs()
            if agreement.partner_id == partner:
                agreement._plan_carry(False, False)
            elif day > agreement.community_id._property_today():
                agreement._plan_carry(partner, day)
            else:
                agreement._carry_now(partner, day)

    def _plan_carry(self, partner, day):
        values = {"carry_to_id": partner and partner.id, "carry_on": day}
        self.with_context(**QUIET).write(values)
        if partner:
            self.message_post(
                body=self.env._(
                    "Goes over to %(buyer)s on %(day)s.",
                    buyer=partner.display_name,
                    day=format_date(self.env, day),
                )
            )

    def _carry_now(self, partner, day):
        before = self.partner_id
        self._release_through(day)
        self._finish()
        if self.state == "running":
            self._move_liability(before, partner, day)
        self.with_context(**QUIET).write(
            {"partner_id": partner.id, "carry_to_id": False, "carry_on": False}
        )
        self.message_post(
            body=self.env._(
                "Carried over from %(seller)s to %(buyer)s.",
                seller=before.display_name,
                buyer=partner.display_name,
            )
        )

    @api.model
    def _carry_due(self, community):
        """Carry over the agreements whose day has come.

        The scheduled action does so before it releases: what begins after the day is
        the buyer's, also where it comes late.
        """
        due = self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "running"),
                ("carry_on", "<=", community._property_today()),
            ],
            order="id",
        )
        for agreement in due:
            # Who works with it now leaves it to the next day.
            if agreement.try_lock_for_update(allow_referencing=True):
                agreement._try_carry()

    def _try_carry(self):
        try:
            with self.env.cr.savepoint():
                self._carry(self.carry_to_id, self.carry_on)
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all()
            self._ask_finance(str(error))

    def _move_liability(self, before, after, day, amount=None):
        """:param amount: so much of what is owed, in the agreement's currency; all of
        it without one"""
        community = self.community_id
        day = community._release_day(min(day, community._property_today()))
        lines = []
        for pot in self._part_of_pots(amount):
            for partner, sign in ((before, 1), (after, -1)):
                lines.append(
                    Command.create(
                        {
                            "account_id": pot.account_id,
                            "partner_id": partner.id,
                            "currency_id": self.currency_id.id,
                            "amount_currency": sign * pot.amount,
                            "balance": sign * pot.balance,
                            "name": self.name or self.unit_id.display_name,
                            "tax_ids": [Command.clear()],
                            "property_prepayment_id": self.id,
                            "property_prepayment_item_id": pot.item_id,
                        }
                    )
                )
        if not lines:
            return
        moves = self.env["account.move"].with_company(self.company_id)
        moves.create(
            {
                "move_type": "entry",
                "journal_id": community._release_journal().id,
                "date": day,
                "ref": self.env._(
                    "%(name)s: carried over", name=self.name or self.unit_id.name
                ),
                "property_community_id": community.id,
                "property_prepayment_id": self.id,
                "line_ids": lines,
            }
        )._post(soft=False)

    def _part_of_pots(self, amount):
        pots = self._pots()[self.id]
        if amount is None:
            return pots
        rounding = self.currency_id.rounding
        company_rounding = self.company_id.currency_id.rounding
        taken = shares.take(pots, amount, True, rounding, company_rounding)
        return [
            replace(pot, amount=part, balance=balance) for pot, part, balance in taken
        ]
