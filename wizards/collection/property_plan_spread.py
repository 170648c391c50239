from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import date_utils, format_date

from ...models.collection.instalments import spread


class PropertyPlanSpread(models.TransientModel):
    """Divide what a plan covers into equal monthly instalments."""

    _name = "property.plan.spread"
    _description = "Spread Instalments"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("plan_id",))

    plan_id = fields.Many2one("property.plan", required=True, ondelete="cascade")
    community_id = fields.Many2one(related="plan_id.community_id", store=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    amount = fields.Monetary(related="plan_id.amount_covered")
    count = fields.Integer("Instalments", required=True, default=6)
    months = fields.Integer("Every … Months", required=True, default=1)
    first_date = fields.Date(
        "First Due on",
        compute="_compute_first_date",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    preview = fields.Char(compute="_compute_preview")

    _count_range = models.Constraint(
        "CHECK(count BETWEEN 1 AND 120 AND months BETWEEN 1 AND 12)",
        "From 1 to 120 instalments, 1 to 12 months apart.",
    )

    @api.depends("plan_id")
    def _compute_first_date(self):
        """The community's due day next month."""
        for wizard in self:
            community = wizard.plan_id.community_id
            if community and not wizard.first_date:
                day = date_utils.add(community._property_today(), months=1)
                wizard.first_date = day.replace(day=community.due_day)

    @api.depends("count", "months", "first_date", "amount")
    def _compute_preview(self):
        for wizard in self:
            rows = wizard._rows()
            wizard.preview = rows and self.env._(
                "%(each)s each, the last %(last)s on %(date)s",
                each=wizard.currency_id.format(rows[0][1]),
                last=wizard.currency_id.format(rows[-1][1]),
                date=format_date(self.env, rows[-1][0]),
            )

    def action_spread(self):
        """Replace the instalments of the proposal."""
        self.ensure_one()
        self.plan_id.write(
            {
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create({"date": day, "amount": amount})
                        for day, amount in self._rows()
                    ),
                ]
            }
        )
        return {"type": "ir.actions.act_window_close"}

    def _rows(self):
        if not self.first_date or self.count < 1 or not self.amount:
            return []
        return spread(
            self.amount,
            self.count,
            self.first_date,
            self.currency_id.decimal_places,
            max(1, self.months),
        )
