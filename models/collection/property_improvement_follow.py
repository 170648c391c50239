from datetime import timedelta

from odoo import api, models

from .property_improvement import ACTIVITY, DAYS


class PropertyImprovement(models.Model):
    """Tasks that are late reach those who answer for them, once each."""

    _inherit = "property.improvement"

    @api.private
    def _follow_up(self, day):
        """Late tasks go to the customer service head on the day after the deadline, and
        to the manager a week later. Running it twice changes nothing.

        :param day: today where the community is
        """
        for task in self.filtered(lambda task: task.state == "open"):
            level = task._level_due(day)
            if level and level != task.escalated_to:
                task._escalate(level)

    def _level_due(self, day):
        """Who has to hear of it by ``day``; a head who is late himself is skipped."""
        head = self.community_id.cs_head_id
        skipped = not head or head == self.responsible_id
        if day > self.deadline + timedelta(days=0 if skipped else DAYS):
            return "manager"
        return "head" if day > self.deadline else None

    def _escalate(self, level):
        community = self.community_id
        user = community.cs_head_id if level == "head" else community.manager_id
        # sudo: the scheduled action decides, no hand does.
        self.sudo().escalated_to = level
        if user and user != self.responsible_id:
            self._remind(
                user,
                self.env._(
                    "%(responsible)s was to do this by %(deadline)s: %(task)s",
                    responsible=self.responsible_id.name,
                    deadline=self.deadline,
                    task=self.description,
                ),
            )

    def _remind(self, user, note):
        # sudo: whoever opens a task need not be allowed to remind others.
        self.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY, date_deadline=self.deadline, user_id=user.id, note=note
        )
