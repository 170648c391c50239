from odoo import fields, models


class PropertyCollectionCase(models.Model):
    """The notices of a case."""

    _inherit = "property.collection.case"

    notice_count = fields.Integer("Notices", compute="_compute_notice_count")

    def _compute_notice_count(self):
        counts = dict(
            self.env["property.notice"]._read_group(
                [("case_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["case_id"],
                ["__count"],
            )
        )
        for case in self:
            case.notice_count = counts.get(case, 0)

    def action_open_notices(self):
        """Open the notices of the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [("case_id", "in", self.ids)]
        action["context"] = {}
        return action
