import logging
from collections import defaultdict

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, date_utils

from .reminder_rules import MOST_DAYS, campaigns_due

_logger = logging.getLogger(__name__)

DUE_DATES = """
    SELECT m.property_community_id, m.invoice_date_due
      FROM account_move m
      JOIN property_community c ON c.id = m.property_community_id AND c.active
     WHERE m.move_type IN ('out_invoice', 'out_receipt') AND m.state = 'posted'
       AND m.amount_residual > 0
       AND m.invoice_date_due BETWEEN %s AND %s
       AND m.property_prepayment_id IS NULL
  GROUP BY 1, 2
"""


class PropertyReminderCampaign(models.Model):
    """``cron_reminders``: opens what is due and what was missed, sends, closes. Run
    twice, or by two workers, there is one campaign and one reminder (invariant 7)."""

    _inherit = "property.reminder.campaign"

    @api.model
    def _cron_reminders(self):
        """Open, send and close campaigns (procedure, clause 5.3.1)."""
        crons, reminders = self.env["ir.cron"], self.env["property.reminder"]
        due = self._due_dates()
        for left, community in enumerate(reversed(due), 1):
            self._open_due(community, due[community])
            if not crons._commit_progress(1, remaining=len(due) - left + 1):
                return
        reminders._cancel_calls()
        crons._commit_progress(1, remaining=1)
        if not reminders._cron_send():
            return
        running = self.search([("state", "=", "running")])
        running._finish_sending()
        self._close_overdue()
        crons._commit_progress(1, remaining=0)

    @api.model
    def _due_dates(self):
        """{community: due dates of open bills near today}"""
        self.env["account.move"].flush_model()
        found = defaultdict(set)
        communities = self.env["property.community"]
        # Which day it is where the community is, is asked there.
        today = fields.Date.today()
        first = date_utils.subtract(today, days=1)
        last = date_utils.add(today, days=MOST_DAYS + 1)
        for community, due in self.env.execute_query(SQL(DUE_DATES, first, last)):
            found[communities.browse(community)].add(due)
        return found

    @api.model
    def _open_due(self, community, due_dates):
        """Open the campaigns of a community that are due today and not there yet.

        :return: the new ones
        """
        if not community.try_lock_for_update(allow_referencing=True):
            # Another worker is at it.
            return self.browse()
        known = {
            (row.date_due, row.days_before)
            for row in self.search([("community_id", "=", community.id)])
        }
        today, days = community._property_today(), community._reminder_days()
        opened = self.browse()
        # Reasons are stored: in the language of the company, whoever runs this.
        lang = community.company_id.partner_id.lang or self.env.lang
        model = self.with_context(lang=lang)
        for due, before in campaigns_due(due_dates, days, today):
            if (due, before) not in known:
                opened |= model._try_open(community, due, before)
        return opened

    @api.model
    def _try_open(self, community, due, before):
        try:
            with self.env.cr.savepoint():
                campaign = self._open_one(community, due, before)
                self.env.flush_all()
            return campaign
        except (IntegrityError, OperationalError):
            # Somebody opened it at this moment.
            self.env.invalidate_all()
        except Exception:
            # One community must not keep the others from their reminders.
            _logger.exception("Reminders of %s", community.name)
            self.env.invalidate_all()
        return self.browse()

    @api.model
    def _open_one(self, community, due, before):
        owed = self.env["property.notice.composer"]._reminder_owed(community, due)
        if not any(not found.reason for found in owed.values()):
            # All of it is disputed or covered: nobody is to be reminded of it.
            return self.browse()
        campaign = self.create(
            {"community_id": community.id, "date_due": due, "days_before": before}
        )
        if community.company_id.property_reminder_auto and campaign.planned_count:
            campaign._start_by_itself()
        else:
            campaign._ask_to_send()
        return campaign

    def _start_by_itself(self):
        author = self.community_id.cs_head_id or self.community_id.manager_id
        self._start()
        self.write(
            {"notice_user_id": author.id or self.env.uid, "notice_unreported": True}
        )
        self._draft_notices()
        self.env.ref("property_fee_collection.cron_issue_notices")._trigger()

    def _ask_to_send(self):
        """Tell the customer service head, once for each campaign."""
        community = self.community_id
        user = community.cs_head_id or community.cs_user_ids[:1] or community.manager_id
        if not user:
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Look at the reminders and send them"),
            date_deadline=max(self.date_planned, community._property_today()),
            user_id=user.id,
        )

    @api.model
    def _close_overdue(self):
        """What its due date has passed is over: from now on it is arrears."""
        for community, campaigns in (
            self.search([("state", "in", ("draft", "running"))])
            .grouped("community_id")
            .items()
        ):
            today = community._property_today()
            over = campaigns.filtered(lambda c, today=today: c.date_due < today)
            over.filtered(lambda c: c.state == "running")._close()
            over.filtered(lambda c: c.state == "draft").action_cancel()
