from collections import defaultdict
from hashlib import sha256

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, date_utils, split_every

from .figure_changes import CHANGES, FIRST

# How far back figures are worked out, and how many months in one go.
HORIZON, PIECE = 36, 6
# How many months whoever presses the button waits for; the rest comes later.
AT_ONCE = 12


class PropertyFigure(models.Model):
    """Which months are to be worked out anew, and doing it."""

    _inherit = "property.figure"

    @api.model
    def _cron_figures(self):
        """Renew the months in which something changed, and all after them. Run twice or
        by two workers, or killed, it comes to the same: a month and what it was worked
        out from are written together."""
        # pylint: disable-next=no-search-all
        communities = self.env["property.community"].search([])
        stale = self._stale(communities)
        left = sum(map(len, stale.values()))
        for community, marks in stale.items():
            for months in split_every(PIECE, marks):
                self._renew_stale(community, {month: marks[month] for month in months})
                left -= len(months)
                if not self.env["ir.cron"]._commit_progress(
                    len(months), remaining=left
                ):
                    return

    @api.model
    def _renew_stale(self, community, marks):
        prints = {(community.id, month): mark for month, mark in marks.items()}
        return self._refresh(community, list(marks), prints)

    @api.model
    def _stale(self, communities):
        """{community: {month: fingerprint}}, the newest month first"""
        # sudo: kept by the system alone.
        rows = self.env["property.figure.month"].sudo()
        rows = rows.search([("community_id", "in", communities.ids)])
        known = {(row.community_id.id, row.period): row for row in rows}
        frozen = self._frozen(rows.filtered("computed_on"))
        firsts, prints = self._firsts(communities), self._fingerprints(communities)
        stale = {}
        for community in communities:
            today = community._property_today()
            running = date_utils.start_of(today, "month")
            first = firsts.get(community.id, running)
            first = max(first, running - relativedelta(months=HORIZON - 1))
            marks, mark = {}, ""
            facts = prints[community.id]
            before = sorted(month for month in facts if month < first)
            for month in before:
                mark = self._add(mark, facts[month])
            month = first
            while month <= running:
                mark = self._add(mark, facts.get(month, ""))
                last = min(today, date_utils.end_of(month, "month"))
                row = known.get((community.id, month))
                if not row or (
                    row not in frozen and (row.as_of != last or row.fingerprint != mark)
                ):
                    marks[month] = mark
                month += relativedelta(months=1)
            if marks:
                stale[community] = dict(sorted(marks.items(), reverse=True))
        return stale

    @api.model
    def _add(self, mark, facts):
        return sha256(f"{mark}|{facts}".encode()).hexdigest()

    @api.model
    def _firsts(self, communities):
        self.env.flush_all()
        rows = self.env.execute_query(SQL(FIRST, communities=communities.ids))
        return dict(rows)

    @api.model
    def _fingerprints(self, communities):
        """{community id: {month: what happened in it}}"""
        self.env.flush_all()
        found = defaultdict(dict)
        for today, places in communities.grouped(
            lambda place: place._property_today()
        ).items():
            rows = self.env.execute_query(
                SQL(CHANGES, communities=places.ids, today=today)
            )
            for community, month, facts in rows:
                found[community][month] = facts
        return found

    @api.model
    def action_refresh(self):
        """Renew what changed in the communities of the user, or start it when that
        takes long. The running month stands as of now.

        :raises AccessError: for whoever may not see figures
        """
        self.check_access("read")
        # pylint: disable-next=no-search-all
        communities = self.env["property.community"].search([])
        left = AT_ONCE
        stale = self._stale(communities)
        for community, marks in stale.items():
            now = dict(list(marks.items())[: max(left, 0)])
            # sudo: rows are written by the system alone.
            self.sudo()._renew_stale(community, now)
            left -= len(marks)
        if left < 0:
            self.env.ref("property_fee_collection.cron_figures").sudo()._trigger()
            message = self.env._("The rest is being worked out and comes soon.")
        else:
            message = self.env._("The figures stand as of now.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
