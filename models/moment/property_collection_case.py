from odoo import api, fields, models


class PropertyCollectionCase(models.Model):
    _inherit = "property.collection.case"

    moment_count = fields.Integer("Moments", compute="_compute_moment_count")

    @api.depends_context("uid")
    def _compute_moment_count(self):
        counts = {
            (partner.id, community.id): count
            for partner, community, count in self.env["property.moment"]._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("community_id", "in", self.community_id.ids),
                ],
                ["partner_id", "community_id"],
                ["__count"],
            )
        }
        for case in self:
            case.moment_count = counts.get(
                (case.partner_id.id, case.community_id.id), 0
            )

    def action_open_moments(self):
        """Open the customer's special moments in the community."""
        self.ensure_one()
        return self.env["property.moment"]._open_of(
            [
                ("partner_id", "=", self.partner_id.id),
                ("community_id", "=", self.community_id.id),
            ],
            partner_id=self.partner_id.id,
            unit_id=self.unit_id.id,
        )
