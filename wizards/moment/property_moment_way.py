from odoo import fields, models


class PropertyMomentWay(models.AbstractModel):
    """A little form of the desk: one way to settle what is due."""

    _name = "property.moment.way"
    _description = "Way to Settle"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("moment_id",))

    moment_id = fields.Many2one("property.moment", required=True, ondelete="cascade")
    community_id = fields.Many2one(related="moment_id.community_id")
    company_id = fields.Many2one(related="moment_id.company_id")
    currency_id = fields.Many2one(related="moment_id.currency_id")
    partner_id = fields.Many2one(related="moment_id.partner_id")
    unit_id = fields.Many2one(related="moment_id.unit_id")
    due_now = fields.Monetary(related="moment_id.due_now")

    def _close(self):
        return {"type": "ir.actions.act_window_close"}
