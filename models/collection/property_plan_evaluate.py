from collections import defaultdict

from odoo import models

from .instalments import Bill, allocate, late, paid_of, state_on


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
            plan._spread_paid(*paid[plan])
            plan._move_on(day or plan.community_id._property_today())

    def _paid(self):
        """What counts as paid of the plans, company currency: what was matched with
        their bills since the proposal, and what is on account.

        Credits of the customer that are matched with nothing serve the plan, except
        for what older bills had taken up when it was proposed, as long as these are
        open. Current bills come after the plan, whose bills are older.

        :return: {plan: (paid, credits that serve it)}
        """
        found = {}
        items = self._open_items()
        for plan, credits in self._credits(items).items():
            bills = plan._bills(items[plan])
            found[plan] = paid_of(bills, credits, plan.currency_id.decimal_places)
        return found

    def _open_items(self):
        """{plan: what is open of its customer in its community, credits too}"""
        # sudo: a collector need not be an accountant to see what is open.
        return self.env["property.collection.ledger"].sudo()._open_of(self)

    def _credits(self, items):
        """{plan: credits matched with nothing that may serve its bills}"""
        found = {}
        # sudo: as for the items.
        ledger = self.env["property.collection.ledger"].sudo()
        for community, plans in self.grouped("community_id").items():
            on_account = ledger._unallocated(community, plans.partner_id)
            for plan in plans:
                own = items[plan]
                notes = sum(item.residual for item in own if item.residual < 0)
                credits = on_account.get(plan.partner_id.id, 0.0) - notes
                found[plan] = max(0.0, credits - plan._taken_elsewhere(own))
        return found

    def _taken_elsewhere(self, items):
        """Of the credits that older bills had taken up: what these still need."""
        if not self.credit_elsewhere:
            return 0.0
        covered = set(self.item_ids.move_id.ids)
        first = min(self.item_ids.mapped("date_due"), default=None)
        older = [
            item.demandable
            for item in items
            if item.move_id not in covered and (not first or item.date_due <= first)
        ]
        return min(self.credit_elsewhere, sum(older))

    def _bills(self, items):
        """A bill in draft is not paid, a cancelled one is."""
        opened = defaultdict(float)
        for item in items:
            opened[item.move_id] += max(0.0, item.residual)
        return [
            Bill(
                row.residual,
                row.amount,
                row.credit,
                row.residual
                if row.move_id.state == "draft"
                else opened[row.move_id.id],
            )
            for row in self.item_ids
        ]

    def _spread_paid(self, paid, on_account):
        if self.currency_id.compare_amounts(self.amount_on_account, on_account):
            self.amount_on_account = on_account
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
