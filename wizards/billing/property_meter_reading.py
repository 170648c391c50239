from odoo import fields, models


class PropertyMeterReading(models.Model):
    _inherit = "property.meter.reading"

    import_id = fields.Many2one(
        "property.meter.import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
