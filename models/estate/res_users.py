from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_property_role(self, *groups):
        """Whether the user has one of these groups of the module.

        :param groups: names such as ``group_cs``
        """
        self.ensure_one()
        return any(
            self.has_group(f"property_fee_collection.{group}") for group in groups
        )
