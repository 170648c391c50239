import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils

from .property_reminder_campaign_fill import MESSAGES

_logger = logging.getLogger(__name__)

BATCH = 100


class PropertyReminder(models.Model):
    """Sending: "paid?" asked once more, then through Odoo's own queues or onto the call
    list. Rows are locked, so that two workers share them."""

    _inherit = "property.reminder"

    @api.model
    def _sendable(self):
        """What can be sent now. Letters and invitations are carried by people."""
        has_notice = Domain("notice_id.state", "!=", "draft") & Domain(
            "notice_id", "!=", False
        )
        return (
            Domain("state", "=", "planned")
            & Domain("campaign_id.state", "=", "running")
            & Domain("delivery_id", "=", False)
            & Domain("call_id", "=", False)
            & (
                Domain("retry_on", "=", False)
                | Domain("retry_on", "<=", fields.Datetime.now())
            )
            & (
                Domain("channel", "in", ("phone", "poster"))
                | (Domain("channel", "in", MESSAGES) & has_notice)
            )
        )

    def _to_send_now(self):
        return self.search(self._sendable() & Domain("id", "in", self.ids), limit=1)

    def _send_all(self):
        """Send these, in sudo, in one go: they are few."""
        rows = self.search(self._sendable() & Domain("id", "in", self.ids))
        rows._send_or_report()

    @api.model
    def _cron_send(self):
        """Send what is waiting, batch by batch, each a transaction of its own over rows
        it has locked.

        :return: whether there was time for all of it
        """
        size = self.env["property.billing.run"]._parameter("reminder_batch", BATCH)
        crons = self.env["ir.cron"]
        while True:
            todo = self.search(self._sendable(), order="campaign_id, sort_key, id")
            batch = todo.try_lock_for_update(limit=size)
            if not batch:
                return True
            batch._send_or_report()
            remaining = self.search_count(self._sendable())
            if not crons._commit_progress(len(batch), remaining=remaining):
                return False

    def _send_or_report(self):
        """The whole batch, or each on its own so that one does not stop the rest."""
        try:
            with self.env.cr.savepoint():
                self._send()
                self.env.flush_all()
            return
        except Exception as error:  # noqa: BLE001
            self.env.invalidate_all()
            if len(self) == 1:
                _logger.warning("Reminder %s: %s", self.id, error)
                self.write({"state": "failed", "reason": str(error)})
                self.campaign_id._tell_failure(self.community_id, error)
                return
        for row in self:
            row._send_or_report()

    def _send(self):
        """Send what is still to be sent, in the name of whoever started it; what holds
        something up is said in the company's language."""
        for (campaign, channel), rows in self.grouped(
            lambda row: (row.campaign_id, row.channel)
        ).items():
            author = campaign.notice_user_id or self.env.user
            lang = campaign.company_id._property_lang()
            rows = rows.with_user(author).sudo().with_context(lang=lang)
            rows._ask_again()
            due = rows.filtered(lambda row: row.state == "planned")
            if due:
                getattr(due, f"_send_{channel}")()

    def _ask_again(self):
        """Who has paid meanwhile, or must not be reminded any more, is not."""
        for row, (owed, reason) in self.filtered("partner_id")._asked_again().items():
            if reason:
                row._skip(reason)
            else:
                row._name_amount(owed)

    def _name_amount(self, owed):
        """What is still to be paid, when part of it is paid meanwhile."""
        if self.currency_id == owed.currency and not owed.currency.compare_amounts(
            self.amount, owed.amount
        ):
            return
        self.write({"amount": owed.amount, "currency_id": owed.currency.id})

    def _why_not_now(self, owed, refused):
        if not owed:
            return self.env._("nothing is due any more")
        reason = owed.reason or refused.get(self.partner_id.id)
        if not reason and self.notice_id.state == "cancelled":
            reason = self.notice_id.cancel_reason or self.env._("cancelled")
        return reason or ""

    # Messages ------------------------------------------------------------------------

    def _send_sms(self):
        community = self.community_id
        if community._is_quiet():
            # Nobody is woken up: on with it in the morning.
            morning = community._quiet_ends()
            self.write({"retry_on": morning, "reason": self.env._("quiet hours")})
            self.env.ref("property_fee_collection.cron_reminders")._trigger(morning)
            return
        self._send_message("sms")

    def _send_email(self):
        self._send_message("email")

    def _send_message(self, channel):
        """Queue what may be sent; the reminders know their deliveries."""
        ready = self.browse()
        for row in self:
            reason = getattr(row.notice_id, f"_{channel}_refusal")()
            if not reason:
                ready += row
            elif row.notice_id._is_refused_for_now(channel):
                tomorrow = date_utils.add(fields.Datetime.now(), days=1)
                row.write({"retry_on": tomorrow, "reason": reason})
            else:
                row._skip(reason)
        if not ready:
            return
        deliveries = getattr(ready.notice_id, f"_queue_{channel}")()
        of_notice = {row.notice_id: row for row in deliveries}
        now = fields.Datetime.now()
        for row in ready:
            row.write(
                {
                    "delivery_id": of_notice[row.notice_id].id,
                    "sent_on": now,
                    "retry_on": False,
                }
            )

    # Posters -------------------------------------------------------------------------

    def _send_poster(self):
        self.write({"state": "sent", "sent_on": fields.Datetime.now()})
