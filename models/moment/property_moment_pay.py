from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from .sums import Account, Sums


class PropertyMoment(models.Model):
    """Money taken at the desk."""

    _inherit = "property.moment"

    def _desk_journals(self):
        """Where money of the desk may go: cash first, then the bank."""
        journals = self.env["account.journal"]
        if not self.company_id:
            return journals
        return journals.search(
            [
                # A form that is not saved yet knows its moment by its origin only.
                ("company_id", "=", self.company_id._origin.id),
                ("type", "in", ("cash", "bank")),
            ],
            order="type desc, sequence, id",
        )

    def _bills(self):
        """The open bills of the customer, the oldest first; those that are due and of
        which something is asked for are chosen.

        :return: values of ``property.moment.pay.line``
        """
        self.ensure_one()
        moment = self._origin
        account = moment._accounts().get(moment, Account())
        due = {item.move_id for item in account.due()}
        asked = account.asked()
        moves = self._payable()
        # sudo: a dispute on a bill is no secret to whoever may see the bill.
        disputed = moves.sudo().property_dispute_ids.filtered("amount_held").move_id
        return [
            {
                "sequence": number,
                "move_id": move.id,
                "date_due": move.invoice_date_due,
                "amount_open": move.amount_residual,
                "amount_asked": asked.get(move.id, 0.0),
                "is_due": move.id in due,
                "is_disputed": move in disputed,
                "is_chosen": (
                    move.id in due
                    and asked.get(move.id, 0.0) > 0
                    and move.currency_id == self.currency_id
                ),
            }
            for number, move in enumerate(moves)
        ]

    def _payable(self):
        """Open invoices, months paid ahead included."""
        return self.open_move_ids.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_receipt")
                and not move.currency_id.is_zero(move.amount_residual)
            )
        )

    @api.private
    def _take(self, journal, amount, parts, note=""):
        """Take money of the customer on this occasion (procedure, clause 4.1.6).

        :param amount: in the currency of the journal
        :param parts: (invoice, what is paid of it), in order
        :return: the payments
        :raises UserError: for an invoice of somebody else, without an amount, and for
            an invoice that was paid meanwhile
        """
        self.ensure_one()
        self.check_access("write")
        self._check_own_bills(parts)
        self._log_contact("paid")
        payments = self.env["property.cashier"]._take(
            self.partner_id,
            self.community_id,
            journal,
            amount,
            parts,
            memo=note or self.display_name,
        )
        # sudo: customer service takes money but keeps no books.
        payments.sudo().property_moment_id = self.id
        self._tell_payment(journal, amount, parts)
        self._settle_paid()
        return payments

    def _settle_paid(self):
        """Paid is who owes nothing any more but what is in dispute. After a part of it
        the moment stays as it is: the rest may still be promised, spread or declined.
        """
        found = self._sums()
        self.filtered(
            lambda row: row.currency_id.is_zero(found.get(row, (Sums(), ()))[0].due)
        )._settle("paid")

    @api.private
    def _payment_confirmed(self):
        """A payment taken here was corrected and counts again."""
        # sudo: as in _payment_struck
        self.sudo().filtered(lambda row: row.state == "open")._settle_paid()

    @api.private
    def _payment_struck(self):
        """Money taken here is struck or turns out not to have come: what it had paid is
        to be settled anew."""
        # sudo: Finance strikes payments and settles no moments; state and outcome are
        # written by methods alone.
        for moment in self.sudo().filtered(lambda row: row.outcome == "paid"):
            moment.write(
                {
                    "state": "open",
                    "outcome": False,
                    "closed_on": False,
                    "closed_by": False,
                }
            )
            moment.message_post(
                body=self.env._(
                    "A payment taken here was cancelled or reversed: what is due is "
                    "open again."
                )
            )

    def _check_own_bills(self, parts):
        """:raises UserError: for a bill that is not the customer's in this community"""
        customer = self.partner_id.commercial_partner_id
        for move, _part in parts:
            own = move.sudo()  # sudo: whoever names another's bill may not see it
            if (
                own.commercial_partner_id != customer
                or own.property_community_id != self.community_id
            ):
                raise UserError(
                    self.env._("A bill of somebody else cannot be paid here.")
                )

    def _tell_payment(self, journal, amount, parts):
        currency = journal.currency_id or self.currency_id
        bills = ", ".join(move.sudo().name for move, _part in parts)
        text = self.env._(
            "%(amount)s received, %(journal)s. Paid: %(bills)s",
            amount=format_amount(self.env, amount, currency),
            journal=journal.name,
            bills=bills or self.env._("on account"),
        )
        self.message_post(body=text)
