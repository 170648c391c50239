from odoo import api, fields, models
from odoo.exceptions import UserError


class PropertyCollectionStep(models.Model):
    """After how many months unpaid which notice goes out."""

    _name = "property.collection.step"
    _description = "Collection Step"
    _order = "policy_id, months, sequence, id"

    policy_id = fields.Many2one(
        "property.collection.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        translate=True,
    )
    sequence = fields.Integer(default=10)
    months = fields.Integer(
        "Months Unpaid",
        required=True,
        default=1,
        help="Reached when so many calendar months lie between the month of the oldest "
        "open charge and the present one.",
    )
    notice_kind = fields.Selection(
        [
            ("demand", "Demand notice"),
            ("final", "Final notice"),
            ("lawyer", "Lawyer's letter"),
        ],
        required=True,
        default="demand",
        help="A lawyer's letter is sent from the legal case only.",
    )
    deadline_days = fields.Integer(
        "Days to Pay", required=True, default=7, help="The deadline on the notice."
    )
    report_to = fields.Selection(
        [("none", "Nobody"), ("manager", "The manager"), ("company", "The company")],
        required=True,
        default="none",
    )
    malicious_only = fields.Boolean(
        "Malicious Default Only",
        default=False,
        required=True,
        help="Reached only by customers whose default the manager has found malicious.",
    )
    fold = fields.Boolean("Folded on the Board")

    _months_once = models.UniqueIndex(
        "(policy_id, months, malicious_only)",
        "The policy already has a step after so many months.",
    )
    _days_positive = models.Constraint(
        "CHECK(months > 0 AND deadline_days > 0)",
        "A step comes after at least one month and leaves at least one day to pay.",
    )

    @api.depends("notice_kind")
    def _compute_name(self):
        kinds = dict(self._fields["notice_kind"]._description_selection(self.env))
        for step in self:
            step.name = step.name or kinds.get(step.notice_kind)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._touch_cases()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if {"months", "malicious_only", "policy_id"} & set(vals):
            self._touch_cases()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_noticed(self):
        # sudo: notices of other communities count as well.
        notices = self.env["property.notice"].sudo()
        if notices.search_count([("step_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Notices were issued at this stage; archive the policy instead."
                )
            )

    def _touch_cases(self):
        """A changed calendar moves the open cases that follow it."""
        # sudo: whoever may set a policy need not see every case that follows it.
        cases = self.env["property.collection.case"].sudo()
        cases.search([("state", "!=", "closed")])._touch()
