from odoo import fields, models


class PropertyCall(models.Model):
    """Owners whose prepayment ends are rung up with the next offer at hand."""

    _inherit = "property.call"

    kind = fields.Selection(
        selection_add=[("renewal", "Renewal of a prepayment")],
        ondelete={"renewal": "cascade"},
    )
    prepayment_id = fields.Many2one(
        "property.prepayment", "Renewal", index="btree_not_null", ondelete="set null"
    )

    def action_sell_prepayment(self):
        """Offer what was prepared, for all units of the customer that end."""
        return self._renewal_drafts().action_sell()

    def _renewal_drafts(self):
        """The renewals that wait for the customers of these calls."""
        drafts = self.env["property.prepayment"].search(
            [
                ("state", "=", "draft"),
                ("renewal_of_id", "!=", False),
                ("partner_id", "in", self.partner_id.ids),
                ("community_id", "in", self.community_id.ids),
            ]
        )
        wanted = {(call.partner_id, call.community_id) for call in self}
        return drafts.filtered(
            lambda draft: (draft.partner_id, draft.community_id) in wanted
        )

    def _after_call(self, outcome):
        result = super()._after_call(outcome)
        if outcome == "refused":
            for call in self.filtered(lambda call: call.kind == "renewal"):
                reason = call.note or self.env._("Refused on the phone")
                call._renewal_drafts()._decline_renewal(reason)
        return result
