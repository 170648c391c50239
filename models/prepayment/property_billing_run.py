from odoo import models
from odoo.tools import SQL


class PropertyBillingRun(models.Model):
    _inherit = "property.billing.run"

    def _is_paid_ahead(self):
        if super()._is_paid_ahead():
            return True
        paid = self.env.execute_query(
            SQL(
                """
                SELECT 1
                  FROM property_charge c
                  JOIN property_prepayment_cover v
                    ON v.unit_id = c.unit_id AND v.fee_item_id = c.fee_item_id
                   AND v.date_from <= c.date_to AND v.date_to >= c.date_from
                 WHERE c.run_id = %s
                 LIMIT 1
                """,
                self.id,
            )
        )
        return bool(paid)
