from odoo import fields, models
from odoo.exceptions import LockError, UserError

from .property_notice_issue import QUIET

DIRECT_REMINDERS = 100
# What a customer can only be reminded with once there is a notice for him.
WITH_NOTICE = ("sms", "email", "letter", "event")


class PropertyReminderCampaign(models.Model):
    """From preview to result: started, its notices issued, sent, closed."""

    _inherit = "property.reminder.campaign"

    def action_start(self):
        """Issue the notices and send the reminders (procedure, clause 5.3.1).

        What is owed, and by whom it may be asked for, is read again first. A few at
        once, many in the background; the author is told.

        :raises UserError: when it is no preview, after the due date, or when nobody is
            left to be reminded
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_may_notify()
        for campaign in self:
            campaign._check_startable()
        # sudo: state and reminders are written by methods only; checked above.
        for campaign in self.sudo():
            campaign._start()
        self.activity_ids.filtered("automated").action_done()
        result = self.action_issue_notices()
        few = self.env["property.billing.run"]._parameter(
            "direct_reminders", DIRECT_REMINDERS
        )
        if sum(self.mapped("planned_count")) <= few:
            self.sudo().reminder_ids._send_all()
            self.sudo()._finish_sending()
            return True
        self.env.ref("property_fee_collection.cron_reminders")._trigger()
        return result

    def action_cancel(self):
        """Call the campaign off: what is planned is not sent any more, calls leave the
        list. What was sent stays on record."""
        self._check_may_notify()
        # sudo: as above.
        for campaign in self.sudo().filtered(lambda c: c.state in ("draft", "running")):
            text = self.env._("campaign cancelled")
            campaign._drop_planned(text)
            campaign.notice_ids.filtered(lambda n: n.state == "draft")._cancel(text)
            campaign.write(
                {"state": "cancelled", "sending": False, "notice_unreported": False}
            )
            campaign.activity_ids.filtered("automated").unlink()
        return True

    def action_close(self):
        """End the campaign before its due date."""
        self._check_may_notify()
        # sudo: as above.
        self.sudo().filtered(lambda c: c.state == "running")._close()
        return True

    def _check_startable(self):
        if self.state != "draft":
            raise UserError(self.env._("%(name)s is sent already.", name=self.name))
        if self.date_due < self.community_id._property_today():
            raise UserError(
                self.env._("The due date is over: what is open now is overdue.")
            )

    def _start(self):
        """Fill it a last time; from now on it is what is sent."""
        self._lock()
        self.invalidate_recordset(["state"])
        self._check_startable()
        self._fill()
        planned = self.reminder_ids.filtered(lambda row: row.state == "planned")
        if not planned.partner_id and self._channels() != ["poster"]:
            raise UserError(
                self.env._("Nobody is left to be reminded; each shows the reason.")
            )
        costs = self.env["property.reminder.channel"]._of(self.company_id)
        for row in costs.filtered(lambda row: row.company_id == self.company_id):
            self.reminder_ids.filtered(
                lambda reminder, row=row: reminder.channel == row.channel
            ).cost_unit = row.cost
        self.write(
            {"state": "running", "started_on": fields.Datetime.now(), "sending": True}
        )
        self.env.flush_all()

    def _lock(self):
        """Another campaign of the same due date must not choose at the same moment.

        :raises UserError: when somebody else is at it
        """
        try:
            self.community_id.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is working on %(name)s.", name=self.name)
            ) from error

    def _check_signed_for_notices(self):
        """What reminders rest on are posted invoices: nothing is invoiced that was not
        signed."""
        for campaign in self:
            if campaign.state != "running":
                raise UserError(
                    self.env._(
                        "%(name)s is a preview: send it first.", name=campaign.name
                    )
                )

    def _draft_notices(self):
        """One draft for each customer who is to be written to and has none of this due
        date yet; the reminders learn theirs."""
        self.ensure_one()
        # Customer service writes no notice by hand.
        campaign = self.sudo()
        rows = campaign.reminder_ids.filtered(
            lambda row: (
                row.state == "planned"
                and row.channel in WITH_NOTICE
                and not row.notice_id
            )
        )
        notices = campaign.env["property.notice"].with_context(**QUIET)
        known = campaign._notices_of(rows.partner_id)
        first = {}
        for row in rows.sorted(lambda row: (row.sort_key or "", row.id)):
            if row.partner_id.id not in known:
                first.setdefault(row.partner_id, row)
        new = notices.create(
            [
                {
                    "kind": "reminder",
                    "campaign_id": campaign.id,
                    "reminder_due": campaign.date_due,
                    "partner_id": partner.id,
                    "community_id": campaign.community_id.id,
                    "currency_id": row.currency_id.id,
                    "unit_id": row.unit_id.id,
                    "sort_key": row.sort_key,
                }
                for partner, row in first.items()
            ]
        )
        known |= {notice.partner_id.id: notice for notice in new}
        for notice, of_notice in rows.grouped(
            lambda row: known[row.partner_id.id]
        ).items():
            of_notice.notice_id = notice
        return super()._draft_notices()

    def _notices_of(self, partners):
        """{customer id: his notice of this due date, whichever campaign made it}"""
        notices = self.env["property.notice"].search(
            [
                ("kind", "=", "reminder"),
                ("community_id", "=", self.community_id.id),
                ("reminder_due", "=", self.date_due),
                ("state", "!=", "cancelled"),
                ("partner_id", "in", partners.ids),
            ]
        )
        return {notice.partner_id.id: notice for notice in notices}

    def _finish_notices(self):
        """On with sending: what the author waits to hear is what became of it."""
        # Another worker that holds a campaign goes on with it.
        campaigns = self.sudo().try_lock_for_update(allow_referencing=True)
        campaigns.invalidate_recordset()
        for campaign in campaigns.filtered("notice_unreported"):
            if not campaign.notice_waiting_count:
                campaign.notice_unreported = False
                self.env.ref("property_fee_collection.cron_reminders")._trigger()

    def _finish_sending(self):
        """Tell the author, once, when nothing is left to send now."""
        for campaign in self.filtered("sending"):
            waiting = campaign.notice_waiting_count
            if waiting or campaign.reminder_ids._to_send_now():
                continue
            campaign.sending = False
            text = campaign._sending_report()
            if campaign.notice_user_id:
                campaign.message_notify(
                    partner_ids=campaign.notice_user_id.partner_id.ids,
                    subject=campaign.display_name,
                    body=text,
                )
            campaign.message_post(body=text)

    def _sending_report(self):
        self.invalidate_recordset()
        text = self.env._(
            "%(sent)s reminders are on their way, %(waiting)s wait, %(skipped)s "
            "customers are not reminded; each shows the reason.",
            sent=len(self.reminder_ids.filtered(lambda r: r.delivery_id or r.call_id)),
            waiting=len(
                self.reminder_ids.filtered(
                    lambda row: (
                        row.state == "planned"
                        and not row.delivery_id
                        and not row.call_id
                        and row.channel != "poster"
                    )
                )
            ),
            skipped=self.skipped_count,
        )
        if self.notice_error_count:
            text += " " + self.env._(
                "%(count)s notices could not be issued; each shows its reason.",
                count=self.notice_error_count,
            )
        return text

    def _close(self):
        for campaign in self:
            campaign._drop_planned(campaign.env._("the campaign is over"))
            campaign.write({"state": "done", "sending": False})

    def _drop_planned(self, reason):
        """Nothing that is still planned is sent; calls leave the list. What waits in a
        queue of Odoo's is asked about when it is sent."""
        rows = self.reminder_ids.filtered(
            lambda row: row.state == "planned" and not row.delivery_id
        )
        rows._leave_calls(reason)

    # Where the counts lead ------------------------------------------------------------

    def action_open_planned(self):
        """Open what is still to be sent."""
        return self._open_reminders("planned")

    def action_open_sent(self):
        """Open what was sent, with what became of it."""
        return self._open_reminders("reminded")

    def action_open_skipped(self):
        """Open who is not reminded, and why."""
        return self._open_reminders("skipped")

    def _open_reminders(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_reminder"
        )
        action["domain"] = [("campaign_id", "in", self.ids)]
        action["context"] = {f"search_default_{name}": 1}
        return action

    def action_open_calls(self):
        """Open the calls of the campaign."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_call"
        )
        action["domain"] = [("reminder_ids.campaign_id", "in", self.ids)]
        action["context"] = {}
        return action
