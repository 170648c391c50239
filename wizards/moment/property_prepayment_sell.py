from odoo import fields, models


class PropertyPrepaymentSell(models.TransientModel):
    """Sold at the desk: what is taken for it, and for arrears before it, was taken on
    that occasion."""

    _inherit = "property.prepayment.sell"

    moment_id = fields.Many2one("property.moment", ondelete="cascade")

    def _take(self, customer, community, journal, due):
        moment = self.moment_id
        amount = sum(part for _move, part in due)
        if (
            not amount
            or moment.partner_id.commercial_partner_id != customer
            or moment.community_id != community
        ):
            return super()._take(customer, community, journal, due)
        return moment._take(journal, amount, due)
