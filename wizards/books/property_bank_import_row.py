from odoo import fields, models


class PropertyBankImportRow(models.Model):
    """One of the first rows of a bank's list, as it will come in."""

    _name = "property.bank.import.row"
    _description = "Bank Transfer Import Preview"
    _order = "import_id, row, id"

    import_id = fields.Many2one(
        "property.bank.import", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="import_id.currency_id")
    row = fields.Integer(aggregator=False, help="As in the sheet.")
    date = fields.Date()
    amount = fields.Monetary()
    payer = fields.Char()
    text = fields.Char()
    reference = fields.Char("Bank Reference")
    is_known = fields.Boolean("Imported Before")
