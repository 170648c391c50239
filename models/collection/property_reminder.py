from odoo import api, models

# An agreement that leaves the customer in peace, also before a due date.
AGREED = ("held", "promised", "planned")


class PropertyNoticeComposer(models.AbstractModel):
    """Whom not to remind: what is questioned is not asked for, and whoever has
    promised, pays in instalments or is on hold is left in peace (procedure, section
    2)."""

    _inherit = "property.notice.composer"

    @api.model
    def _reminder_held(self, moves):
        """What disputes hold of bills besides."""
        held = super()._reminder_held(moves)
        groups = self.env["property.dispute"]._read_group(
            [("move_id", "in", moves.ids), ("amount_held", ">", 0)],
            ["move_id"],
            ["amount_held:sum"],
        )
        for move, amount in groups:
            held[move.id] += amount
        return held

    @api.model
    def _reminder_refusals(self, community, due, customers):
        reasons = super()._reminder_refusals(community, due, customers)
        cases = self.env["property.collection.case"].search(
            [
                ("community_id", "=", community.id),
                ("partner_id", "in", customers.ids),
                ("state", "!=", "closed"),
            ]
        )
        at_law = cases.filtered(lambda case: case.state == "legal")
        for case in cases.filtered(lambda case: case.suspension in AGREED):
            reasons.setdefault(case.partner_id.id, case._why_suspended())
        for case in at_law:
            reasons.setdefault(case.partner_id.id, self.env._("with the lawyers"))
        return reasons


class PropertyNotice(models.Model):
    _inherit = "property.notice"

    def _is_refused_for_now(self, channel):
        """The weekly cap is over on another day."""
        return super()._is_refused_for_now(channel) or (
            channel == "sms" and bool(self._cap_refusal())
        )
