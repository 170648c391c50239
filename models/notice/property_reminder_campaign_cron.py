import logging
from collections import defaultdict

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, date_utils, plaintext2html

from .reminder_rules import MOST_DAYS, campaigns_due

_logger = logging.getLogger(__name__)

DUE_DATES = """
    SELECT m.property_community_id, m.invoice_date_due
      FROM account_move m
      JOIN property_community c ON c.id = m.property_community_id AND c.active
     WHERE m.move_type IN ('out_invoice', 'out_receipt') AND m.state = 'posted'
       AND m.amount_residual > 0
       AND m.invoice_date_due BETWEEN %s AND %s
       AND NOT EXISTS (SELECT FROM property_prepayment p
                        WHERE p.move_id = m.id AND p.state = 'running')
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
            self._apart(community, self._open_due, community, due[community])
            if not crons._commit_progress(1, remaining=len(due) - left + 1):
                return
        reminders._refresh_calls()
        crons._commit_progress(1, remaining=1)
        if not reminders._cron_send():
            return
        for campaign in self.search([("state", "=", "running")]):
            campaign._apart(campaign.community_id, campaign._finish_sending)
        self._close_overdue()
        crons._commit_progress(1, remaining=0)

    @api.model
    def _due_dates(self):
        """{community: due dates of open bills near today}"""
        self.env["account.move"].flush_model()
        self.env["property.prepayment"].flush_model(["move_id", "state"])
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
        lang = community.company_id._property_lang()
        model = self.with_context(lang=lang)
        for due, before in campaigns_due(due_dates, days, today):
            if (due, before) not in known:
                about = (community, due, before)
                made = model._apart(community, model._open_one, *about)
                opened |= made or self.browse()
        return opened

    def _apart(self, community, work, *args):
        """Do a piece of work in a savepoint: a failure is undone, logged and told, and
        does not keep other communities and campaigns from theirs.

        :param work: a bound method
        :return: what it returned; None when it failed
        """
        try:
            with self.env.cr.savepoint():
                result = work(*args)
                self.env.flush_all()
            return result
        except (IntegrityError, OperationalError) as error:
            # Another worker did the same at this moment.
            self.env.invalidate_all()
            _logger.info("Reminders of community %s: %s", community.id, error)
        except Exception as error:  # noqa: BLE001
            self.env.invalidate_all()
            _logger.warning("Reminders of %s failed", community.name, exc_info=True)
            self._tell_failure(community, error)
        return None

    def _tell_failure(self, community, error):
        """A task for the head of customer service, one at a time."""
        record = self[:1] or community
        user = community.cs_head_id or community.manager_id
        summary = self.env._("Reminders failed")
        open_ones = record.activity_ids.filtered("automated")
        if not user or summary in open_ones.mapped("summary"):
            return
        record.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=plaintext2html(str(error)),
            date_deadline=community._property_today(),
            user_id=user.id,
        )

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
            for campaign in campaigns.filtered(lambda c, d=today: c.date_due < d):
                over = campaign.state == "running"
                end = campaign._close if over else campaign.action_cancel
                campaign._apart(community, end)
