from odoo import api, fields, models
from odoo.tools import split_every

from ...models.billing.rates import Place
from ...models.estate.dates import ONE_DAY


class PropertyLedgerImport(models.Model):
    """The sheet's prices as fee rates, from the day after the ledger on."""

    _inherit = "property.ledger.import"

    create_rates = fields.Boolean(
        help="Where no rate is valid the day after: the sheet's most common price for "
        "the community, other prices for their units. Only for those who keep rates.",
    )
    fee_item_id = fields.Many2one(
        "property.fee.item",
        compute="_compute_fee_item_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('basis', '=', 'area'), ('company_id', 'in', (False, company_id))]",
    )

    @api.depends("community_id")
    def _compute_fee_item_id(self):
        items = self.env["property.fee.item"].search([("basis", "=", "area")])
        for record in self:
            company = record.community_id.company_id
            record.fee_item_id = record.fee_item_id or next(
                (
                    item
                    for item in items
                    if item.company_id in (company.browse(), company)
                ),
                False,
            )

    def _bring_rates(self, work):
        # who does not keep rates leaves them to Finance
        if (
            self.create_rates
            and self.fee_item_id
            and self.env["property.fee.rate"].has_access("create")
        ):
            self._create_rates(work)

    def _create_rates(self, work):
        first = work.as_of + ONE_DAY
        unpriced = self._unpriced_units(work, first)
        if not unpriced:
            return
        common = max(unpriced, key=lambda price: len(unpriced[price]))
        vals_list = [{"community_id": self.community_id.id, "price": float(common)}]
        vals_list += [
            {"unit_id": unit_id, "price": float(price)}
            for price, unit_ids in unpriced.items()
            if price != common
            for unit_id in unit_ids
        ]
        self.env["property.fee.rate"].create(
            [
                {**vals, "fee_item_id": self.fee_item_id.id, "date_from": first}
                for vals in vals_list
            ]
        )

    def _unpriced_units(self, work, first):
        """{price: ids of units for which no rate is valid on the day ``first``}."""
        book = self.env["property.fee.rate"]._book(self.community_id, first)
        item, community = self.fee_item_id.id, self.community_id.id
        unpriced = {}
        for price, unit_ids in work.units_by_price.items():
            for some_ids in split_every(1000, unit_ids):
                units = self.env["property.unit"].search_read(
                    [("id", "in", some_ids)], ["building_id", "unit_type"], load=None
                )
                for unit in units:
                    place = Place(
                        unit["id"], unit["building_id"], community, unit["unit_type"]
                    )
                    if not book.find(item, place, first, first):
                        unpriced.setdefault(price, []).append(unit["id"])
        return unpriced
