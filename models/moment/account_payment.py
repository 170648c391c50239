from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    property_moment_id = fields.Many2one(
        "property.moment",
        "Special Moment",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups="property_fee_collection.group_user,account.group_account_readonly,"
        "account.group_account_invoice",
        help="Taken at the desk on this occasion.",
    )
