from odoo import fields, models

# No money came, or not any more.
STRUCK = ("draft", "canceled", "rejected")
TAKEN = ("in_process", "paid")


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

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in STRUCK:
            # sudo: whoever strikes a payment need not work at the desk
            self.sudo().property_moment_id._payment_struck()
        elif vals.get("state") in TAKEN:
            self.sudo().property_moment_id._payment_confirmed()
        return result
