from odoo import models
from odoo.tools import SQL

from .instalments import allocate, late, state_on

# Of each bill what has been matched since the proposal was written: money or credit
# note. A bill in draft is not paid, a cancelled one is.
PAID = """
    SELECT i.plan_id,
           sum(CASE m.state
               WHEN 'cancel' THEN i.amount
               WHEN 'posted' THEN greatest(0, least(i.amount, i.residual - (
                    SELECT coalesce(sum(l.amount_residual), 0)
                      FROM account_move_line l
                      JOIN account_account a ON a.id = l.account_id
                     WHERE l.move_id = m.id
                       AND a.account_type = 'asset_receivable'
                       AND l.amount_residual > 0)))
               ELSE 0 END)
      FROM property_plan_item i
      JOIN account_move m ON m.id = i.move_id
     WHERE i.plan_id IN %(plans)s
  GROUP BY i.plan_id
"""


class PropertyPlan(models.Model):
    """Whether a plan is kept: payments say so, nobody's hand."""

    _inherit = "property.plan"

    def _evaluate(self, day=None):
        """Spread what has been paid over the instalments and see whether the plans are
        done or broken on ``day``, today where nothing is said. Many at once.

        A plan that is done is opened again when a payment is reversed.
        """
        # sudo: what is paid, and what becomes of it, is written by the system alone.
        plans = self.sudo().filtered(
            lambda plan: (
                plan.kind == "instalments" and plan.state in ("running", "done")
            )
        )
        paid = plans._paid()
        for plan in plans:
            plan._spread_paid(paid.get(plan.id, 0.0))
            plan._move_on(day or plan.community_id._property_today())

    def _paid(self):
        """{plan id: paid of its bills since it was proposed, company currency}"""
        if not self:
            return {}
        for model in ("account.move", "account.move.line", "property.plan.item"):
            self.env[model].flush_model()
        return dict(self.env.execute_query(SQL(PAID, plans=tuple(self.ids))))

    def _spread_paid(self, paid):
        lines = self.line_ids.sorted(lambda line: (line.date, line.id))
        shares = allocate(paid, lines.mapped("amount"), self.currency_id.decimal_places)
        for line, share in zip(lines, shares, strict=True):
            if self.currency_id.compare_amounts(line.amount_paid, share):
                line.amount_paid = share

    def _move_on(self, day):
        grace = self.company_id.property_plan_grace_days
        digits = self.currency_id.decimal_places
        state = state_on(self.line_ids, day, grace, digits)
        if state == self.state or (self.state == "done" and not self._may_reopen()):
            return
        self.write({"state": state, "ended_on": day if state != "running" else False})
        if state == "broken":
            self._property_schedule(
                self.case_id.user_id or self.community_id.cs_head_id,
                self.env._("The instalment plan is broken"),
                note=self.env._(
                    "An instalment is unpaid more than %(days)s days after its date. "
                    "The whole debt is demanded again.",
                    days=grace,
                ),
            )

    def _may_reopen(self):
        """Only one plan of a customer is in force."""
        others = self.case_id.plan_ids - self
        return not others.filtered(
            lambda plan: (
                plan.kind == "instalments" and plan.state in ("approved", "running")
            )
        )

    def _late_lines(self, day):
        """Instalments past their date on ``day`` and not paid in full."""
        lines = self.line_ids.sorted(lambda line: (line.date, line.id))
        found = late(lines, day, self.currency_id.decimal_places)
        return lines.filtered(lambda line: line in found)
