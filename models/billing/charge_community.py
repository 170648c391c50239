from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class PropertyCharge(models.Model):
    """A charge, its run and its unit belong to one community."""

    _name = "property.charge"
    _inherit = ["property.charge", "property.community.bound"]

    @api.model
    def _check_named(self, vals_list):
        """Left to ``_check_one_community``: one query, however many charges."""

    @api.constrains("run_id", "community_id", "company_id", "unit_id", "building_id")
    def _check_one_community(self):
        """:raises ValidationError: for a unit or a run of another community"""
        for model, names in (
            ("property.charge", self._check_one_community._constrains),
            ("property.billing.run", ("community_id", "company_id")),
            ("property.unit", ("community_id",)),
            ("property.building", ("community_id",)),
        ):
            self.env[model].flush_model(names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT charge.id
                  FROM property_charge charge
                  JOIN property_billing_run run ON run.id = charge.run_id
                  JOIN property_unit unit ON unit.id = charge.unit_id
             LEFT JOIN property_building building ON building.id = charge.building_id
                 WHERE charge.id = ANY(%s)
                   AND (charge.community_id != run.community_id
                        OR charge.company_id != run.company_id
                        OR unit.community_id != run.community_id
                        OR building.community_id != run.community_id)
                 LIMIT 1
                """,
                self.ids,
            )
        )
        if rows:
            raise ValidationError(
                self.env._(
                    "A charge, its billing run and its unit must belong to the same "
                    "community."
                )
            )
