from odoo import models
from odoo.tools import format_date

from ..notice.delivery_outcome import STATE_AFTER

# How many earlier notices are cited, the latest.
CITED = 6
RANK = {outcome: rank for rank, (outcome, _state) in enumerate(STATE_AFTER)}


class PropertyNoticeComposer(models.AbstractModel):
    """Earlier notices in words, and why a notice is not issued."""

    _inherit = "property.notice.composer"

    def _earlier_note(self, notice, moves, facts):
        """Earlier notices about any of the same invoices, one a line: kind, number,
        date, and how it was delivered."""
        earlier = facts["earlier"].get(notice.case_id)
        if not earlier:
            return ""
        asked = set(moves.ids)
        cited = [
            self._cited(other.with_context(lang=self.env.lang))
            for other in earlier
            if other != notice and not asked.isdisjoint(other.move_ids.ids)
        ]
        return "\n".join(cited[-CITED:])

    def _cited(self, notice):
        return self.env._(
            "%(kind)s %(number)s of %(date)s: %(delivery)s",
            kind=notice._kind_label(notice.kind),
            number=notice.name,
            date=format_date(self.env, notice.date_issued),
            delivery=self._delivered(notice) or self.env._("no delivery on record"),
        )

    def _delivered(self, notice):
        """The best of a notice's deliveries in words, or an empty text."""
        rows = notice.delivery_ids.filtered(
            lambda row: not row.void_reason and row.outcome in RANK
        )
        if not rows:
            return ""
        best = min(rows, key=lambda row: (RANK[row.outcome], row.date))
        words = [
            self._label(best, "channel"),
            self._label(best, "outcome"),
            best.recipient if best.outcome in ("acknowledged", "delivered") else "",
            best.tracking_ref,
            format_date(self.env, best._local().date()),
        ]
        return ", ".join(filter(None, words))

    def _label(self, record, name):
        selection = record._fields[name]._description_selection(self.env)
        return dict(selection).get(record[name], "")

    def _refusals_demand(self, notices):
        return self._refusals_of_cases(notices)

    def _refusals_final(self, notices):
        return self._refusals_of_cases(notices)

    def _refusals_lawyer(self, notices):
        return self._refusals_of_cases(notices)

    def _refusals_of_cases(self, notices):
        """ "Paid?" and "agreed upon?" asked again: cases look at the ledger first."""
        cases = notices.case_id
        cases._touch()
        reasons = {}
        for notice in notices:
            reason = notice._why_not_now()
            if reason:
                reasons[notice.id] = reason
        return reasons
