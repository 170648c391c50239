from odoo import fields, models


class PropertyBankChooseLine(models.TransientModel):
    _name = "property.bank.choose.line"
    _description = "Bill That a Bank Transfer May Pay"
    _inherit = ["property.community.bound"]
    _order = "date_due, id"

    choose_id = fields.Many2one(
        "property.bank.choose", required=True, ondelete="cascade"
    )
    item_id = fields.Many2one("account.move.line", "Open Item", required=True)
    currency_id = fields.Many2one(related="item_id.currency_id")
    move_name = fields.Char(related="item_id.move_name", string="Invoice")
    unit_id = fields.Many2one(related="item_id.move_id.property_unit_id", string="Unit")
    period = fields.Date(related="item_id.move_id.property_period", string="Month")
    date_due = fields.Date(related="item_id.date_maturity", store=True)
    amount_open = fields.Monetary(related="item_id.amount_residual_currency")
    is_chosen = fields.Boolean("Pays")
