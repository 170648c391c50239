from odoo import fields, models


class PropertyUnitTenure(models.Model):
    """Who owned or occupied a unit, from when to when, and who paid."""

    _name = "property.unit.tenure"
    _description = "Tenure"
    _inherit = ["property.unit.history"]

    partner_id = fields.Many2one(
        "res.partner",
        "Owner or Occupant",
        required=True,
        index=True,
        ondelete="restrict",
    )
    role = fields.Selection(
        [("owner", "Owner"), ("occupant", "Occupant")], required=True, default="owner"
    )
    is_payer = fields.Boolean(
        "Pays",
        default=True,
        help="An occupant who pays does so instead of the owner.",
    )

    def _track(self):
        return (self.role,)
