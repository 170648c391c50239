from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL

from ..billing.money import IS_MONEY
from .promise_rules import Money, Promise, received, state_of

# Money that customers paid between two days: what is matched with charges of a
# community, and what is matched with nothing. Credit notes are no money.
MONEY = f"""
    WITH paid AS (
        SELECT l.id, l.move_id, p.commercial_partner_id AS partner_id, l.date,
               -l.amount_residual AS unmatched, m.property_community_id AS community_id
          FROM account_move_line l
          JOIN account_move m ON m.id = l.move_id
          JOIN account_journal j ON j.id = m.journal_id
          JOIN account_account a ON a.id = l.account_id
          JOIN res_partner p ON p.id = l.partner_id
         WHERE p.commercial_partner_id IN %(partners)s
           AND l.company_id IN %(companies)s
           AND l.parent_state = 'posted'
           AND l.balance < 0
           AND l.date BETWEEN %(first)s AND %(last)s
           AND a.account_type = 'asset_receivable'
           AND ({IS_MONEY.format(move="m", journal="j")})
    )
    SELECT paid.partner_id, m.property_community_id, paid.date, sum(r.amount),
           paid.move_id
      FROM paid
      JOIN account_partial_reconcile r ON r.credit_move_id = paid.id
      JOIN account_move_line l ON l.id = r.debit_move_id
      JOIN account_move m ON m.id = l.move_id
     WHERE m.property_community_id IS NOT NULL
  GROUP BY paid.partner_id, m.property_community_id, paid.date, paid.move_id
     UNION ALL
    SELECT partner_id, community_id, date, sum(unmatched), move_id
      FROM paid
     WHERE unmatched > 0
  GROUP BY partner_id, community_id, date, move_id
"""


class PropertyPromise(models.Model):
    """Kept or broken: read from the payments for many promises at once."""

    _inherit = "property.promise"

    @api.depends("amount", "date", "made_on", "cancelled_by", "earlier_move_ids")
    def _compute_state(self):
        """Looked at again whenever the case is touched, and daily."""
        struck = self.filtered("cancelled_by")
        struck.state, struck.amount_paid = "cancelled", 0.0
        new = (self - struck).filtered(lambda promise: not promise._origin)
        new.state, new.amount_paid = "open", 0.0
        promises = self - struck - new
        if not promises:
            return
        # sudo: who keeps promises need not be an accountant, and what was promised in
        # another community counts there first.
        facts = promises.sudo()._with_siblings()
        amounts, last = facts._received(), facts._last_ones()
        for promise in promises:
            digits = promise.currency_id.decimal_places
            promise.amount_paid = amounts[promise.id]
            promise.state = state_of(
                # sudo: it names entries.
                promise.sudo()._as_fact(),
                amounts[promise.id],
                promise.community_id._property_today(),
                is_last=promise.id in last,
                digits=digits,
            )

    @api.private
    def _evaluate(self, day=None):
        """Look at the payments again. Lazy: it is done once, when somebody asks.

        :param day: only those that a new day can break: open ones past their date
        """
        promises = self
        if day:
            promises = self.filtered(lambda p: p.state == "open" and p.date < day)
        for name in ("state", "amount_paid"):
            self.env.add_to_compute(self._fields[name], promises)
        return promises

    def _keep_earlier(self):
        """Note what the customer has paid already at the moment of the promise: on the
        same day, or dated ahead. It keeps no promise that is made afterwards.

        Where the system names an earlier day nobody knows what was there at the time.
        """
        made_now = self.filtered(
            lambda one: one.made_on == one.community_id._property_today()
        )
        # sudo: who takes promises need not be an accountant.
        for company, promises in made_now.sudo().grouped("company_id").items():
            money = promises._money(company)
            for promise in promises:
                fact = promise._as_fact()
                moves = {one.move_id for one in money if one.counts_for(fact)}
                if moves:
                    promise.earlier_move_ids = [Command.set(moves)]

    def _with_siblings(self):
        """All promises of these customers that were not struck."""
        others = self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("cancelled_by", "=", False),
            ],
            order="id",
        )
        return self | others

    def _last_ones(self):
        """Ids of those after which their customer promised nothing more."""
        cases = self.case_id.ids
        rows = self._read_group([("case_id", "in", cases)], ["case_id"], ["id:max"])
        return {last for _case, last in rows}

    def _as_fact(self):
        return Promise(
            self.id,
            self.partner_id.id,
            self.community_id.id,
            self.amount,
            self.made_on,
            self.date,
            frozenset(self.earlier_move_ids.ids),
        )

    def _received(self):
        """{promise id: what came in for it}, company currency"""
        found = {}
        for company, promises in self.grouped("company_id").items():
            facts = [promise._as_fact() for promise in promises]
            digits = company.currency_id.decimal_places
            found |= received(facts, promises._money(company), digits)
        return found

    def _money(self, company):
        for model in ("account.move", "account.move.line", "res.partner"):
            self.env[model].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        query = SQL(
            MONEY,
            partners=tuple(self.partner_id.ids),
            companies=tuple(company.ids),
            first=min(self.mapped("made_on")),
            last=max(self.mapped("date")),
        )
        return [Money(*row) for row in self.env.execute_query(query)]
