from odoo import models
from odoo.tools import format_date


class PropertyNotice(models.Model):
    """Why a demand does not go out now, in words."""

    _inherit = "property.notice"

    def _why_not_now(self):
        """Why a draft of a case is not issued, or an empty text (procedure, section
        2)."""
        self.ensure_one()
        return self._why_suspended() or self._why_moved() or self._why_overtaken()

    def _why_suspended(self):
        """Why nothing is demanded of the customer at present, or an empty text."""
        return self.case_id._why_suspended()

    def _why_moved(self):
        """The oldest charge for which the notice was due is paid: the customer stands
        at another stage than the one that was signed."""
        anchor = self.case_id.anchor_date
        if self.kind == "lawyer" or not anchor or not self.anchor_date:
            return ""
        if anchor <= self.anchor_date:
            return ""
        return self.env._(
            "The charge due on %(day)s is paid meanwhile; the oldest one open was due "
            "on %(anchor)s. The next statement says what follows.",
            day=format_date(self.env, self.anchor_date),
            anchor=format_date(self.env, anchor),
        )

    def _why_overtaken(self):
        """Of several stages only the highest one goes out."""
        higher = self.case_id.notice_ids.filtered(
            lambda notice: (
                notice.state != "cancelled"
                and notice.anchor_date == self.anchor_date
                and notice.step_months > self.step_months
            )
        )
        if not higher or self.kind == "lawyer":
            return ""
        return self.env._(
            "A notice of a higher stage is made: %(stage)s.",
            stage=higher[0].step_id.name,
        )
