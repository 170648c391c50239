from odoo import api, fields, models


class PropertyPrepayment(models.Model):
    """Finance finds the agreements whose price is not today's any more."""

    _inherit = "property.prepayment"

    price_rule = fields.Selection(related="offer_id.price_rule")
    is_price_outdated = fields.Boolean(
        "Price Has Changed",
        compute="_compute_is_price_outdated",
        search="_search_is_price_outdated",
        help="The agreement follows the rate, and today's rate or vacancy factor is "
        "another one.",
    )

    @api.depends("state", "item_ids.monthly", "offer_id.price_rule")
    def _compute_is_price_outdated(self):
        self.is_price_outdated = False
        # sudo: rates are not for everybody to keep
        following = self.sudo().filtered(
            lambda agreement: (
                agreement.state == "running" and agreement.offer_id.price_rule == "rate"
            )
        )
        for community, agreements in following.grouped("community_id").items():
            month = community._release_month()
            begun = agreements.filtered(lambda row, month=month: row.date_from <= month)
            fees = begun._fees_of(community, month)
            for agreement in begun:
                agreement.is_price_outdated = agreement._differs(fees[agreement])

    def _differs(self, fees):
        now = {fee.fee_item_id: fee.monthly for fee in self._with_ended_fees(fees)}
        return any(
            self.currency_id.compare_amounts(
                item.monthly, now.get(item.fee_item_id.id, item.monthly)
            )
            for item in self.item_ids
        )

    @api.model
    def _search_is_price_outdated(self, operator, value):
        if operator != "in":
            return NotImplemented
        following = self.sudo().search(
            [("state", "=", "running"), ("offer_id.price_rule", "=", "rate")]
        )
        found = following.filtered("is_price_outdated")
        if True in value and False in value:
            return []
        return [("id", "in" if True in value else "not in", found.ids)]
