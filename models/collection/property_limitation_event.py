from collections import defaultdict

import pytz

from odoo import api, models
from odoo.tools import SQL

from ..billing.money import IS_MONEY
from .limitation import Event, is_provable
from .property_notice import OF_CASES

# Each row: charge, day, kind of event, evidence. One statement for each kind, however
# many charges.
DEMANDS = """
    SELECT r.account_move_id, d.date, d.outcome, d.channel, d.tracking_ref, d.notice_id
      FROM property_notice_move_rel r
      JOIN property_notice n ON n.id = r.property_notice_id
      JOIN property_delivery d ON d.notice_id = n.id
     WHERE r.account_move_id IN %(moves)s
       AND n.kind IN %(kinds)s
       AND n.state NOT IN ('draft', 'cancelled')
       AND d.outcome IS NOT NULL
       AND coalesce(d.void_reason, '') = ''
"""
PART_PAYMENTS = f"""
    SELECT l.move_id, c.date, 'part_payment', 'account.move', c.move_id
      FROM account_partial_reconcile r
      JOIN account_move_line l ON l.id = r.debit_move_id
      JOIN account_move_line c ON c.id = r.credit_move_id
      JOIN account_move m ON m.id = c.move_id
      JOIN account_journal j ON j.id = m.journal_id
     WHERE l.move_id IN %(moves)s
       AND c.parent_state = 'posted'
       AND ({IS_MONEY.format(move="m", journal="j")})
"""
# A promise is about what was due when it was made, the oldest first, as far as its
# amount reaches: whoever promises the charge of January says nothing of June's.
PROMISES = """
    SELECT move_id, made_on, 'promise', 'property.promise', promise_id
      FROM (
        SELECT p.id AS promise_id, p.made_on, p.amount, l.move_id, t.open,
               sum(t.open) OVER (PARTITION BY p.id ORDER BY
                   coalesce(l.date_maturity, l.date), l.id) - t.open AS before
          FROM property_promise p
          JOIN account_move m ON m.commercial_partner_id = p.partner_id
                             AND m.property_community_id = p.community_id
          JOIN account_move_line l ON l.move_id = m.id
          JOIN account_account a ON a.id = l.account_id
    CROSS JOIN LATERAL (
               SELECT l.balance - coalesce(sum(r.amount), 0) AS open
                 FROM account_partial_reconcile r
                WHERE r.debit_move_id = l.id AND r.max_date < p.made_on
               ) t
         WHERE p.cancelled_by IS NULL
           AND p.community_id = %(community)s
           AND p.partner_id IN %(partners)s
           AND a.account_type = 'asset_receivable'
           AND l.parent_state = 'posted'
           AND l.balance > 0
           AND coalesce(l.date_maturity, l.date) <= p.made_on
           AND t.open > 0
      ) covered
     WHERE before < amount AND move_id IN %(moves)s
"""
PLANS = """
    SELECT i.move_id, p.agreed_on, 'plan', 'property.plan', p.id
      FROM property_plan_item i
      JOIN property_plan p ON p.id = i.plan_id
     WHERE i.move_id IN %(moves)s
       AND p.kind = 'instalments'
       AND p.state IN ('running', 'done', 'broken')
       AND p.agreed_on IS NOT NULL
"""
SUITS = """
    SELECT r.move_id, c.filed_on, 'suit', 'property.legal.case', c.id
      FROM property_legal_case_move_rel r
      JOIN property_legal_case c ON c.id = r.legal_case_id
     WHERE r.move_id IN %(moves)s
       AND c.filed_on IS NOT NULL
       AND c.stage NOT IN ('proposed', 'approved', 'letter')
       AND coalesce(c.outcome, '') != 'withdrawn'
"""
OTHERS = (PART_PAYMENTS, PROMISES, PLANS, SUITS)
READ = (
    "account.move",
    "account.move.line",
    "account.partial.reconcile",
    "property.notice",
    "property.delivery",
    "property.promise",
    "property.plan",
    "property.plan.item",
    "property.legal.case",
)


class PropertyLimitation(models.Model):
    """The evidence that moves the limitation, read in sets."""

    _inherit = "property.limitation"

    @api.model
    def _events(self, community, charges):
        """{move id: [Event]} of the charges."""
        if not charges:
            return {}
        for model in READ:
            self.env[model].flush_model()
        values = {
            "moves": tuple(charges),
            "partners": tuple({partner for partner, *_rest in charges.values()}),
            "community": community.id,
            "kinds": OF_CASES,
        }
        events = defaultdict(list)
        for move, event in self._demands(community, values):
            events[move].append(event)
        for query in OTHERS:
            for move, day, kind, model, res_id in self._run(query, values):
                events[move].append(Event(day, kind, model, res_id))
        return events

    @api.model
    def _demands(self, community, values):
        """Demands that provably arrived, on the day it was in the community."""
        zone = pytz.timezone(community.company_id._property_tz(community))
        for move, moment, outcome, channel, tracking, notice in self._run(
            DEMANDS, values
        ):
            if is_provable(outcome, channel, tracking):
                day = pytz.utc.localize(moment).astimezone(zone).date()
                yield move, Event(day, "demand", "property.notice", notice)

    @api.model
    def _run(self, query, values):
        names = {name: values[name] for name in values if f"%({name})s" in query}
        return self.env.execute_query(SQL(query, **names))
