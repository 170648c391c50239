from datetime import timedelta

from odoo import api, models
from odoo.tools.misc import format_amount, format_date


class PropertyCashHandover(models.Model):
    """Who holds too much cash, or too long, is reported."""

    _inherit = "property.cash.handover"

    @api.model
    def _cron_cash_handover(self):
        """Tell Finance of each community about collectors over the limit or late; once
        for each collector as long as it lasts."""
        # pylint: disable-next=no-search-all
        for community in self.env["property.community"].search([]):
            if community.try_lock_for_update():
                self._report_held(community)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _report_held(self, community):
        company, today = community.company_id, community._property_today()
        receipts = self.env["property.receipt"].search(
            [
                ("community_id", "=", community.id),
                ("is_cash", "=", True),
                ("state", "=", "issued"),
                "|",
                ("handover_id", "=", False),
                ("handover_id.state", "=", "draft"),
            ]
        )
        for user, own in receipts.grouped("user_id").items():
            held, oldest = sum(own.mapped("amount")), min(own.mapped("date"))
            limit = company.property_cash_limit
            late = oldest + timedelta(days=company.property_cash_days) < today
            if late or (limit and held > limit):
                self._report(community, user, held, oldest)

    @api.model
    def _report(self, community, user, held, oldest):
        finance = community.finance_user_id or community.manager_id
        summary = self.env._(
            "%(user)s holds %(amount)s in cash since %(day)s",
            user=user.name,
            amount=format_amount(self.env, held, community.currency_id),
            day=format_date(self.env, oldest),
        )
        known = community.activity_ids.filtered(
            lambda activity: (
                activity.automated and user.name in (activity.summary or "")
            )
        )
        if finance and not known:
            community.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, user_id=finance.id
            )
