from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class PropertyCharge(models.Model):
    """A charge held against the one of the month before."""

    _inherit = "property.charge"

    amount_change = fields.Monetary(
        "Change",
        compute="_compute_amount_change",
        search="_search_amount_change",
        help="Against the amount for the same unit and fee in the month before.",
    )
    quantity_unit = fields.Char(related="fee_item_id.quantity_unit", string="Unit of")
    run_state = fields.Selection(related="run_id.state", string="State of the Run")

    @api.depends("amount", "amount_previous")
    def _compute_amount_change(self):
        for charge in self:
            charge.amount_change = charge.amount - charge.amount_previous

    @api.model
    def _search_amount_change(self, operator, value):
        if operator not in ("<", ">", "<=", ">=", "in", "not in"):
            return NotImplemented
        operand = tuple(value) if operator in ("in", "not in") else value

        def to_sql(model, alias, query):
            amount = model._field_to_sql(alias, "amount", query)
            previous = model._field_to_sql(alias, "amount_previous", query)
            return SQL(
                "(COALESCE(%s, 0) - COALESCE(%s, 0)) %s %s",
                amount,
                previous,
                SQL(operator.upper()),
                operand,
            )

        return Domain.custom(to_sql=to_sql)
