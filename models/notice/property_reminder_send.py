import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils, format_date

from .property_reminder_campaign_fill import MESSAGES
from .reminder_rules import reach_of

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
            lang = campaign.company_id.partner_id.lang or self.env.lang
            rows = rows.with_user(author).sudo().with_context(lang=lang)
            rows._ask_again()
            due = rows.filtered(lambda row: row.state == "planned")
            if due:
                getattr(due, f"_send_{channel}")()

    def _ask_again(self):
        """Who has paid meanwhile, or must not be reminded any more, is not."""
        for (community, due), rows in (
            self.filtered("partner_id")
            .grouped(lambda row: (row.community_id, row.date_due))
            .items()
        ):
            composer = self.env["property.notice.composer"].sudo()
            partners = rows.partner_id
            owed = composer._reminder_owed(community, due, partners)
            refused = composer._reminder_reasons(community, due, partners)
            for row in rows:
                reason = row._why_not_now(owed.get(row.partner_id.id), refused)
                if reason:
                    row._skip(reason)

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
        getattr(ready.notice_id, f"_queue_{channel}")()
        deliveries = self.env["property.delivery"].search(
            [("notice_id", "in", ready.notice_id.ids), ("channel", "=", channel)],
            order="id",
        )
        last = {row.notice_id: row for row in deliveries}
        now = fields.Datetime.now()
        for row in ready:
            row.write(
                {
                    "delivery_id": last[row.notice_id].id,
                    "sent_on": now,
                    "retry_on": False,
                }
            )

    # Posters -------------------------------------------------------------------------

    def _send_poster(self):
        self.write({"state": "sent", "sent_on": fields.Datetime.now()})

    # Calls ---------------------------------------------------------------------------

    def _send_phone(self):
        """Onto the call list: those alone whom the cheaper channels did not reach."""
        now = fields.Datetime.now()
        messages = self._messages_so_far()
        vals_list, ready = [], self.browse()
        for row in self:
            reach = reach_of(messages.get(row.partner_id.id, []), now)
            if reach == "reached":
                row._skip(self.env._("reached by a cheaper channel"))
            elif reach == "waiting":
                tomorrow = date_utils.add(now, days=1)
                text = self.env._("waits for what a cheaper channel comes to")
                row.write({"retry_on": tomorrow, "reason": text})
            else:
                ready += row
                vals_list.append(row._call_vals())
        calls = self.env["property.call"]
        calls._open(vals_list)
        # One that stood there already is the one.
        known = calls.search(
            [
                ("kind", "=", "reminder"),
                ("state", "=", "open"),
                ("partner_id", "in", ready.partner_id.ids),
                ("community_id", "in", ready.community_id.ids),
            ]
        )
        by_customer = {(call.partner_id, call.community_id): call for call in known}
        for row in ready:
            call = by_customer.get((row.partner_id, row.community_id))
            if call:
                row.write({"call_id": call.id, "sent_on": now, "retry_on": False})

    def _call_vals(self):
        return {
            "kind": "reminder",
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "unit_id": self.unit_id.id,
            "amount": self.amount,
            "subject": self.env._(
                "Friendly reminder: to be paid by %(day)s",
                day=format_date(self.env, self.date_due),
            ),
        }

    def _messages_so_far(self):
        """{customer id: [(state, when sent)]} of SMS and e-mails about this due date"""
        found = {}
        for row in self.search(
            [
                ("community_id", "in", self.community_id.ids),
                ("date_due", "in", list(set(self.mapped("date_due")))),
                ("partner_id", "in", self.partner_id.ids),
                ("channel", "in", MESSAGES),
                ("state", "!=", "skipped"),
            ]
        ):
            found.setdefault(row.partner_id.id, []).append((row.state, row.sent_on))
        return found

    @api.model
    def _cancel_calls(self):
        """Calls to those who have paid meanwhile leave the list."""
        rows = self.search([("state", "=", "planned"), ("call_id.state", "=", "open")])
        for (community, due), of_one in rows.grouped(
            lambda row: (row.community_id, row.date_due)
        ).items():
            composer = self.env["property.notice.composer"].sudo()
            owed = composer._reminder_owed(community, due, of_one.partner_id)
            refused = composer._reminder_reasons(community, due, of_one.partner_id)
            for row in of_one:
                reason = row._why_not_now(owed.get(row.partner_id.id), refused)
                if reason:
                    row.call_id.action_cancel()
                    row._skip(reason)
