from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount


class PropertyCashier(models.AbstractModel):
    """Takes money of a customer (procedure, clause 4.1.6): Odoo payments, matched with
    the invoices that he pays, in the order in which he pays them.

    Whoever calls this has checked that the user may take money of this community.
    """

    _name = "property.cashier"
    _description = "Cashier"

    @api.private
    @api.model
    def _take(self, partner, community, journal, amount, parts=(), day=None, memo=""):
        """Post what was received and match it.

        :param amount: in the currency of the journal; what ``parts`` do not use up
            stays on the customer's account
        :param parts: (invoice, amount of it that is paid), in the payer's order
        :param day: of the payment, the community's today without one
        :return: the payments, posted
        :raises UserError: for an invoice of which less is open by now
        """
        # sudo: customer service takes money but keeps no books.
        here = self.sudo().with_company(community.company_id)
        currency = journal.currency_id or community.company_id.currency_id
        parts = [
            (move.sudo(), part) for move, part in parts if not currency.is_zero(part)
        ]
        here._check_open(parts, currency)
        here._check_sum(amount, parts, currency)
        values = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": partner.commercial_partner_id.id,
            "journal_id": journal.id,
            "currency_id": currency.id,
            "date": day or community._property_today(),
            "memo": memo,
        }
        payments = here.env["account.payment"]
        for moves, part in here._bundles(parts, amount, currency):
            payment = payments.create({**values, "amount": part})
            if journal.type == "cash":
                # It is in the till at once; no bank statement will tell of it.
                payment.outstanding_account_id = journal.default_account_id
            payment.action_post()
            here._match(payment, moves)
            payments += payment
        return payments.with_env(self.env)

    def _check_open(self, parts, currency):
        """Ask "paid?" again, with the invoices locked.

        :raises UserError: names the invoice of which less is open
        """
        moves = self.env["account.move"].union(*(move for move, _part in parts))
        moves.lock_for_update()
        moves.invalidate_recordset(["amount_residual", "payment_state"])
        for move, part in parts:
            if move.currency_id != currency:
                raise UserError(
                    self.env._(
                        "%(invoice)s is in %(currency)s: choose a journal of that "
                        "currency.",
                        invoice=move.name,
                        currency=move.currency_id.name,
                    )
                )
            if move.state != "posted" or (
                currency.compare_amounts(part, move.amount_residual) > 0
            ):
                raise UserError(
                    self.env._(
                        "Of %(invoice)s only %(amount)s is open.",
                        invoice=move.name,
                        amount=format_amount(self.env, move.amount_residual, currency),
                    )
                )

    def _check_sum(self, amount, parts, currency):
        """:raises UserError: when nothing was received, or less than is paid"""
        if currency.compare_amounts(amount, 0.0) <= 0:
            raise UserError(self.env._("Say how much was received."))
        paid = sum(part for _move, part in parts)
        if currency.compare_amounts(paid, amount) > 0:
            raise UserError(
                self.env._(
                    "%(paid)s is to be paid, but only %(amount)s was received.",
                    paid=format_amount(self.env, paid, currency),
                    amount=format_amount(self.env, amount, currency),
                )
            )

    @api.model
    def _bundles(self, parts, amount, currency):
        """What becomes one payment each: (invoices, sum)

        One payment settles invoices one after the other, so that only the last of them
        may be paid in part; any other part payment is one of its own.
        """
        whole, partial = [], []
        for move, part in parts:
            is_whole = currency.compare_amounts(part, move.amount_residual) >= 0
            (whole if is_whole else partial).append((move, part))
        bundles = [([move], part) for move, part in partial[:-1]]
        in_order = whole + partial[-1:]
        rest = currency.round(amount - sum(part for _moves, part in bundles))
        if not currency.is_zero(rest):
            bundles.append(([move for move, _part in in_order], rest))
        if partial and currency.compare_amounts(
            rest, sum(part for _move, part in in_order)
        ):
            # Money on account must not run into the invoice paid in part.
            last_move, last_part = partial[-1]
            bundles[-1] = (
                [move for move, _part in whole],
                currency.round(rest - last_part),
            )
            bundles.insert(0, ([last_move], last_part))
        return [bundle for bundle in bundles if not currency.is_zero(bundle[1])]

    @api.model
    def _match(self, payment, moves):
        receivable = payment.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        for move in moves:
            open_lines = move.line_ids.filtered(
                lambda line: (
                    line.account_id.account_type == "asset_receivable"
                    and not line.reconciled
                )
            )
            (receivable | open_lines).filtered(
                lambda line: not line.reconciled
            ).reconcile()
