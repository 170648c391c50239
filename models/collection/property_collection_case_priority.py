from odoo import api, fields, models
from odoo.tools.misc import format_date

from .worklist import priority


class PropertyCollectionCase(models.Model):
    """The order of the worklist, and why."""

    _inherit = "property.collection.case"

    priority = fields.Integer(
        compute="_compute_priority", store=True, aggregator=None, index=True
    )
    priority_reason = fields.Selection(
        [
            ("promise_broken", "Promise broken"),
            ("deadline_passed", "Final deadline passed"),
            ("limitation_near", "Limitation near"),
            ("amount", "By amount and age"),
            ("closed", "Nothing is due"),
        ],
        "Reason of the Priority",
        compute="_compute_priority",
        store=True,
    )
    priority_text = fields.Char("Why Now", compute="_compute_priority_text")

    @api.depends(
        "state",
        "anchor_date",
        "promise_ids.state",
        "notice_ids.state",
        "notice_ids.deadline",
    )
    def _compute_priority(self):
        for community, cases in self.grouped("community_id").items():
            day = community._property_today()
            for case in cases:
                case.priority, case.priority_reason = priority(
                    day,
                    bool(case.anchor_date),
                    broken=bool(case._broken_on()),
                    deadline=case._final_deadline(),
                    limitation=case.limitation_date,
                )

    @api.model
    def _first_work(self, day):
        rank, reason = priority(day, is_owing=True)
        return {
            **super()._first_work(day),
            "priority": rank,
            "priority_reason": reason,
        }

    @api.depends("priority_reason", "months_unpaid")
    def _compute_priority_text(self):
        for case in self:
            case.priority_text = case._priority_says()

    def _priority_says(self):
        reason = self.priority_reason
        if reason == "promise_broken":
            day = format_date(self.env, self._broken_on())
            return self.env._("Promise of %(day)s broken", day=day)
        if reason == "deadline_passed":
            day = format_date(self.env, self._final_deadline())
            return self.env._("Final deadline %(day)s passed", day=day)
        if reason == "limitation_near":
            day = format_date(self.env, self.limitation_date)
            return self.env._("Statute-barred on %(day)s", day=day)
        if reason == "amount":
            return self.env._("Months unpaid: %(months)s", months=self.months_unpaid)
        return ""
