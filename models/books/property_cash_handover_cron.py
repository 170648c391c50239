from datetime import timedelta

from odoo import api, models
from odoo.tools.misc import format_amount, format_date


class PropertyCashHandover(models.Model):
    """Who holds too much cash, or too long, is reported."""

    _inherit = "property.cash.handover"

    @api.model
    def _cron_cash_handover(self):
        """Tell Finance of each community about collectors over the limit or late; once
        for each of them until the cash is handed over. Run again, it tells nothing
        twice."""
        # pylint: disable-next=no-search-all
        communities = self.env["property.community"].search([])
        left = len(communities)
        for community in communities:
            left -= 1
            # Whoever has it locked reports it, or the next run does.
            if community.try_lock_for_update():
                self._report_held(community)
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    @api.model
    def _report_held(self, community):
        """Report the collectors of a community."""
        here = [("community_id", "=", community.id)]
        held = self.env["property.receipt"].search([*self._held_domain(), *here])
        collectors = held.user_id
        totals = self._held_in_all(community.company_id, collectors)
        for user in collectors:
            for draft in self._drafts_of(user, here).filtered(
                lambda row: not row.is_reported
            ):
                if draft._is_late() or draft._is_over(totals[user]):
                    draft._report()

    @api.model
    def _held_in_all(self, company, users):
        """{collector: what he holds in all communities, in company currency}"""
        totals = dict.fromkeys(users, 0.0)
        for receipt in self._held(users, [("company_id", "=", company.id)]):
            totals[receipt.user_id] += receipt.currency_id._convert(
                receipt.amount, company.currency_id, company, receipt.date
            )
        return totals

    def _is_late(self):
        """More days than allowed have passed since the oldest receipt."""
        oldest = min(self.receipt_ids.mapped("date"))
        days = timedelta(days=self.company_id.property_cash_days)
        return oldest + days < self.community_id._property_today()

    def _is_over(self, held):
        limit = self.company_id.property_cash_limit
        return bool(limit) and held > limit

    def _report(self):
        """A task for Finance; for the manager where Finance is the collector."""
        community = self.community_id
        people = community.finance_user_id | community.manager_id
        told = (people - self.user_id)[:1]
        if not told:
            return
        # sudo: no client writes it.
        self.sudo().is_reported = True
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._(
                "%(user)s holds %(amount)s in cash since %(day)s",
                user=self.user_id.name,
                amount=format_amount(self.env, self.amount_total, self.currency_id),
                day=format_date(self.env, min(self.receipt_ids.mapped("date"))),
            ),
            user_id=told.id,
        )
