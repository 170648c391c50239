from odoo import models

HEADS = (
    "property_fee_collection.group_cs_head",
    "property_fee_collection.group_manager",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_property_head(self):
        """Whether the user answers for the work of others."""
        self.ensure_one()
        return any(self.has_group(group) for group in HEADS)
