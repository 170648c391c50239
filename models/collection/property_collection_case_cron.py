import logging

from odoo import api, fields, models

from .property_collection_case_facts import COMPUTED
from .property_collection_case_open import BATCH, QUIET

_logger = logging.getLogger(__name__)


class PropertyCollectionCase(models.Model):
    """The calendar moves on without anybody's doing: once a day every case looks at the
    ledger, and agreements at what became of them."""

    _inherit = "property.collection.case"

    @api.model
    def _cron_cases(self):
        """Open, refresh and close the cases of all communities.

        A community is a transaction that locks it: several workers share them, a killed
        worker loses one community only, a second call comes to the same result. The
        longest not looked at comes first, so that a run that was cut short is taken up
        where it ended.
        """
        start = fields.Datetime.now()
        # pylint: disable-next=no-search-all
        communities = self.env["property.community"].search(
            [], order="cases_refreshed_on NULLS FIRST, id"
        )
        for done, community in enumerate(communities, 1):
            if community.try_lock_for_update() and not community._refreshed_since(
                start
            ):
                self._try_refresh(community)
                community.cases_refreshed_on = fields.Datetime.now()
            left = len(communities) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    @api.model
    def _try_refresh(self, community):
        """``_refresh_community``; what goes wrong in one community is told to its
        manager and does not stop the others."""
        try:
            with self.env.cr.savepoint():
                self._refresh_community(community)
                self.env.flush_all()
        except Exception as error:
            _logger.exception("Cases of %s", community.name)
            self.env.invalidate_all()
            community.message_post(
                partner_ids=community.manager_id.partner_id.ids,
                subject=self.env._("Cases of %(name)s", name=community.name),
                body=self.env._(
                    "The cases could not be brought up to date: %(error)s", error=error
                ),
            )

    @api.model
    def _refresh_community(self, community):
        """Bring the cases of a community up to today's date there."""
        day = community._property_today()
        ledger = self.env["property.collection.ledger"].sudo()
        standings, units = ledger._standings(community, day)
        cases = self.sudo()._due_for_refresh(community, standings)
        for start in range(0, len(cases), BATCH):
            batch = cases[start : start + BATCH].with_context(**QUIET)
            batch._touch()
            batch.flush_recordset(COMPUTED)
            batch._follow_up(day)
        self._open_owing(community, standings, units)

    @api.model
    def _due_for_refresh(self, community, standings):
        """Cases that are not closed, and closed ones whose customer owes again."""
        owing = [partner for partner, found in standings.items() if found.anchor]
        return self.search(
            [
                ("community_id", "=", community.id),
                "|",
                ("state", "!=", "closed"),
                ("partner_id", "in", owing),
            ],
            order="id",
        )

    def _follow_up(self, day):
        """What became of agreements about these cases by the start of ``day``; each
        kind of agreement adds its own."""
