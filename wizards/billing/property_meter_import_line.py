from odoo import fields, models


class PropertyMeterImportLine(models.Model):
    """Something about one cell of a sheet of readings that the user must know."""

    _name = "property.meter.import.line"
    _description = "Meter Reading Import Message"
    _inherit = ["property.community.bound"]
    _order = "import_id, severity, row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "property.meter.import", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="import_id.community_id", store=True)
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    row = fields.Integer(required=True, aggregator=False, help="As in the sheet.")
    column = fields.Char(help="The header above the cell, as in the sheet.")
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")],
        required=True,
        help="A row with an error is left out; a warning leaves nothing out.",
    )
    message = fields.Char(required=True)
