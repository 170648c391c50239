import base64
import io

import xlsxwriter

from odoo import fields, models


class PropertyMeterImport(models.Model):
    """The sheet to fill in, with the community's meters and their last counts."""

    _inherit = "property.meter.import"

    template = fields.Binary(compute="_compute_template", exportable=False)
    template_name = fields.Char(compute="_compute_template_name")

    def _compute_template_name(self):
        for record in self:
            name = self.env._("Meter readings %(code)s", code=record.community_id.code)
            record.template_name = f"{name} {record.date or ''}".strip() + ".xlsx"

    def _compute_template(self):
        for record in self:
            record.template = base64.b64encode(record._template_content())

    def action_template(self):
        """Download a workbook that lists the community's meters, ready to fill in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template"
            "?download=true&filename_field=template_name",
            "target": "download",
        }

    def _template_headers(self):
        """(header, width of the column); the importer knows them in every language."""
        env = self.env
        return [
            (env._("Building"), 14),
            (env._("Room"), 12),
            (env._("Meter No."), 18),
            (env._("Fee Item"), 16),
            (env._("Last Read on"), 14),
            (env._("Last Count"), 14),
            (env._("Reading Date"), 14),
            (env._("Reading"), 14),
            (env._("Estimated"), 12),
        ]

    def _template_content(self):
        """:return: the bytes of the workbook"""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for column, (header, width) in enumerate(self._template_headers()):
            sheet.write(0, column, header, bold)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 2)
        for number, meter in enumerate(self._template_meters(), start=1):
            unit = meter.unit_id
            sheet.write_string(number, 0, unit.building_id.name or "")
            sheet.write_string(number, 1, unit.name or "")
            sheet.write_string(number, 2, meter.name or "")
            sheet.write_string(number, 3, meter.fee_item_id.name or "")
            if meter.last_date:
                sheet.write_datetime(number, 4, meter.last_date, day)
                sheet.write_number(number, 5, meter.last_value)
            sheet.write_datetime(number, 6, self.date, day)
        book.close()
        return stream.getvalue()

    def _template_meters(self):
        return self.env["property.meter"].search(
            [
                ("community_id", "=", self.community_id.id),
                "|",
                ("date_removed", "=", False),
                ("date_removed", ">=", self.date),
            ],
            order="unit_id, fee_item_id, id",
        )
