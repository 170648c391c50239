from odoo import models


class PropertyCall(models.Model):
    """Calls that verify contact data (procedure, clause 5.2)."""

    _inherit = "property.call"

    def action_reached(self):
        """Whoever is reached about his contact data is asked for it in a form, which
        notes the call."""
        if len(self) == 1 and self.kind == "verify" and self.state == "open":
            self.check_access("write")
            self._check_may_call()
            return self.partner_id._property_action_verify(
                self.community_id, self, by_phone=True
            )
        return super().action_reached()

    def action_verify(self):
        """What was found out without calling: in the files, on returned mail."""
        self.ensure_one()
        return self.partner_id._property_action_verify(
            self.community_id, self.filtered(lambda call: call.kind == "verify")
        )

    def _after_call(self, outcome):
        result = super()._after_call(outcome)
        if outcome == "refused":
            # Asked again when the time comes, not tomorrow.
            self.filtered(lambda call: call.kind == "verify")._nothing_new("owner")
        return result

    def _nothing_new(self, source):
        self.env["property.contact.check"]._add(
            [
                {
                    "partner_id": call.partner_id.id,
                    "community_id": call.community_id.id,
                    "source": source,
                    "result": "nothing",
                    "note": call.note,
                }
                for call in self
            ]
        )
