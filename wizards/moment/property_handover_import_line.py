from odoo import fields, models


class PropertyHandoverImportLine(models.TransientModel):
    """Something about one cell of the developer's list that the user must know."""

    _name = "property.handover.import.line"
    _description = "Handover List Import Message"
    _inherit = ["property.community.bound"]
    _order = "severity, row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "property.handover.import", required=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(required=True, aggregator=False, help="As in the sheet.")
    column = fields.Char(help="The header above the cell, as in the sheet.")
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")],
        required=True,
        help="A row with an error is left out; a warning leaves nothing out.",
    )
    message = fields.Char(required=True)
