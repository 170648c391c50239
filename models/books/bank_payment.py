from odoo import api, models


class AccountPayment(models.Model):
    """A payment of invoices of one community belongs to it, whoever made it."""

    _name = "account.payment"
    _inherit = ["account.payment", "property.community.bound"]
    _placing_fields = frozenset(("property_community_id",))

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        # sudo: the portal pays invoices, too; the community follows from these.
        for payment in payments.sudo():
            if payment.invoice_ids and not payment.property_community_id:
                communities = payment.invoice_ids.property_community_id
                if len(communities) == 1:
                    payment.property_community_id = communities
        return payments
