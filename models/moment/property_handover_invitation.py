from odoo import fields, models
from odoo.exceptions import UserError


class PropertyHandoverInvitation(models.Model):
    """That an owner was invited to an appointment, when and how. It stays as it is."""

    _name = "property.handover.invitation"
    _description = "Handover Invitation"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("moment_id",))
    _order = "date desc, id desc"
    _rec_name = "date"

    moment_id = fields.Many2one(
        "property.moment", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="moment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="moment_id.company_id", store=True)
    date = fields.Datetime("Invited on", required=True, default=fields.Datetime.now)
    channel = fields.Selection(
        [
            ("letter", "Letter"),
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("counter", "At the counter"),
        ],
        required=True,
        default="letter",
    )
    slot_start = fields.Datetime("For", help="The appointment that was named.")
    user_id = fields.Many2one(
        "res.users", "Invited by", required=True, default=lambda self: self.env.user
    )

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("An invitation stays on record as it was made."))
        return super().write(vals)
