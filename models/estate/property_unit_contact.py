from odoo import models


class PropertyUnit(models.Model):
    """From a unit to the contact data of its owner (procedure, clause 5.2)."""

    _inherit = "property.unit"

    def action_verify_owner(self):
        """Open the form in which the owner's data is confirmed or corrected."""
        self.ensure_one()
        return self.owner_id._property_action_verify(self.community_id)
