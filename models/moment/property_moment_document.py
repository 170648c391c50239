from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

HANDED_OUT = frozenset(("released_on", "released_by"))
ON_RECORD = frozenset(("moment_id", "name", "recipient", "signature"))


class PropertyMomentDocument(models.Model):
    """Something that belongs to the owner, passed on to him. Nothing holds it back:
    neither arrears nor the state of the moment (procedure, section 4)."""

    _name = "property.moment.document"
    _description = "Owner's Document"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = HANDED_OUT
    _placing_fields = frozenset(("moment_id",))
    _order = "moment_id, id"

    moment_id = fields.Many2one(
        "property.moment", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="moment_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="moment_id.company_id", store=True)
    unit_id = fields.Many2one(related="moment_id.unit_id")
    name = fields.Char("Document", required=True)
    released_on = fields.Date("Handed Out on", readonly=True, copy=False)
    released_by = fields.Many2one(
        "res.users", "Handed Out by", readonly=True, copy=False
    )
    recipient = fields.Char("Received by", copy=False)
    signature = fields.Image(max_width=1024, max_height=1024, copy=False)

    def write(self, vals):
        """:raises UserError: for what was handed out and signed for: it is evidence"""
        signed = self.filtered(lambda row: row.released_on and row.signature)
        if ON_RECORD & set(vals) and signed and not self.env.su:
            raise UserError(
                self.env._(
                    "%(document)s was signed for; that stays on record.",
                    document=signed[0].name,
                )
            )
        return super().write(vals)

    def action_hand_out(self):
        """Note that the owner has got it, today, from this user. It is the owner's:
        there is no condition (procedure, section 4)."""
        self.check_access("write")
        for community, documents in self.grouped("community_id").items():
            new = documents.filtered(lambda row: not row.released_on)
            # sudo: day and user are written by the system alone.
            new.sudo().write(
                {
                    "released_on": community._property_today(),
                    "released_by": self.env.uid,
                }
            )
            for partner, rows in (
                new.filtered(lambda row: not row.recipient)
                .grouped(lambda row: row.moment_id.partner_id)
                .items()
            ):
                rows.recipient = partner.name
        return True

    def action_sign(self):
        """Who receives it, and his signature."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.name,
        }

    def action_not_handed_out(self):
        """Take back what was noted by mistake.

        :raises AccessError: for who is neither head nor manager
        """
        self.check_access("write")
        if not self.env.user._is_property_head():
            raise AccessError(self.env._("Heads and managers correct that."))
        # sudo: day and user are written by the system alone.
        self.sudo().write(
            {
                "released_on": False,
                "released_by": False,
                "recipient": False,
                "signature": False,
            }
        )
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_handed_out(self):
        if any(row.released_on for row in self):
            raise UserError(self.env._("What was handed out stays on record."))
