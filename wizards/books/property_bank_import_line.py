from odoo import fields, models


class PropertyBankImportLine(models.Model):
    """Something about one cell of a bank's list that the user must know."""

    _name = "property.bank.import.line"
    _description = "Bank Transfer Import Message"
    _inherit = ["property.sheet.message"]
    _order = "import_id, row, id"

    import_id = fields.Many2one(
        "property.bank.import", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, precompute=True
    )
