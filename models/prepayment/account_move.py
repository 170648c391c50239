from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    property_prepayment_id = fields.Many2one(
        "property.prepayment",
        "Prepayment",
        index="btree_not_null",
        copy=False,
        readonly=True,
        help="The agreement that this invoice or credit note belongs to.",
    )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    property_prepayment_id = fields.Many2one(
        "property.prepayment",
        "Prepayment",
        index="btree_not_null",
        copy=False,
        readonly=True,
        help="The agreement whose liability this item raises or releases.",
    )
    property_prepayment_item_id = fields.Many2one(
        "property.prepayment.item",
        "Prepaid Fee",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )
