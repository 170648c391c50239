import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import api, models
from odoo.tools import SQL, date_utils

_logger = logging.getLogger(__name__)


class PropertyArrearsStatement(models.Model):
    """Last month's statement opens by itself (procedure, clause 4.2.1)."""

    _inherit = "property.arrears.statement"

    @api.model
    def _cron_statements(self):
        """Open and compute last month's statement of every community that has property
        receivables, by the date in the community; months that were missed since its
        last statement are opened first, in order.

        Each statement is a transaction that locks its community: several workers share
        the communities, a killed worker loses one statement, a second call finds
        nothing to do.
        """
        crons = self.env["ir.cron"]
        communities = self._communities_with_receivables()
        crons._commit_progress(remaining=len(communities))
        for left, community in enumerate(reversed(communities)):
            remaining = len(communities) - left - 1
            while self._open_next(community):
                if not crons._commit_progress(0, remaining=remaining + 1):
                    return
            if not crons._commit_progress(1, remaining=remaining):
                return

    @api.model
    def _communities_with_receivables(self):
        """Communities in use, and left ones as long as something is open."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id
                  FROM property_community c
                 WHERE EXISTS (
                        SELECT FROM account_move m
                          JOIN account_move_line l ON l.move_id = m.id
                          JOIN account_account a ON a.id = l.account_id
                         WHERE m.property_community_id = c.id AND m.state = 'posted'
                           AND a.account_type = 'asset_receivable'
                           AND (c.active OR l.reconciled IS NOT TRUE))
              ORDER BY c.id DESC
                """
            )
        )
        return self.env["property.community"].browse(row[0] for row in rows)

    @api.model
    def _open_next(self, community):
        """Open the next statement that is missing.

        :return: it, or nothing when none is missing or another worker is at it
        """
        if not community.try_lock_for_update(allow_referencing=True):
            return self.browse()
        period = self._next_missing(community)
        if not period:
            return self.browse()
        try:
            with self.env.cr.savepoint():
                statement = self.create(
                    {"community_id": community.id, "period": period}
                )
                statement.flush_recordset()
                statement._compute_lines()
                statement._ask_to_sign()
                self.env.flush_all()
            return statement
        except (IntegrityError, OperationalError):
            # Somebody opened it, or a case, at this moment: look again soon.
            self.env.invalidate_all()
            self.env.ref("property_fee_collection.cron_statements")._trigger()
        except Exception:
            # One community must not keep the others from their statements.
            _logger.exception("Arrears statement of %s", community.name)
            self.env.invalidate_all()
        return self.browse()

    @api.model
    def _next_missing(self, community):
        """First day of the month after the last statement; of last month where there
        is none yet; None when last month's is there."""
        today = community._property_today()
        last_month = date_utils.subtract(today.replace(day=1), months=1)
        latest = self.search(
            [("community_id", "=", community.id), ("period", "<=", last_month)],
            order="period desc",
            limit=1,
        )
        if not latest:
            return last_month
        following = date_utils.add(latest.period, months=1)
        return following if following <= last_month else None

    def _ask_to_sign(self):
        """Tell the customer service head, once for each statement."""
        for statement in self:
            head = statement.community_id.cs_head_id or (
                statement.community_id.manager_id
            )
            if not head:
                continue
            statement.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Review and sign the arrears statement"),
                date_deadline=statement.community_id._property_today(),
                user_id=head.id,
            )
