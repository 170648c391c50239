from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.property_community_bound import PLACES

# What the shares were computed from; once it is billed it stays.
EVIDENCE = frozenset(
    ("community_id", "fee_item_id", "period", "amount", "method", "building_ids")
)


class PropertySharedCost(models.Model):
    """A community's cost of one month that its units share. 公攤水電"""

    _name = "property.shared.cost"
    _description = "Shared Cost"
    _inherit = ["property.community.bound", "mail.thread"]
    _placing_fields = PLACES | {"building_ids"}
    _order = "period desc, community_id, fee_item_id, id"

    name = fields.Char("Supplier's Bill No.")
    community_id = fields.Many2one(
        "property.community", required=True, index=True, tracking=True
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True)
    currency_id = fields.Many2one(related="community_id.currency_id")
    fee_item_id = fields.Many2one(
        "property.fee.item",
        required=True,
        ondelete="restrict",
        domain="[('basis', '=', 'apportioned')]",
        tracking=True,
    )
    period = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="The month; any day of it is stored as its first.",
    )
    amount = fields.Monetary(required=True, tracking=True)
    method = fields.Selection(
        [("area", "By floor area"), ("key", "By agreed key"), ("equal", "Equally")],
        default="area",
        required=True,
    )
    building_ids = fields.Many2many(
        "property.building",
        domain="[('community_id', '=', community_id)]",
        help="Empty: the whole community.",
    )

    @api.depends("community_id.name", "fee_item_id.name", "period")
    def _compute_display_name(self):
        for cost in self:
            month = cost.period.strftime("%Y-%m") if cost.period else ""
            names = (cost.community_id.name, cost.fee_item_id.name, month)
            cost.display_name = " · ".join(filter(None, names))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._first_of_month(vals)
        return super().create(vals_list)

    def write(self, vals):
        if EVIDENCE & set(vals):
            self._check_not_billed()
        self._first_of_month(vals)
        return super().write(vals)

    @api.private
    def _weights(self, units):
        """Weight of each of ``units`` that shares the cost: {unit id: weight}"""
        self.ensure_one()
        if self.building_ids:
            units = units.filtered(lambda unit: unit.building_id in self.building_ids)
        weigh = {
            "area": lambda unit: unit.floor_area,
            "key": lambda unit: unit.apportion_key,
            "equal": lambda unit: 1.0,
        }[self.method]
        return {unit.id: weigh(unit) for unit in units if weigh(unit) > 0}

    def _first_of_month(self, vals):
        if vals.get("period"):
            vals["period"] = fields.Date.to_date(vals["period"]).replace(day=1)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_billed(self):
        self._check_not_billed()

    def _check_not_billed(self):
        """:raises UserError: where the fee of that month is signed or billed"""
        # sudo: a charge counts though the user may not see it.
        groups = (
            self.env["property.charge"]
            .sudo()
            ._read_group(
                [
                    ("community_id", "in", self.community_id.ids),
                    ("fee_item_id", "in", self.fee_item_id.ids),
                    ("period", "in", self.mapped("period")),
                    ("run_id.state", "not in", ("draft", "computed")),
                ],
                ["community_id", "fee_item_id", "period:month", "run_id"],
            )
        )
        for cost in self:
            key = (cost.community_id.id, cost.fee_item_id.id, cost.period)
            states = {
                run.state
                for community, item, month, run in groups
                if (community.id, item.id, month) == key
            }
            if states == {"signed"}:
                raise UserError(
                    self.env._(
                        "%(cost)s is charged in a signed billing run. Withdraw the "
                        "signatures first.",
                        cost=cost.display_name,
                    )
                )
            if states:
                raise UserError(
                    self.env._("This cost has been billed. Keep it as evidence.")
                )
