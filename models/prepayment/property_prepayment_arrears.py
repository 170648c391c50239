from odoo import api, models


class PropertyPrepayment(models.Model):
    """Whoever is in arrears settles them first (procedure, section 2)."""

    _inherit = "property.prepayment"

    def _arrears(self):
        """{agreement: what its payer owes in the community and is overdue}, in company
        currency; credits that cover it are taken into account."""
        found = {}
        for community, agreements in self.grouped("community_id").items():
            customers = agreements.partner_id.commercial_partner_id
            owed = self._arrears_of(community, customers)
            for agreement in agreements:
                amount = owed.get(agreement.partner_id.commercial_partner_id.id, 0.0)
                found[agreement] = agreement.company_id.currency_id.round(amount)
        return found

    @api.model
    def _arrears_of(self, community, customers):
        """{customer id: what he is asked to pay and is overdue, less his credits, in
        company currency}; known by the room that collects."""
        return {}

    @api.model
    def _overdue_of(self, community, customers):
        """What each customer is asked to pay, the oldest first; see above.

        :return: {customer id: [(invoice, amount in company currency)]}
        """
        return {}

    @api.private
    @api.model
    def _parts_to_settle(self, community, customers):
        """The invoices that have to be paid so that nothing is overdue any more.

        :return: {customer id: [(invoice, amount in its currency)]}
        """
        owed = self._arrears_of(community, customers)
        found = {}
        for customer, due in self._overdue_of(community, customers).items():
            parts, left = [], owed.get(customer, 0.0)
            for move, amount in due:
                taken = min(left, amount)
                left -= taken
                rate = move.amount_residual / move.amount_residual_signed
                part = move.currency_id.round(taken * rate)
                if not move.currency_id.is_zero(part):
                    parts.append((move, part))
            if parts:
                found[customer] = parts
        return found
