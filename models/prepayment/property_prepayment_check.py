from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

from . import terms


class PropertyPrepayment(models.Model):
    """Who may take an offer (procedure, clause 5.3.2 and section 4)."""

    _inherit = "property.prepayment"

    @api.private
    def _refusals(self):
        """Why drafts cannot be confirmed today.

        :return: {agreement: [reasons]}, an empty list for whoever may take the offer
        """
        arrears = self._arrears()
        billed = self._billed_through()
        covered = self._covered_months()
        reasons = {}
        for agreement in self:
            reasons[agreement] = list(
                filter(
                    None,
                    (
                        agreement._refusal_of_offer(),
                        agreement._refusal_of_cap(),
                        agreement._refusal_of_price(),
                        agreement._refusal_of_billed(billed.get(agreement.unit_id)),
                        agreement._refusal_of_covered(covered[agreement]),
                        agreement._refusal_of_arrears(arrears.get(agreement, 0.0)),
                    ),
                )
            )
        return reasons

    def _check_may_confirm(self):
        """:raises UserError: names each agreement that cannot be confirmed, and why"""
        lines = [
            f"{agreement.display_name}: {reason}"
            for agreement, reasons in self._refusals().items()
            for reason in reasons
        ]
        if lines:
            raise UserError("\n".join(lines))

    def _refusal_of_offer(self):
        offer, today = self.offer_id, self.community_id._property_today()
        if offer.date_from and today < offer.date_from:
            return self.env._(
                "the offer begins on %(day)s", day=format_date(self.env, offer.date_from)
            )
        if offer.date_to and today > offer.date_to:
            return self.env._(
                "the offer ended on %(day)s", day=format_date(self.env, offer.date_to)
            )
        if offer.community_ids and self.community_id not in offer.community_ids:
            return self.env._("the offer is not for this community")
        return ""

    def _refusal_of_cap(self):
        """Months that have not begun count together: offers are not piled up."""
        cap = self.company_id.property_prepayment_cap
        if not cap or self.months <= cap:
            return ""
        return self.env._(
            "%(months)s months are more than the %(cap)s that may be paid ahead",
            months=self.months,
            cap=cap,
        )

    def _refusal_of_price(self):
        if self.currency_id.is_zero(self.amount_list):
            return self.env._("no rate or no floor area: there is nothing to pay")
        return ""

    def _refusal_of_billed(self, billed):
        if billed and billed >= self.date_from:
            return self.env._(
                "billed up to %(day)s already; begin after it",
                day=format_date(self.env, billed),
            )
        return ""

    def _refusal_of_covered(self, covered):
        if covered:
            return self.env._(
                "%(month)s is paid ahead already; offers do not combine",
                month=f"{min(covered):%Y-%m}",
            )
        return ""

    def _refusal_of_arrears(self, amount):
        if amount:
            return self.env._(
                "%(amount)s is overdue and has to be settled first",
                amount=format_amount(self.env, amount, self.company_id.currency_id),
            )
        return ""

    def _covered_months(self):
        """{agreement: months of its term that are covered already}"""
        fees = self._fees()
        rows = self.env["property.prepayment.cover"].search_read(
            [
                ("unit_id", "in", self.unit_id.ids),
                ("prepayment_id", "not in", self.ids),
                ("month", ">=", min(self.mapped("date_from"), default=False)),
            ],
            ["unit_id", "fee_item_id", "month"],
            load=None,
        )
        taken = defaultdict(set)
        for row in rows:
            taken[row["unit_id"], row["fee_item_id"]].add(row["month"])
        found = {}
        for agreement in self:
            months = set(terms.months_of(agreement.date_from, agreement.date_to))
            items = {fee.fee_item_id for fee in fees[agreement]}
            found[agreement] = set().union(
                *(taken[agreement.unit_id.id, item] & months for item in items)
            )
            paid = agreement.unit_id.paid_directly
            if paid and paid >= agreement.date_from:
                found[agreement].add(agreement.date_from)
        return found

    def _billed_through(self):
        """{unit: last day for which a prepayable fee is billed, or about to be}"""
        groups = (
            self.env["property.charge"]
            .sudo()  # sudo: charges of the unit, whoever may read them
            ._read_group(
                [
                    ("unit_id", "in", self.unit_id.ids),
                    ("fee_item_id.is_prepayable", "=", True),
                    "|",
                    ("move_id", "!=", False),
                    ("run_id.state", "in", ("signed", "invoicing")),
                ],
                ["unit_id"],
                ["date_to:max"],
            )
        )
        return {unit.with_env(self.env): day for unit, day in groups}

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
        """{customer id: overdue}; the collection room knows what is disputed."""
        groups = (
            self.env["account.move"]
            .sudo()  # sudo: the counter asks what is open without being an accountant
            ._read_group(
                [
                    ("property_community_id", "=", community.id),
                    ("commercial_partner_id", "in", customers.ids),
                    ("move_type", "in", ("out_invoice", "out_receipt")),
                    ("state", "=", "posted"),
                    ("property_prepayment_id", "=", False),
                    ("amount_residual", ">", 0),
                    ("invoice_date_due", "<", community._property_today()),
                ],
                ["commercial_partner_id"],
                ["amount_residual_signed:sum"],
            )
        )
        return {partner.id: amount for partner, amount in groups}
