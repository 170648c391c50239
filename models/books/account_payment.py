from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    property_community_id = fields.Many2one(
        "property.community", "Community", index="btree_not_null", copy=False
    )
    property_collector_id = fields.Many2one(
        "res.users", "Taken by", index="btree_not_null", readonly=True, copy=False
    )
    property_receipt_id = fields.Many2one(
        "property.receipt", "Receipt", index="btree_not_null", readonly=True, copy=False
    )
    property_handover_id = fields.Many2one(
        "property.cash.handover",
        "Cash Handover",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )
