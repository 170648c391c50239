from odoo import fields, models
from odoo.tools import format_date


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

    def _why_suspended(self):
        """Why nothing is asked of the customer at present, or an empty text."""
        if self.suspension == "settled":
            return self.env._("Nothing undisputed is due any more.")
        if self.suspension == "held":
            return self.env._(
                "On hold until %(day)s: %(reason)s",
                day=format_date(self.env, self.hold_until),
                reason=self.hold_reason,
            )
        if self.suspension == "promised":
            return self.env._(
                "The customer has promised to pay by %(day)s.",
                day=format_date(self.env, self._promised_until()),
            )
        if self.suspension == "planned":
            return self.env._("An instalment plan is in force and kept.")
        return ""
