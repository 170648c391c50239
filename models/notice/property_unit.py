from odoo import fields, models


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    notice_count = fields.Integer("Notices", compute="_compute_notice_count")

    def _compute_notice_count(self):
        counts = dict(
            self.env["property.notice.line"]._read_group(
                [("unit_id", "in", self.ids)],
                ["unit_id"],
                ["notice_id:count_distinct"],
            )
        )
        for unit in self:
            unit.notice_count = counts.get(unit, 0)

    def action_open_notices(self):
        """Open the notices that list the unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [("line_ids.unit_id", "in", self.ids)]
        action["context"] = {}
        return action
