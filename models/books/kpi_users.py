from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    property_kpi_monthly = fields.Boolean(
        "Key Figures by E-mail",
        help="Once a month, from the fifth day on, the KPI workbook of last month for "
        "the communities of this user.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["property_kpi_monthly"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["property_kpi_monthly"]

    def _is_kpi_reader(self):
        """Whether the workbook may go to this user."""
        return self.active and self._has_property_role("group_manager")
