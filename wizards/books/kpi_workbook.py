from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import date_utils


class PropertyKpiWorkbook(models.TransientModel):
    """Which month, and which communities, the KPI workbook is about."""

    _name = "property.kpi.workbook"
    _description = "KPI Workbook"
    _inherit = ["property.community.bound"]

    period = fields.Date(
        "Month", required=True, default=lambda self: self._default_period()
    )
    community_ids = fields.Many2many(
        "property.community",
        string="Communities",
        default=lambda self: [
            Command.set(self.env["property.community"].search([]).ids)
        ],
    )

    @api.model
    def _default_period(self):
        today = fields.Date.context_today(self)
        return date_utils.subtract(today.replace(day=1), months=1)

    def action_download(self):
        """Download the workbook.

        :raises UserError: without a community
        """
        self.ensure_one()
        if not self.community_ids:
            raise UserError(self.env._("Choose at least one community."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/property_fee_collection/kpi/{self.id}.xlsx",
            "target": "download",
        }

    def _file_name(self):
        return self.env._("Key Figures %(month)s", month=self.period.strftime("%Y-%m"))

    def _write_workbook(self, stream):
        self.env["property.figure"]._write_kpis(
            stream, self.community_ids, self.period.replace(day=1)
        )
