from odoo import fields, models


class PropertyHandoverImportLine(models.TransientModel):
    """Something about one cell of the developer's list that the user must know."""

    _name = "property.handover.import.line"
    _description = "Handover List Import Message"
    _inherit = ["property.sheet.message"]
    _order = "severity, row, id"

    import_id = fields.Many2one(
        "property.handover.import", required=True, index=True, ondelete="cascade"
    )
