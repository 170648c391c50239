from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from .late_fee import Pause, late_fee, spread_held, unpaid_days

# Receivable lines that were not paid in time, each with what was matched with it, in
# its own currency. A credit note for an upheld dispute counts from the beginning. Late
# fees bear none, nor does an invoice that is taken out of follow-up.
LINES = """
    SELECT l.move_id, l.id, coalesce(l.date_maturity, l.date) AS due,
           l.amount_currency, l.balance, r.id, r.debit_amount_currency,
           CASE WHEN r.id IS NULL OR EXISTS (
                SELECT 1 FROM property_dispute_credit_rel d
                 WHERE d.account_move_id = c.move_id) THEN NULL ELSE r.max_date END
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id
      JOIN account_account a ON a.id = l.account_id
      JOIN res_partner p ON p.id = coalesce(m.commercial_partner_id, l.partner_id)
 LEFT JOIN account_partial_reconcile r
           ON r.debit_move_id = l.id AND r.max_date <= %(day)s
 LEFT JOIN account_move_line c ON c.id = r.credit_move_id
     WHERE a.account_type = 'asset_receivable'
       AND l.parent_state = 'posted'
       AND l.balance > 0
       AND l.no_followup IS NOT TRUE
       AND m.property_community_id = %(community)s
       AND p.commercial_partner_id IN %(partners)s
       AND coalesce(l.date_maturity, l.date) < %(day)s
       AND (l.reconciled IS NOT TRUE OR EXISTS (
            SELECT 1 FROM account_partial_reconcile t
             WHERE t.debit_move_id = l.id
               AND t.max_date > coalesce(l.date_maturity, l.date)))
       AND NOT EXISTS (SELECT 1 FROM property_late_fee f WHERE f.fee_move_id = m.id)
  ORDER BY l.move_id, due, l.id
"""
DISPUTES = """
    SELECT move_id, state, amount, amount_held, date_opened, resolved_on
      FROM property_dispute WHERE move_id IN %(moves)s
"""
PLANS = """
    SELECT i.move_id, p.agreed_on, p.ended_on
      FROM property_plan_item i JOIN property_plan p ON p.id = i.plan_id
     WHERE i.move_id IN %(moves)s AND p.kind = 'instalments'
       AND p.agreed_on IS NOT NULL AND p.state IN ('running', 'done', 'broken')
"""
BILLED = """
    SELECT f.move_id, sum(f.amount)
      FROM property_late_fee f JOIN account_move m ON m.id = f.fee_move_id
     WHERE f.move_id IN %(moves)s AND m.state != 'cancel'
  GROUP BY f.move_id
"""


class PropertyCollectionCase(models.Model):
    """What a late payer owes besides his bills, where the contract says so."""

    _inherit = "property.collection.case"

    late_fee_ids = fields.One2many("property.late.fee", "case_id", "Late Fees")

    def _late_fee(self, day):
        """The late fee of these customers' bills that is not invoiced yet, paid bills
        included; nothing where the company has none. Four statements for each
        community, however many cases.

        :param day: the last day that counts; the day after a due date is the first
        :return: {move id: amount}, company currency, rounded once for each bill
        """
        fees = {}
        for community, cases in self.grouped("community_id").items():
            company = community.company_id
            if company.property_late_fee and company.property_late_fee_rate:
                fees |= cases._late_fee_in(community, day)
        return fees

    def _late_fee_in(self, community, day):
        company = community.company_id
        self._flush_late_fee()
        lines = self._late_lines_in(community, day)
        if not lines:
            return {}
        moves = tuple(lines)
        disputes, plans = self._rows(DISPUTES, moves), self._rows(PLANS, moves)
        billed = dict(self.env.execute_query(SQL(BILLED, moves=moves)))
        fees = {}
        for move, parts in lines.items():
            fee = self._fee_of(parts, disputes[move], plans[move], day, company)
            left = company.currency_id.round(fee - billed.get(move, 0.0))
            if left > 0:
                fees[move] = left
        return fees

    def _fee_of(self, parts, disputes, plans, day, company):
        """Of one bill: counted in its own currency, converted at its own rate."""
        principals = [part["amount"] for part in parts]
        pauses = [[Pause(*days) for days in plans] for _part in parts]
        for row in disputes:
            for own, pause in zip(pauses, self._paused(row, principals), strict=True):
                own.append(pause)
        amount_days = sum(
            unpaid_days(
                part["amount"],
                part["due"],
                part["payments"],
                day,
                own,
                company.property_late_fee_from,
                company.property_late_fee_grace_days,
            )
            for part, own in zip(parts, pauses, strict=True)
        )
        total = sum(principals)
        rate = sum(part["balance"] for part in parts) / total
        return company.currency_id.round(
            late_fee(
                amount_days,
                company.property_late_fee_rate,
                total,
                company.property_late_fee_cap,
            )
            * rate
        )

    def _paused(self, dispute, principals):
        """An open dispute, and what is upheld, bear no fee at all; of a rejected one
        the days on which it was open bear none: the answer took them, not he."""
        state, amount, held, opened, resolved = dispute
        if state == "rejected":
            return [
                Pause(opened, resolved, part)
                for part in spread_held(amount, principals)
            ]
        return [Pause(None, None, part) for part in spread_held(held, principals)]

    def _late_lines_in(self, community, day):
        """{move id: its receivable lines, by due date}"""
        query = SQL(
            LINES,
            community=community.id,
            partners=tuple(self.partner_id.ids) or (0,),
            day=day,
        )
        lines = {}
        for (
            move,
            line,
            due,
            amount,
            balance,
            partial,
            paid,
            on,
        ) in self.env.execute_query(query):
            part = lines.setdefault(move, {}).setdefault(
                line, {"due": due, "amount": amount, "balance": balance, "payments": []}
            )
            if partial:
                part["payments"].append((on, paid))
        return {move: list(parts.values()) for move, parts in lines.items()}

    def _rows(self, query, moves):
        """{move id: [the other columns]}"""
        rows = defaultdict(list)
        for row in self.env.execute_query(SQL(query, moves=moves)):
            rows[row[0]].append(row[1:])
        return rows

    def _flush_late_fee(self):
        for model in (
            "account.move",
            "account.move.line",
            "account.partial.reconcile",
            "property.dispute",
            "property.late.fee",
            "property.plan",
            "property.plan.item",
            "res.partner",
        ):
            self.env[model].flush_model()
