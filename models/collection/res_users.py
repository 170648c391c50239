from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_property_head(self):
        """Whether the user answers for the work of others."""
        return self._has_property_role("group_cs_head", "group_manager")
