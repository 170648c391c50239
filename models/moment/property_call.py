from odoo import fields, models
from odoo.exceptions import UserError


class PropertyCall(models.Model):
    """Owners who did not come to a handover."""

    _inherit = "property.call"

    kind = fields.Selection(
        selection_add=[("handover", "Did not come to the handover")],
        ondelete={"handover": "cascade"},
    )
    moment_id = fields.Many2one(
        "property.moment", index="btree_not_null", ondelete="cascade"
    )

    def action_new_appointment(self):
        """Open the form for another appointment of everything that this customer
        missed in the community."""
        missed = self._missed()
        if not missed:
            raise UserError(self.env._("There is no appointment that was missed."))
        return missed.action_new_appointment()

    def _missed(self):
        """All that these customers missed: one call may stand for several units."""
        calls = self.filtered(lambda call: call.kind == "handover")
        return self.env["property.moment"].search(
            [
                ("partner_id", "in", calls.partner_id.ids),
                ("community_id", "in", calls.community_id.ids),
                ("attendance", "=", "missed"),
                ("state", "=", "open"),
            ]
        )
