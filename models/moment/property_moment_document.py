from odoo import fields, models


class PropertyMomentDocument(models.Model):
    """Something that belongs to the owner, passed on to him. Nothing holds it back:
    neither arrears nor the state of the moment (procedure, section 4)."""

    _name = "property.moment.document"
    _description = "Owner's Document"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("moment_id",))
    _order = "id"

    moment_id = fields.Many2one(
        "property.moment", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="moment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="moment_id.company_id", store=True)
    name = fields.Char("Document", required=True)
    released_on = fields.Date("Handed Out on", copy=False)
    released_by = fields.Many2one("res.users", "Handed Out by", copy=False)
    recipient = fields.Char("Received by", copy=False)
