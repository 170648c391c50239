from odoo import fields, models


class PropertyCounterMatch(models.TransientModel):
    """Somebody who may be meant by what was typed."""

    _name = "property.counter.match"
    _description = "Customer Found"
    _inherit = ["property.community.bound"]
    _order = "id"

    counter_id = fields.Many2one("property.counter", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    community_id = fields.Many2one("property.community")
    unit_names = fields.Char("Units", readonly=True)
    is_this = fields.Boolean("This One")
    phone = fields.Char(related="partner_id.phone")
