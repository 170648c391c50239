from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _property_frozen_models(self):
        return [*super()._property_frozen_models(), "property.period.close"]
