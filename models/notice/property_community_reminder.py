from odoo import api, fields, models

from .reminder_rules import parse_days


class PropertyCommunity(models.Model):
    """Reminders before the due date, community by community."""

    _inherit = "property.community"

    reminder_days = fields.Char(
        "Remind before the Due Date",
        help="Days before it, such as 10, 3. Empty: as in the company.",
    )
    reminder_campaign_ids = fields.One2many(
        "property.reminder.campaign", "community_id"
    )
    reminder_campaign_count = fields.Integer(
        "Reminder Campaigns", compute="_compute_reminder_campaign_count"
    )

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for community in self:
            if community.reminder_days:
                community.company_id._property_check_days(community.reminder_days)

    @api.depends("reminder_campaign_ids")
    def _compute_reminder_campaign_count(self):
        counts = dict(
            self.env["property.reminder.campaign"]._read_group(
                [("community_id", "in", self.ids)], ["community_id"], ["__count"]
            )
        )
        for community in self:
            community.reminder_campaign_count = counts.get(community._origin, 0)

    def _reminder_days(self):
        """Days before the due date, the earliest reminder first."""
        self.ensure_one()
        return parse_days(self.reminder_days or self.company_id.property_reminder_days)

    def action_open_reminder_campaigns(self):
        """Open the reminder campaigns of the community."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_reminder_campaign"
        )
        action["domain"] = [("community_id", "in", self.ids)]
        action["context"] = {"default_community_id": self.id}
        return action
