from datetime import timedelta

from odoo import api, fields, models

from ..estate.dates import ONE_DAY
from .contact_rules import NEXT, Work, next_action
from .worklist import limitation_alarm

WORKED_ON = ("open", "held")
WAITING = "issued"


class PropertyCollectionCase(models.Model):
    """What a case calls for next. It follows from contacts, promises and notices; a
    collector may put it off, until the next contact."""

    _inherit = "property.collection.case"

    next_action = fields.Selection(
        [
            ("first_contact", "First contact"),
            ("call", "Call"),
            ("visit", "Visit"),
            ("check_payment", "Check the payment"),
            ("follow_promise", "Follow the promise"),
            ("deliver_notice", "Deliver the notice"),
            ("decide", "Decide on the dispute"),
            ("none", "Nothing"),
        ],
        compute="_compute_next_action",
        store=True,
    )
    next_action_date = fields.Date(
        "Next Action on", compute="_compute_next_action", store=True, index=True
    )
    postponed_to = fields.Date(
        copy=False, tracking=True, help="Put off to this day, until the next contact."
    )

    @api.depends(
        "state",
        "anchor_date",
        "hold_until",
        "date_opened",
        "postponed_to",
        "last_contact_id",
        "promise_ids.state",
        "visit_ids.state",
        "visit_ids.date",
        "notice_ids.state",
        "notice_ids.delivery_ids.date",
    )
    def _compute_next_action(self):
        for case in self:
            if case.state not in WORKED_ON or not case.anchor_date:
                case.next_action, case.next_action_date = "none", False
                continue
            case.next_action, day = next_action(case._work())
            case.next_action_date = max(day, case.postponed_to or day)

    @api.model
    def _first_work(self, day):
        action, action_day = next_action(Work(opened=day))
        return {
            **super()._first_work(day),
            "next_action": action,
            "next_action_date": action_day,
        }

    def _work(self):
        opened = self._day_opened()
        last = self.last_contact_id
        last_day = last and self._local(last.date).date()
        if last and self.date_opened and last_day < self.date_opened:
            last, last_day = None, None
        return Work(
            opened=opened,
            last_day=last_day or None,
            last_outcome=last.outcome if last else None,
            promised=self._open_promise().date or None,
            visit=self._visit_planned(),
            undelivered=self._undelivered_since(),
            broken=self._day_after_break(),
            alarms=self._alarms(),
            held=self.hold_until or None,
        )

    def _visit_planned(self):
        """The day of the next visit that may take place."""
        visits = self.visit_ids._ready()
        return min((self._local(one.date).date() for one in visits), default=None)

    def _notices_to_deliver(self):
        return self.notice_ids.filtered(lambda notice: notice.state == WAITING)

    def _undelivered_since(self):
        """The day on which to go with a notice (again)."""
        days = []
        for notice in self._notices_to_deliver():
            tried = notice.last_delivery_date
            days.append(
                self._local(tried).date() + timedelta(days=NEXT["no_answer"][1])
                if tried
                else notice.date_issued
            )
        return min(days, default=None)

    def _alarms(self):
        """Days from which on something presses."""
        broken, deadline = self._day_after_break(), self._final_deadline()
        limitation = self.limitation_date
        return tuple(
            day
            for day in (
                broken,
                deadline and deadline + ONE_DAY,
                limitation and limitation_alarm(limitation),
            )
            if day
        )

    def _day_after_break(self):
        broken = self._broken_on()
        return broken and broken + ONE_DAY

    def _broken_on(self):
        """The date of the last promise, if that was broken."""
        last = self._last_promise()
        return last.date if last.state == "broken" else None

    def _final_deadline(self):
        """The latest deadline of a final notice for this arrears."""
        return max(
            (
                notice.deadline
                for notice in self.notice_ids
                if notice.kind == "final"
                and notice.state not in ("draft", "cancelled")
                and notice.anchor_date == self.anchor_date
                and notice.deadline
            ),
            default=None,
        )
