from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils, format_date

from .property_reminder_campaign_fill import MESSAGES
from .reminder_rules import reach_of


class PropertyReminder(models.Model):
    """Reminders by phone. A customer is rung up once about all that he is to pay in a
    community: reminders of several due dates share a call, which names their sum."""

    _inherit = "property.reminder"

    def _send_phone(self):
        """Onto the call list: those alone whom the cheaper channels did not reach."""
        now = fields.Datetime.now()
        messages = self._messages_so_far()
        ready = self.browse()
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
        calls = self.env["property.call"]
        calls._open([row._call_vals() for row in ready])
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
        ready.call_id._name_reminders()

    def _call_vals(self):
        return {
            "kind": "reminder",
            "partner_id": self.partner_id.id,
            "community_id": self.community_id.id,
            "unit_id": self.unit_id.id,
            "amount": self.amount,
            "subject": self._call_subject(),
        }

    def _call_subject(self):
        """What a call about these says, in one line."""
        days = sorted(set(self.mapped("date_due")))
        text = ", ".join(format_date(self.env, day) for day in days)
        return self.env._("Friendly reminder: to be paid by %(day)s", day=text)

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
    def _waiting_for_call(self):
        return Domain("state", "=", "planned") & Domain("call_id.state", "=", "open")

    @api.model
    def _refresh_calls(self):
        """Calls to those who have paid meanwhile leave the list, the others name what
        is still to be paid."""
        rows = self.search(self._waiting_for_call())
        campaigns = self.env["property.reminder.campaign"]
        for community, of_one in rows.grouped("community_id").items():
            campaigns._apart(community, of_one._refresh_calls_here)

    def _refresh_calls_here(self):
        """The same for reminders of one community."""
        # What the failure of another community undid is not what stands here.
        rows = self.exists().filtered_domain(self._waiting_for_call())
        lang = rows.company_id._property_lang()
        rows = rows.with_context(lang=lang)
        calls, dropped = rows.call_id, {}
        for row, (owed, reason) in rows._asked_again().items():
            if reason:
                dropped.setdefault(reason, self.browse())
                dropped[reason] |= row
            else:
                row._name_amount(owed)
        for reason, of_reason in dropped.items():
            of_reason._leave_calls(reason)
        calls._name_reminders()

    def _asked_again(self):
        """{reminder: (what is owed or None, why not, or an empty text)} as of now, read
        for many customers at once"""
        composer = self.env["property.notice.composer"].sudo()
        asked = {}
        for (community, due), rows in self.grouped(
            lambda row: (row.community_id, row.date_due)
        ).items():
            owed = composer._reminder_owed(community, due, rows.partner_id)
            refused = composer._reminder_reasons(community, due, rows.partner_id)
            for row in rows:
                found = owed.get(row.partner_id.id)
                asked[row] = found, row._why_not_now(found, refused)
        return asked

    def _leave_calls(self, reason):
        """These are not called for any more. A call that another reminder still needs
        stays on the list, without them."""
        calls = self.call_id.filtered(lambda call: call.state == "open")
        needed = calls.filtered(
            lambda call: (call.reminder_ids - self).filtered(
                lambda row: row.state == "planned"
            )
        )
        (calls - needed).action_cancel()
        self.filtered(lambda row: row.call_id in needed).write({"call_id": False})
        self._skip(reason)
        needed._name_reminders()
