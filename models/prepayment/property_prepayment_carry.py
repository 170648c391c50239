from odoo import api, models
from odoo.fields import Command

from .property_prepayment_confirm import QUIET


class PropertyPrepayment(models.Model):
    """A unit is sold, and the buyer takes the agreement over."""

    _inherit = "property.prepayment"

    @api.private
    def _carry(self, partner, day):
        """Go on with ``partner`` as the payer: what is owed is owed to him.

        Months that have begun stay the seller's. The invoice stays the seller's too,
        paid or not; a refund after this day is the buyer's.

        :param day: the buyer's first day; the entry is dated then, or today where that
            is earlier, or the first open day
        :raises UserError: for an agreement that does not run

        Access is for the caller to check.
        """
        for agreement in self.sudo():
            agreement._lock_what_bills()
            agreement._check_runs()
            before = agreement.partner_id
            if before == partner:
                continue
            agreement._release()
            if agreement.state == "running":
                agreement._move_liability(before, partner, day)
            agreement.with_context(**QUIET).write({"partner_id": partner.id})
            agreement.message_post(
                body=self.env._(
                    "Carried over from %(seller)s to %(buyer)s.",
                    seller=before.display_name,
                    buyer=partner.display_name,
                )
            )

    def _move_liability(self, before, after, day):
        community = self.community_id
        day = community._release_day(min(day, community._property_today()))
        lines = []
        for pot in self._pots()[self.id]:
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
