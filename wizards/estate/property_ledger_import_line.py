from odoo import fields, models


class PropertyLedgerImportLine(models.Model):
    """Something about one cell of an owner ledger that the user must know."""

    _name = "property.ledger.import.line"
    _description = "Owner Ledger Import Message"
    _inherit = ["property.community.bound"]
    _order = "import_id, row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "property.ledger.import", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="import_id.community_id", store=True, precompute=True
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, precompute=True
    )
    row = fields.Integer(required=True, aggregator=False, help="As in the sheet.")
    column = fields.Char(help="The header above the cell, as in the sheet.")
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")],
        required=True,
        help="A row with an error is left out; a warning leaves nothing out.",
    )
    message = fields.Char(required=True)
