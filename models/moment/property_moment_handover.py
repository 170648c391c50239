from odoo import fields, models

from ..billing.payers import NOT_DELIVERED


class PropertyMoment(models.Model):
    """Handover of a unit: from now on it is the owner's (procedure, section 5)."""

    _inherit = "property.moment"

    def _usual_documents(self):
        """A batch says itself what its owners get."""
        if self.batch_id:
            return self.batch_id._document_names()
        return super()._usual_documents()

    def _complete_unit_handover(self):
        for community, moments in self.grouped("community_id").items():
            moments._hand_over(community._property_today())
        self._came()

    def _complete_certificate_handover(self):
        self._came()

    def _came(self):
        """Who got his keys was there, whether or not somebody noted it."""
        waiting = self.filtered(lambda row: row.batch_id and not row.arrived_on)
        waiting.sudo().write(  # sudo: attendance is set by methods only
            {
                "attendance": "arrived",
                "arrived_on": fields.Datetime.now(),
                "arrived_by": self.env.uid,
            }
        )
        self._cancel_calls()

    def _hand_over(self, day):
        """From ``day`` on the owner pays, not the developer, as the company's rule
        says, also where another day was planned; who is not on file as owner becomes
        it."""
        units = self.unit_id.with_context(property_effective_date=day)
        units.filtered(
            lambda unit: not unit.handover_date or unit.handover_date > day
        ).handover_date = day
        for partner, moments in self.grouped("partner_id").items():
            owned = moments.unit_id.with_env(units.env)
            owned.filtered(lambda unit: not unit.owner_id).owner_id = partner
        units.filtered(
            lambda unit: unit.occupancy_status in (False, *NOT_DELIVERED)
        ).occupancy_status = "delivered_vacant"
