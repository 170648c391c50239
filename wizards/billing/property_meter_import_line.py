from odoo import fields, models


class PropertyMeterImportLine(models.Model):
    """Something about one cell of a sheet of readings that the user must know."""

    _name = "property.meter.import.line"
    _description = "Meter Reading Import Message"
    _inherit = ["property.sheet.message"]
    _order = "import_id, severity, row, id"

    import_id = fields.Many2one(
        "property.meter.import", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="import_id.community_id", store=True)
    company_id = fields.Many2one(related="import_id.company_id", store=True)
