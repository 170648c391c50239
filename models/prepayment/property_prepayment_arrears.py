from collections import defaultdict

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
        """{customer id: overdue, in company currency}, less his credits; the
        collection room knows what is disputed."""
        found = defaultdict(float)
        for customer, due in self._overdue_of(community, customers).items():
            found[customer] = sum(amount for _move, amount in due)
        credits = self._credits_of(community, customers)
        return {
            customer: max(0.0, amount - credits.get(customer, 0.0))
            for customer, amount in found.items()
        }

    @api.model
    def _overdue_of(self, community, customers):
        """What each customer is asked to pay, the oldest first.

        :return: {customer id: [(invoice, amount in company currency)]}
        """
        moves = (
            self.env["account.move"]
            .sudo()  # sudo: the counter asks what is open without being an accountant
            .search(
                [
                    ("property_community_id", "=", community.id),
                    ("commercial_partner_id", "in", customers.ids),
                    ("move_type", "in", ("out_invoice", "out_receipt")),
                    ("state", "=", "posted"),
                    ("property_prepayment_id", "=", False),
                    ("amount_residual", ">", 0),
                    ("invoice_date_due", "<", community._property_today()),
                ],
                order="invoice_date_due, id",
            )
        )
        found = defaultdict(list)
        for move in moves:
            customer = move.commercial_partner_id.id
            found[customer].append((move, move.amount_residual_signed))
        return found

    @api.model
    def _credits_of(self, community, customers):
        """{customer id: open credit notes in the community, in company currency}"""
        groups = (
            self.env["account.move"]
            .sudo()  # sudo: as in _overdue_of
            ._read_group(
                [
                    ("property_community_id", "=", community.id),
                    ("commercial_partner_id", "in", customers.ids),
                    ("move_type", "=", "out_refund"),
                    ("state", "=", "posted"),
                    ("amount_residual", ">", 0),
                ],
                ["commercial_partner_id"],
                ["amount_residual_signed:sum"],
            )
        )
        return {customer.id: -amount for customer, amount in groups}

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
