from odoo import fields, models


class PropertyUnitTenure(models.Model):
    _inherit = "property.unit.tenure"

    owner_liable = fields.Boolean(
        "Owner Answers for It",
        help="Of an occupant who pays: what he does not pay the owner owes.",
    )
