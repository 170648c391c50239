from odoo import api, fields, models

from ..estate.property_unit import UNIT_TYPES
from .rates import Rate, RateBook

COMPANY = "property_fee_collection.group_company"


class PropertyFeeRate(models.Model):
    """A price with its scope and dates. Of the rates valid in a month the most specific
    wins; among equals the one that began last (procedure, section 5)."""

    _name = "property.fee.rate"
    _description = "Fee Rate"
    _inherit = ["property.community.bound"]
    _order = "fee_item_id, community_id, building_id, unit_id, date_from desc, id"
    _rec_name = "fee_item_id"
    _check_company_auto = True

    fee_item_id = fields.Many2one(
        "property.fee.item", required=True, index=True, ondelete="restrict"
    )
    basis = fields.Selection(related="fee_item_id.basis")
    community_id = fields.Many2one(
        "property.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        index=True,
        default=lambda self: self._default_community_id(),
        help="Empty: every community.",
    )
    building_id = fields.Many2one(
        "property.building", domain="[('community_id', '=?', community_id)]"
    )
    unit_type = fields.Selection(UNIT_TYPES)
    unit_id = fields.Many2one(
        "property.unit", domain="[('community_id', '=?', community_id)]", index=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    price = fields.Float(
        required=True,
        digits=(16, 6),
        help="Per month and m² (floor area), per month (fixed) or per unit of usage "
        "(meter). Zero: not charged.",
    )
    vacancy_factor = fields.Float(
        default=1.0, digits=(16, 4), help="For example 0.7 for approved vacant units."
    )
    date_from = fields.Date(help="First day; empty: always has been.")
    date_to = fields.Date(help="Last day; empty: until another rate begins.")

    _scope_uniq = models.UniqueIndex(
        "(fee_item_id, company_id, community_id, building_id, unit_type, unit_id,"
        " date_from) NULLS NOT DISTINCT",
        "A rate of this fee item for the same units already begins on this day.",
    )
    _price_positive = models.Constraint(
        "CHECK(price >= 0 AND vacancy_factor BETWEEN 0 AND 1)",
        "A price cannot be negative and the vacancy factor lies between 0 and 1.",
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The last day cannot come before the first day.",
    )

    def _default_community_id(self):
        """The one community of those who may not set rates for every community."""
        if self.env.su or self.env.user.has_group(COMPANY):
            return False
        communities = self.env["property.community"].search([], limit=2)
        return communities if len(communities) == 1 else False

    @api.depends("building_id", "unit_id")
    def _compute_community_id(self):
        for rate in self:
            place = rate.unit_id or rate.building_id
            rate.community_id = place.community_id or rate.community_id

    @api.depends("fee_item_id", "community_id")
    def _compute_company_id(self):
        for rate in self:
            rate.company_id = (
                rate.community_id.company_id or rate.fee_item_id.company_id
            )

    @api.model
    def _book(self, community, last):
        """The rates that may concern units of a community up to the day ``last``."""
        fields_read = Rate._fields[1:]
        rows = self.search_read(
            [
                ("community_id", "in", (False, community.id)),
                ("company_id", "in", (False, community.company_id.id)),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", last),
            ],
            fields_read,
            load=None,
        )
        return RateBook(Rate(row["id"], *(row[f] for f in fields_read)) for row in rows)
