from odoo import api, fields, models
from odoo.exceptions import UserError

from .property_moment_slot import GUARDED

# What has something to follow when it takes place.
COMPLETED = ("unit_handover", "certificate_handover", "lease", "transfer")


class PropertyMoment(models.Model):
    """That what the owner came for took place, and what follows from it. It does
    whatever is due: nothing is held back (procedure, section 4)."""

    _inherit = "property.moment"
    _guarded_fields = GUARDED | {"completed_on", "completed_by", "is_to_settle"}

    completed_on = fields.Date(
        "Took Place on", readonly=True, copy=False, tracking=True
    )
    completed_by = fields.Many2one("res.users", readonly=True, copy=False)

    def action_complete(self):
        """It takes place today: the unit is handed over, sold or let. Again changes
        nothing. Where nothing is due, the outcome says so.

        :raises UserError: where something that must be known is not filled in, or the
            moment is cancelled
        """
        self.check_access("write")
        self._check_not_cancelled()
        self.lock_for_update()
        moments = self.filtered(
            lambda row: row.kind in COMPLETED and not row.completed_on
        )
        for kind, of_kind in moments.grouped("kind").items():
            getattr(of_kind, f"_complete_{kind}")()
        moments._note_completed()
        moments._settle_clear()
        return True

    def _note_completed(self):
        for community, moments in self.grouped("community_id").items():
            # sudo: when it took place is set by the button only
            moments.sudo().write(
                {
                    "completed_on": community._property_today(),
                    "completed_by": self.env.uid,
                }
            )

    def _settle_clear(self):
        """Who owes nothing has nothing to settle."""
        waiting = self.filtered(lambda row: row.state == "open")
        found = waiting._sums()
        waiting.filtered(
            lambda row: (
                row in found
                and row.currency_id.compare_amounts(found[row][0].due, 0) <= 0
            )
        )._settle("clear")

    @api.private
    def _cancel(self, reason):
        if any(moment.completed_on for moment in self):
            raise UserError(self.env._("It has taken place and stays on record."))
        return super()._cancel(reason)
