from odoo import api, fields, models

from .property_plan_item import check_proposed


class PropertyPlanLine(models.Model):
    """One instalment: payable up to and including its date. What is paid of it follows
    from what is matched with the bills of the plan and from what is on account, the
    oldest instalment first."""

    _name = "property.plan.line"
    _description = "Instalment"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = frozenset(("amount_paid",))
    _placing_fields = frozenset(("plan_id",))
    _order = "plan_id, date, id"

    plan_id = fields.Many2one(
        "property.plan", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        related="plan_id.partner_id", string="Customer", store=True
    )
    community_id = fields.Many2one(
        related="plan_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")
    date = fields.Date("Due on", required=True, index=True)
    amount = fields.Monetary(required=True)
    amount_paid = fields.Monetary("Paid", readonly=True, copy=False)
    amount_open = fields.Monetary("Unpaid", compute="_compute_amount_open", store=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An instalment is an amount above zero."
    )

    @api.depends("amount", "amount_paid")
    def _compute_amount_open(self):
        for line in self:
            line.amount_open = line.currency_id.round(line.amount - line.amount_paid)

    @api.depends("date", "amount")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.date or ''} · {line.currency_id.format(line.amount)}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        check_proposed(lines)
        return lines

    def write(self, vals):
        check_proposed(self)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_proposals(self):
        check_proposed(self)
