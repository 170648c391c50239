from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date


class PropertyPrepayment(models.Model):
    """Who may take an offer (procedure, clause 5.3.2 and section 4)."""

    _inherit = "property.prepayment"

    @api.private
    def _refusals(self, fees=None, arrears=None):
        """Why drafts cannot be confirmed today.

        :param fees: of ``_fees``, where they are known
        :param arrears: of ``_arrears``, where they are known
        :return: {agreement: [reasons]}, an empty list for whoever may take the offer
        """
        fees = self._fees() if fees is None else fees
        arrears = self._arrears() if arrears is None else arrears
        items = {row: {fee.fee_item_id for fee in fees[row]} for row in self}
        payers = self._payers()
        ahead = self._months_ahead(items)
        billed = self._billed_through(items)
        covered = self._covered_months(items)
        twice = self._drafted_twice(items)
        made_in = self.offer_id._origin._made_in()
        return {
            agreement: list(
                filter(
                    None,
                    (
                        agreement._refusal_of_offer(made_in),
                        agreement._refusal_of_payer(payers[agreement]),
                        agreement._refusal_of_cap(ahead[agreement]),
                        agreement._refusal_of_price(fees[agreement]),
                        agreement._refusal_of_billed(billed[agreement]),
                        agreement._refusal_of_covered(covered[agreement]),
                        agreement._refusal_of_twice(twice[agreement]),
                        agreement._refusal_of_arrears(arrears[agreement]),
                    ),
                )
            )
            for agreement in self
        }

    def _check_may_confirm(self, fees):
        """
        :param fees: of ``_fees``
        :raises UserError: names each agreement that cannot be confirmed, and why
        """
        lines = [
            f"{agreement.display_name}: {reason}"
            for agreement, reasons in self._refusals(fees).items()
            for reason in reasons
        ]
        if lines:
            raise UserError("\n".join(lines))

    def _refusal_of_offer(self, made_in):
        """:param made_in: {offer id: communities}, of ``_made_in``"""
        offer, today = self.offer_id, self.community_id._property_today()
        if not offer.active or offer.company_id not in (
            self.env["res.company"],
            self.company_id,
        ):
            return self.env._("the offer is not made any more")
        if offer.date_from and today < offer.date_from:
            return self.env._(
                "the offer begins on %(day)s",
                day=format_date(self.env, offer.date_from),
            )
        if offer.date_to and today > offer.date_to:
            return self.env._(
                "the offer ended on %(day)s", day=format_date(self.env, offer.date_to)
            )
        communities = made_in.get(offer._origin.id)
        if communities and self.community_id._origin.id not in communities:
            return self.env._("the offer is not for this community")
        return ""

    def _refusal_of_payer(self, allowed):
        """:param allowed: who may pay, and whether the unit is the developer's still"""
        customers, is_delivered = allowed
        if self.partner_id.commercial_partner_id in customers:
            return ""
        day = format_date(self.env, self.date_from)
        if is_delivered:
            return self.env._(
                "%(payer)s neither owns nor occupies the unit on %(day)s",
                payer=self.partner_id.display_name,
                day=day,
            )
        if customers:
            return self.env._(
                "not handed over on %(day)s: only %(developer)s can pay ahead",
                day=day,
                developer=customers.display_name,
            )
        return self.env._(
            "not handed over on %(day)s, and no developer is named", day=day
        )

    def _refusal_of_cap(self, ahead):
        """What is paid ahead counts together: offers are not piled up.

        :param ahead: months after the one that runs that are sold already
        """
        cap, months = self.company_id.property_prepayment_cap, self.months + ahead
        if not cap or months <= cap:
            return ""
        return self.env._(
            "%(months)s months are more than the %(cap)s that may be paid ahead",
            months=months,
            cap=cap,
        )

    def _refusal_of_price(self, fees):
        if not any(fee.monthly for fee in fees):
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

    def _refusal_of_twice(self, other):
        """:param other: the agreement before this one that is for the same months"""
        if other:
            return self.env._("the same months stand here twice")
        return ""

    def _refusal_of_arrears(self, amount):
        if amount:
            return self.env._(
                "%(amount)s is overdue and has to be settled first",
                amount=format_amount(self.env, amount, self.company_id.currency_id),
            )
        return ""
