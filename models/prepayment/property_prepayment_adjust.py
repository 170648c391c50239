from odoo import api, models
from odoo.exceptions import UserError

from . import terms


class PropertyPrepayment(models.Model):
    """A price that follows the rate: the difference is billed or credited (procedure,
    section 5: rates have a history, a vacancy lowers the fee)."""

    _inherit = "property.prepayment"

    @api.private
    def _adjust(self, month, fees=None, reason=""):
        """Charge the price that holds from ``month`` on for the rest of the term, the
        free months left out.

        :param month: first day of a month of the term
        :param fees: [terms.Fee] of the new prices, default those of the rates
        :return: the invoice or credit note, none where no price differs
        :raises UserError: where the offer holds the price, or the price has been
            changed from a later month on

        Access is for the caller to check: ``_check_may_end``.
        """
        self.ensure_one()
        agreement = self.sudo()
        agreement._lock_what_bills()
        agreement._check_runs()
        agreement._check_may_adjust(month)
        if fees is None:
            fees = agreement._fees_on(month)
        text = agreement._adjust_text(month, reason)
        amounts = agreement._differences(month, fees)
        agreement._keep_prices(month, fees)
        note = agreement._post_difference(amounts, text)
        agreement._settle()
        agreement.message_post(body=text)
        return note

    def _check_may_adjust(self, month):
        if self.offer_id.price_rule != "rate":
            raise UserError(
                self.env._(
                    "%(offer)s holds the price for the whole term.",
                    offer=self.offer_id.name,
                )
            )
        if not terms.is_first(month) or not self.date_from <= month <= self.date_to:
            raise UserError(
                self.env._("Choose the first day of a month within the term.")
            )
        since = max(filter(None, self.item_ids.mapped("date_price")), default=None)
        if since and month < since:
            raise UserError(
                self.env._(
                    "The price changed from %(month)s on; choose a later month.",
                    month=f"{since:%Y-%m}",
                )
            )

    def _fees_on(self, month):
        """The fees of the agreement at the rates of ``month``."""
        found = self._fees_of(self.community_id, month)[self]
        return self._with_ended_fees(found)

    def _with_ended_fees(self, fees):
        """Those of its own fees among these; one that is offered as before, and of
        which no rate holds any more, costs nothing."""
        self.ensure_one()
        prices = {fee.fee_item_id: fee for fee in fees}
        # sudo: as in _fees_of
        offered = self.offer_id.sudo().fee_item_ids or self._prepayable_items(
            self.community_id
        )
        return [
            prices.get(item.fee_item_id.id)
            or terms.Fee(item.fee_item_id.id, 0.0, item.quantity, 0.0, item.factor)
            for item in self.item_ids
            if item.fee_item_id.id in prices or item.fee_item_id in offered
        ]

    def _months_to_pay(self, month):
        """Months from ``month`` on that are not free; the free ones come last."""
        left = len(terms.months_of(month, self.date_to))
        return max(left - self.free_months, 0)

    def _differences(self, month, fees):
        """{fee of the agreement: what is to be billed, net; negative: credited}"""
        months, position = self._months_to_pay(month), self._tax_positions()[self]
        items = self.item_ids.grouped("fee_item_id")
        return {
            items[item]: self._net(
                fee, (fee.monthly - items[item].monthly) * months, position
            )
            for fee in fees
            for item in [self.env["property.fee.item"].browse(fee.fee_item_id)]
        }

    def _net(self, fee, price, position):
        return self.currency_id.round(
            self._taxed(fee, price, position)["total_excluded"]
        )

    def _keep_prices(self, month, fees):
        """Put the new prices on record."""
        items = self.item_ids.grouped("fee_item_id")
        months = self.line_ids.filtered(
            lambda line: line.kind == "month" and line.month >= month
        ).sorted("month")
        for fee in fees:
            item = items[self.env["property.fee.item"].browse(fee.fee_item_id)]
            if item.monthly != fee.monthly:
                item.write(
                    {
                        "monthly": fee.monthly,
                        "quantity": fee.quantity,
                        "price_unit": fee.price_unit,
                        "factor": fee.factor,
                        "date_price": month,
                    }
                )
        for line, share in zip(months, self._listed(fees, len(months)), strict=True):
            line.amount_list = share

    def _listed(self, fees, count):
        """What each of so many months costs without the offer, net: the first few are
        together what they cost, whatever taxes within the price leave of one."""
        position = self._tax_positions()[self]
        return terms.running_shares(
            [
                sum(self._net(fee, fee.monthly * months, position) for fee in fees)
                for months in range(count + 1)
            ],
            self.currency_id.rounding,
        )

    def _post_difference(self, amounts, text):
        total = self.currency_id.round(sum(amounts.values()))
        if total >= 0:
            return self._post_document("out_invoice", amounts, text)
        amounts = {item: -amount for item, amount in amounts.items()}
        note = self._post_document("out_refund", amounts, text)
        self._match(note)
        return note

    def _adjust_text(self, month, reason):
        here = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return here.env._(
            "%(name)s: new price from %(month)s. %(reason)s",
            name=self.name,
            month=f"{month:%Y-%m}",
            reason=reason or "",
        ).strip()
