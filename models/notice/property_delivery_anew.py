import logging

from odoo import fields, models
from odoo.tools import date_utils

_logger = logging.getLogger(__name__)


class PropertyDelivery(models.Model):
    """Messages that wait in a queue of Odoo's while part of the sum is paid: they are
    called off, and others that name the new sum take their place."""

    _inherit = "property.delivery"

    def _is_outdated(self):
        """Whether the message names a sum that is no longer right."""
        self.ensure_one()
        notice = self.notice_id
        return bool(self.amount) and bool(
            notice.currency_id.compare_amounts(
                self.amount, notice._sums_named_now()[notice]
            )
        )

    def _call_off_outdated(self, call_off):
        """Replace those of these, in sudo, that are outdated.

        :param call_off: called with one delivery and the reason, takes its message out
            of the queue
        :return: those whose message must not be sent
        """
        stopped = self.browse()
        for row in self.filtered(lambda row: row._is_outdated()):
            stopped |= row
            try:
                with self.env.cr.savepoint():
                    call_off(row, self.env._("The sum has changed; sent anew."))
                    row._queue_anew()
            except Exception:  # the queue is everybody's
                # It waits, unsent, for the next run.
                self.env.invalidate_all()
                _logger.exception("Delivery %s cannot be queued anew", row.id)
        return stopped

    def _queue_anew(self):
        """The same message again, in the name of the same user, if it may be sent."""
        # In sudo, as its caller: the queue belongs to the system.
        notice = self.notice_id.with_user(self.user_id).sudo()
        reminders = notice.reminder_ids.filtered(lambda row: row.delivery_id == self)
        refusal = getattr(notice, f"_{self.channel}_refusal")()
        if not refusal:
            getattr(notice, f"_queue_{self.channel}")()
            new = self.search(
                [("notice_id", "=", notice.id), ("channel", "=", self.channel)],
                order="id desc",
                limit=1,
            )
            reminders.write({"delivery_id": new.id, "amount": new.amount})
        elif notice._is_refused_for_now(self.channel):
            reminders.write(
                {
                    "delivery_id": False,
                    "state": "planned",
                    "sent_on": False,
                    "retry_on": date_utils.add(fields.Datetime.now(), days=1),
                    "reason": refusal,
                }
            )
