from odoo import api, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL

from ..estate.dates import ONE_DAY
from .property_prepayment_confirm import QUIET

PAID = ("paid", "in_payment", "reversed")


class PropertyPrepayment(models.Model):
    """An agreement that is not paid by its invoice's due date lapses: the invoice is
    credited, its months are free, and those that have begun are billed as any other."""

    _inherit = "property.prepayment"

    @api.model
    def _cron_lapse(self):
        """:return: whether there is time for more"""
        communities = self.env["property.community"].with_context(active_test=False)
        # pylint: disable-next=no-search-all
        for community in communities.search([], order="company_id, id"):
            for agreement in self._overdue(community):
                # Asked again of the one that nobody else has in hand.
                if not agreement.try_lock_for_update(allow_referencing=True):
                    continue
                reason = agreement._try_lapse()
                if reason:
                    agreement._ask_finance(reason)
                if not self.env["ir.cron"]._commit_progress(1):
                    return False
        return True

    @api.model
    def _overdue(self, community):
        return self.search(
            [
                ("community_id", "=", community.id),
                ("state", "=", "running"),
                ("move_id.state", "=", "posted"),
                ("move_id.payment_state", "not in", PAID),
                ("move_id.invoice_date_due", "<", community._property_today()),
                # Finance has it in hand.
                (
                    "activity_ids",
                    "not any",
                    [("activity_type_id", "=", self._asked().id)],
                ),
            ],
            order="id",
        )

    @api.model
    def _asked(self):
        return self.env.ref("property_fee_collection.activity_prepayment")

    def _try_lapse(self):
        """:return: why a person has to decide; empty when it has lapsed"""
        if not self._is_unpaid():
            # Consumed or not: it is owed as any bill, until a person decides.
            self._ask_for_what_is_open()
            return self.env._(
                "The invoice is overdue and partly paid. Collect the rest, or cancel "
                "the agreement."
            )
        if self._has_credit():
            return self.env._(
                "The invoice is overdue, and the payer has money that is not matched. "
                "Match it, or cancel the agreement."
            )
        try:
            with self.env.cr.savepoint():
                self._lapse()
                self.env.flush_all()
        except LockError:
            # Somebody works with it: tomorrow.
            return ""
        except UserError as error:
            self.env.invalidate_all()
            return str(error)
        return ""

    def _lapse(self):
        """Undo agreements that were not paid."""
        for agreement in self:
            # sudo: the payer of what is concluded changes by such methods only
            agreement.sudo()._give_back_unpaid()
            agreement._cancel(
                agreement.date_from - ONE_DAY,
                "share",
                agreement.env._("Not paid by its due date"),
            )

    def _give_back_unpaid(self):
        """Whoever took it over has paid nothing either: the invoice that lapses, and
        what it stands for, are of whom it was made out to."""
        before, payer = self.partner_id, self.move_id.partner_id
        if not payer or before == payer:
            return
        self._lock_what_bills()
        self._move_liability(before, payer, self.community_id._property_today())
        self.with_context(**QUIET).write({"partner_id": payer.id})

    def _is_unpaid(self):
        """Whether nothing of the invoice is paid."""
        self.ensure_one()
        move = self.sudo().move_id
        return bool(move.amount_total) and not move.currency_id.compare_amounts(
            move.amount_residual, move.amount_total
        )

    def _ask_for_what_is_open(self):
        """What is open of these agreements ages and is asked for from now on."""
        moves = self.env["account.move"].search(
            [
                ("property_prepayment_id", "in", self.ids),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
            ]
        )
        moves.line_ids.filtered(
            lambda line: line.display_type == "payment_term" and line.no_followup
        ).no_followup = False

    def _has_credit(self):
        """Whether money of the payer waits to be matched that would pay the invoice."""
        move = self.move_id
        [[credit]] = self.env.execute_query(
            SQL(
                """
                SELECT coalesce(-sum(l.amount_residual), 0)
                  FROM account_move_line l
                  JOIN account_account a ON a.id = l.account_id
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE a.account_type = 'asset_receivable'
                   AND l.parent_state = 'posted' AND NOT l.reconciled
                   AND l.company_id = %s AND p.commercial_partner_id = %s
                   AND l.amount_residual < 0
                """,
                move.company_id.id,
                move.commercial_partner_id.id,
            )
        )
        return credit and credit >= move.amount_residual_signed
