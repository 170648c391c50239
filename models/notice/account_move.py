from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    property_notice_ids = fields.Many2many(
        "property.notice",
        "property_notice_move_rel",
        string="Notices",
        copy=False,
        groups="property_fee_collection.group_user",
    )
    property_notice_count = fields.Integer(
        compute="_compute_property_notice_count",
        groups="property_fee_collection.group_user",
    )

    def _compute_property_notice_count(self):
        for move in self:
            move.property_notice_count = len(move.property_notice_ids)

    def action_open_property_notices(self):
        """Open the notices on which the invoice stands."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_notice"
        )
        action["domain"] = [("move_ids", "in", self.ids)]
        action["context"] = {}
        return action
