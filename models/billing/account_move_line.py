from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    property_charge_id = fields.Many2one(
        "property.charge", "Charge", index="btree_not_null", copy=False
    )
    property_date_from = fields.Date("Fee from", copy=True)
    property_date_to = fields.Date("Fee to", copy=True)
