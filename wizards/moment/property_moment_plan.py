from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import date_utils

from ...models.collection.instalments import spread
from ...models.estate.texts import said


class PropertyMomentPlan(models.TransientModel):
    """The customer asks at the desk to pay by instalments. The company decides."""

    _name = "property.moment.plan"
    _description = "Plan at the Desk"
    _inherit = ["property.moment.way"]

    reason = fields.Text(
        "Hardship", help="Why the customer cannot pay, and how that is known."
    )
    count = fields.Integer("Instalments", required=True, default=6)
    first_date = fields.Date(
        "First Due on", compute="_compute_first_date", store=True, readonly=False
    )

    _count_range = models.Constraint(
        "CHECK(count BETWEEN 1 AND 120)", "From 1 to 120 instalments."
    )

    @api.depends("moment_id")
    def _compute_first_date(self):
        """The community's due day next month."""
        for wizard in self:
            community = wizard.moment_id.community_id
            if community and not wizard.first_date:
                day = date_utils.add(community._property_today(), months=1)
                wizard.first_date = day.replace(day=community.due_day)

    def action_apply(self):
        """Propose monthly instalments of what is due, and show the proposal.

        :raises UserError: where nothing is overdue, and without a reason
        """
        self.ensure_one()
        moment = self.moment_id
        moment._check_not_cancelled()
        if not said(self.reason):
            raise UserError(self.env._("Say what the hardship is."))
        case = moment._open_case()
        moment._log_contact("reached")
        plan = self.env["property.plan"].create(
            {"case_id": case.id, "kind": "instalments", "reason": self.reason}
        )
        rows = spread(
            plan.amount_covered,
            self.count,
            self.first_date,
            plan.currency_id.decimal_places,
        )
        plan.line_ids = [
            Command.create({"date": day, "amount": amount})
            for day, amount in rows
            if amount
        ]
        moment._settle("plan")
        return plan.get_formview_action()
