from odoo import api, fields, models


class PropertyUnit(models.Model):
    """What billing knows about a unit."""

    _inherit = "property.unit"

    meter_ids = fields.One2many("property.meter", "unit_id")
    vacancy_ids = fields.One2many("property.vacancy", "unit_id")
    rate_ids = fields.One2many("property.fee.rate", "unit_id", "Own Rates")
    charge_ids = fields.One2many("property.charge", "unit_id")
    meter_count = fields.Integer("Meters", compute="_compute_billing_counts")
    vacancy_count = fields.Integer("Vacancies", compute="_compute_billing_counts")
    charge_count = fields.Integer("Charges", compute="_compute_billing_counts")

    @api.depends("meter_ids", "vacancy_ids", "charge_ids")
    def _compute_billing_counts(self):
        for name, model in (
            ("meter_count", "property.meter"),
            ("vacancy_count", "property.vacancy"),
            ("charge_count", "property.charge"),
        ):
            counts = dict(
                self.env[model]._read_group(
                    [("unit_id", "in", self.ids)], ["unit_id"], ["__count"]
                )
            )
            for unit in self:
                unit[name] = counts.get(unit._origin, 0)
