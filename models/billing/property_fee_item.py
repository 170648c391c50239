from odoo import api, fields, models


class PropertyFeeItem(models.Model):
    """What owners are charged for. Income account and taxes are the product's."""

    _name = "property.fee.item"
    _description = "Fee Item"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="restrict",
        check_company=True,
        help="Brings the income account and the taxes.",
    )
    basis = fields.Selection(
        [
            ("area", "Floor area × rate"),
            ("fixed", "Fixed"),
            ("meter", "Meter reading"),
            ("apportioned", "Shared cost, apportioned"),
        ],
        required=True,
        default="area",
    )
    quantity_unit = fields.Char(
        compute="_compute_quantity_unit",
        store=True,
        readonly=False,
        help="Printed behind the quantity, such as m², kWh or m³.",
    )
    vacancy_eligible = fields.Boolean(
        help="The rate's vacancy factor applies to vacant units with an approval."
    )
    is_prepayable = fields.Boolean(
        compute="_compute_is_prepayable",
        store=True,
        readonly=False,
        help="Not billed for months that are paid through.",
    )
    rate_ids = fields.One2many("property.fee.rate", "fee_item_id")

    _code_uniq = models.UniqueIndex(
        "(company_id, code) NULLS NOT DISTINCT", "Another fee item has this code."
    )

    @api.depends("basis")
    def _compute_is_prepayable(self):
        for item in self:
            item.is_prepayable = item.basis in ("area", "fixed")

    @api.depends("basis")
    def _compute_quantity_unit(self):
        for item in self:
            item.quantity_unit = {"area": "m²", "meter": "kWh"}.get(item.basis, "")
