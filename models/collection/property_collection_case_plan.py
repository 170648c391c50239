from odoo import api, fields, models
from odoo.fields import Domain

from .calendar import months_unpaid

HARDSHIP = ("proposed", "approved")


class PropertyCollectionCase(models.Model):
    """Instalment plans and waivers of a customer (procedure, clause 4.3.2). While every
    due instalment is paid no notice goes out; a late one is demanded instead of the
    bills that the plan covers; of a broken plan nothing is left but the debt."""

    _inherit = "property.collection.case"

    plan_ids = fields.One2many("property.plan", "case_id", "Plans and Waivers")
    dispute_ids = fields.One2many(
        "property.dispute", compute="_compute_dispute_ids", string="Disputes"
    )
    dispute_count = fields.Integer("Open Disputes", compute="_compute_dispute_ids")

    @api.depends("partner_id", "community_id")
    def _compute_dispute_ids(self):
        disputes = self.env["property.dispute"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("community_id", "in", self.community_id.ids),
            ]
        )
        known = disputes.grouped(lambda row: (row.partner_id, row.community_id))
        for case in self:
            key = case.partner_id, case.community_id
            case.dispute_ids = known.get(key, disputes.browse())
            case.dispute_count = len(
                case.dispute_ids.filtered(lambda row: row.state == "open")
            )

    def _running_plan(self):
        """The one plan in force; late or not."""
        # A loop: its record knows its fellows, so Odoo reads for all cases at once.
        for plan in self.plan_ids:
            if plan.kind == "instalments" and plan.state == "running":
                return plan
        return self.plan_ids.browse()

    def _has_running_plan(self):
        return super()._has_running_plan() or bool(self._running_plan())

    def _plan_in_force(self, day):
        plan = self._running_plan()
        kept = bool(plan) and not plan._late_lines(day)
        return super()._plan_in_force(day) or kept

    def _has_open_hardship(self):
        """Whether a hardship proposal waits for the company, or its approval for the
        customer: neither is the moment for going to law."""
        self.ensure_one()
        return any(plan.state in HARDSHIP for plan in self.plan_ids)

    def _moves_in_plan(self):
        """Bills that the running plan covers: demanded are its instalments."""
        plans = [case._running_plan() for case in self]
        return self.env["property.plan"].concat(*plans).item_ids.move_id

    def _demand_lines(self, day):
        """What is demanded on ``day`` in place of the bills in ``_moves_in_plan``:
        values of notice lines for the late instalments; None where no plan runs.

        Amounts are company currency, what is unpaid of each instalment.
        """
        plan = self._running_plan()
        if not plan:
            return None
        lines = plan.line_ids.sorted(lambda line: (line.date, line.id))
        numbers = {line: number for number, line in enumerate(lines, 1)}
        return [
            {
                "type": "instalment",
                "item_name": self.env._(
                    "Instalment %(number)s of %(count)s",
                    number=numbers[line],
                    count=len(lines),
                ),
                "date_from": line.date,
                "date_to": line.date,
                "amount": line.amount_open,
            }
            for line in plan._late_lines(day)
        ]

    def _notice_anchor(self, day):
        """As ``_notice_anchors``, for one case.

        :return: (anchor, months unpaid), or None where no instalment is late
        """
        return self._notice_anchors(day).get(self)

    def _notice_anchors(self, day):
        """From when cases with a late instalment are counted for their notices: from
        that instalment, or from an older due bill that the plan does not cover. One
        look at the ledger for all.

        :return: {case: (anchor, months unpaid)}, only those with a late instalment
        """
        late = {}
        for case in self:
            lines = case._running_plan()._late_lines(day)
            if lines:
                late[case] = lines[0].date
        cases = self.browse().concat(*late)
        outside = cases._oldest_outside(day) if late else {}
        anchors = {
            case: min(since, outside.get(case, since)) for case, since in late.items()
        }
        return {
            case: (anchor, months_unpaid(anchor, day))
            for case, anchor in anchors.items()
        }

    def _oldest_outside(self, day):
        """{case: due date of its oldest due bill that no running plan covers}"""
        covered = set(self._moves_in_plan().ids)
        oldest = {}
        for case, items in self._open_items().items():
            # What credits had covered before the plan was made counts from no older
            # day.
            paid = case._running_plan().credit_elsewhere
            for item in items:
                if not item.is_asked(day) or item.move_id in covered:
                    continue
                if item.demandable <= paid:
                    paid -= item.demandable
                    continue
                oldest[case] = min(item.date_due, oldest.get(case, item.date_due))
        return oldest

    @api.model
    def _touch_customers(self, partners, communities):
        result = super()._touch_customers(partners, communities)
        domain = (
            Domain("state", "in", ("running", "done"))
            & Domain("kind", "=", "instalments")
            & Domain("partner_id", "in", partners.ids)
        )
        if communities:
            domain &= Domain("community_id", "in", communities.ids)
        # sudo: a payment keeps or breaks a plan, whoever took it. By id: nobody is
        # to work out anything for the usual order.
        self.env["property.plan"].sudo().search(domain, order="id")._evaluate()
        return result

    def _follow_up(self, day):
        result = super()._follow_up(day)
        self.plan_ids._evaluate(day)
        return result

    @api.model
    def _refresh_community(self, community):
        result = super()._refresh_community(community)
        day = community._property_today()
        # sudo: the head hears of every late answer, whoever runs this.
        disputes = self.env["property.dispute"].sudo()
        disputes._overdue(community, day)._follow_up(day)
        return result

    def action_propose_plan(self):
        """A form to propose instalments or a waiver for the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.plan",
            "view_mode": "form",
            "name": self.env._("Propose a Plan or Waiver"),
            "context": {"default_case_id": self.id},
        }

    def action_dispute(self):
        """A form to note which of the customer's open invoices he disputes."""
        self.ensure_one()
        items = self._open_items()[self]
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.dispute",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Dispute"),
            "context": {
                "property_dispute_of": [
                    item.move_id for item in items if item.residual > 0
                ],
            },
        }
