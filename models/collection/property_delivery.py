from odoo import api, models

from .outlook import NOTICE_KINDS


class PropertyDelivery(models.Model):
    """A demand handed over at the door is a contact like any other (section 4)."""

    _inherit = "property.delivery"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for row in rows:
            if row.channel == "door" and row.notice_id.kind in NOTICE_KINDS:
                row.partner_id._property_check_cap(
                    row.company_id, row._local().date(), row._tz()
                )
        return rows
