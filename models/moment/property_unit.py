from odoo import fields, models


class PropertyUnit(models.Model):
    _inherit = "property.unit"

    moment_ids = fields.One2many("property.moment", "unit_id")
    certificate_ids = fields.One2many("property.certificate", "unit_id")
