from odoo import api, fields, models


class PropertyUnit(models.Model):
    """What is paid ahead of a unit's fees."""

    _inherit = "property.unit"

    prepayment_ids = fields.One2many("property.prepayment", "unit_id")
    prepayment_count = fields.Integer(
        "Prepayments", compute="_compute_prepayment_count"
    )

    @api.depends("prepayment_ids")
    def _compute_prepayment_count(self):
        counts = self.env["property.prepayment"]._count_by("unit_id", self)
        for unit in self:
            unit.prepayment_count = counts.get(unit._origin, 0)

    @api.depends("prepayment_ids.state", "prepayment_ids.date_to")
    def _compute_paid_through(self):
        result = super()._compute_paid_through()
        last_days = {
            unit.id: day
            for unit, day in self.env["property.prepayment"]
            .sudo()  # sudo: the unit says how far it is paid to whoever may see it
            ._read_group(
                [
                    ("unit_id", "in", self.ids),
                    ("state", "in", ("running", "done", "cancelled")),
                ],
                ["unit_id"],
                ["date_to:max"],
            )
        }
        for unit in self:
            days = (unit.paid_through, last_days.get(unit._origin.id))
            unit.paid_through = max(filter(None, days), default=False)
        return result
