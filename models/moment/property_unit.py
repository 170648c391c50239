from odoo import api, fields, models


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    moment_ids = fields.One2many("property.moment", "unit_id")
    moment_count = fields.Integer("Moments", compute="_compute_moment_count")
    certificate_ids = fields.One2many("property.certificate", "unit_id")

    @api.depends_context("uid")
    def _compute_moment_count(self):
        counts = dict(
            self.env["property.moment"]._read_group(
                [("unit_id", "in", self.ids)], ["unit_id"], ["__count"]
            )
        )
        for unit in self:
            unit.moment_count = counts.get(unit._origin, 0)

    def action_open_moments(self):
        """Open the special moments of the unit."""
        return self.env["property.moment"]._open_of(
            [("unit_id", "in", self.ids)], unit_id=self[:1].id
        )
