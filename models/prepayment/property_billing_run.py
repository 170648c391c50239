from odoo import models
from odoo.tools import SQL


class PropertyBillingRun(models.Model):
    """What is paid ahead is not billed; what is not any more, is."""

    _inherit = "property.billing.run"

    def _back_to_draft(self, reason):
        """To be computed again: signatures are void, what was accepted stays."""
        self.ensure_one()
        if self.cs_signed_by or self.finance_signed_by:
            self._void_signatures(reason)
        else:
            self.message_post(body=reason)
        # sudo: a run follows what is paid ahead, whoever changed that
        self.sudo().state = "draft"

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
