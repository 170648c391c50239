from odoo import fields, models


class PropertyLedgerImportLine(models.Model):
    """Something about one cell of an owner ledger that the user must know."""

    _name = "property.ledger.import.line"
    _description = "Owner Ledger Import Message"
    _inherit = ["property.sheet.message"]
    _order = "import_id, row, id"

    import_id = fields.Many2one(
        "property.ledger.import", required=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(
        related="import_id.community_id", store=True, precompute=True
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, precompute=True
    )
