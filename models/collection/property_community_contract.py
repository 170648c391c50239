from odoo import fields, models


class PropertyCommunity(models.Model):
    _inherit = "property.community"

    contract_file_ids = fields.Many2many(
        "ir.attachment",
        "property_community_contract_rel",
        string="Contract Files",
        copy=False,
        help="The property service contract; part of every evidence pack.",
    )
