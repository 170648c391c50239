from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said

# Written by the named methods only, never by hand.
BY_METHOD = frozenset(
    (
        "state",
        "proposed_by",
        "decided_by",
        "decided_on",
        "ended_on",
        "amount_on_account",
        "credit_elsewhere",
    )
)
# What the company decides on; afterwards it stays as it is.
PROPOSAL = frozenset(
    ("case_id", "kind", "reason", "evidence_ids", "item_ids", "line_ids")
)


class PropertyPlan(models.Model):
    """What is proposed for a customer in real hardship (procedure, clause 4.3.2): to
    pay by instalments, or a waiver. The company decides; then payments alone say
    whether a plan is kept."""

    _name = "property.plan"
    _description = "Plan or Waiver"
    _inherit = [
        "property.guarded",
        "property.case.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "id desc"
    _rec_names_search = ["partner_id.name"]
    # Whoever may read a plan may write down what he heard about it.
    _mail_post_access = "read"

    kind = fields.Selection(
        [("instalments", "Instalments"), ("waiver", "Waiver")],
        required=True,
        default="instalments",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("running", "Running"),
            ("done", "Done"),
            ("broken", "Broken"),
            ("rejected", "Rejected"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    reason = fields.Text(
        "Hardship",
        required=True,
        default="",
        help="Why the customer cannot pay, and how that is known.",
    )
    evidence_ids = fields.Many2many(
        "ir.attachment", "property_plan_evidence_rel", copy=False
    )
    proposed_by = fields.Many2one("res.users", readonly=True, copy=False)
    decision_reason = fields.Text(
        "Reasons of the Decision", copy=False, help="Why the company decided so."
    )
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    decided_on = fields.Date(readonly=True, copy=False)
    agreed_on = fields.Date(
        copy=False, tracking=True, help="On this day the customer agreed to the plan."
    )
    agreement_ids = fields.Many2many(
        "ir.attachment",
        "property_plan_agreement_rel",
        string="Signed Agreement",
        copy=False,
    )
    ended_on = fields.Date(
        readonly=True, copy=False, help="On this day it was done, or broke."
    )

    item_ids = fields.One2many("property.plan.item", "plan_id", "Bills")
    move_ids = fields.Many2many(
        "account.move", string="Invoices", compute="_compute_move_ids"
    )
    line_ids = fields.One2many("property.plan.line", "plan_id", "Instalments")
    amount_covered = fields.Monetary(
        "Covered", compute="_compute_amount_covered", store=True, tracking=True
    )
    amount_difference = fields.Monetary(
        "To Distribute",
        compute="_compute_amounts",
        help="What the instalments do not make up of the bills yet.",
    )
    amount_paid = fields.Monetary("Paid", compute="_compute_amount_paid", store=True)
    amount_on_account = fields.Monetary(
        "Credits Counted",
        readonly=True,
        copy=False,
        help="Payments and credit notes that are not matched with anything yet and "
        "count for these bills.",
    )
    credit_elsewhere = fields.Monetary(
        "Credits of Older Bills",
        readonly=True,
        copy=False,
        help="Credits that older bills had taken up when it was proposed.",
    )
    next_date = fields.Date(
        "Next Due", compute="_compute_next", help="Oldest instalment not paid in full."
    )
    late_amount = fields.Monetary("Late", compute="_compute_next")
    line_count = fields.Integer(compute="_compute_amounts")

    _in_force_once = models.UniqueIndex(
        "(case_id) WHERE kind = 'instalments' AND state IN ('approved', 'running')",
        "The customer already has a plan in force.",
    )
    _proposed_once = models.UniqueIndex(
        "(case_id, kind) WHERE state = 'proposed'",
        "Such a proposal is already with the company.",
    )

    @api.depends("item_ids.move_id")
    def _compute_move_ids(self):
        for plan in self:
            plan.move_ids = plan.item_ids.move_id

    @api.depends("item_ids.amount")
    def _compute_amount_covered(self):
        for plan in self:
            plan.amount_covered = sum(plan.item_ids.mapped("amount"))

    @api.depends("line_ids.amount", "amount_covered")
    def _compute_amounts(self):
        for plan in self:
            spread = sum(plan.line_ids.mapped("amount"))
            plan.amount_difference = plan.currency_id.round(
                plan.amount_covered - spread
            )
            plan.line_count = len(plan.line_ids)

    @api.depends("line_ids.amount_paid", "item_ids.credit_move_id")
    def _compute_amount_paid(self):
        for plan in self:
            if plan.kind == "instalments":
                plan.amount_paid = sum(plan.line_ids.mapped("amount_paid"))
            else:
                waived = plan.item_ids.filtered("credit_move_id")
                plan.amount_paid = sum(waived.mapped("amount"))

    @api.depends("line_ids.date", "line_ids.amount", "line_ids.amount_paid", "state")
    def _compute_next(self):
        for plan in self:
            unpaid = plan.line_ids.filtered("amount_open")
            plan.next_date = min(unpaid.mapped("date"), default=False)
            late = self.env["property.plan.line"]
            if plan.state == "running":
                late = plan._late_lines(plan.community_id._property_today())
            plan.late_amount = sum(late.mapped("amount_open"))

    @api.depends("kind", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for plan in self:
            plan.display_name = (
                f"{kinds.get(plan.kind, '')} · {plan.partner_id.name or ''}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        # sudo: who proposed it is written by the system alone.
        plans.sudo().filtered(
            lambda plan: not plan.proposed_by
        ).proposed_by = self.env.user
        plans.filtered(lambda plan: not plan.item_ids)._snapshot()
        # An outside system may bring it in without words; the decision asks for them.
        plans.filtered("reason")._check_reason()
        plans._tell_company()
        return plans

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        result = super().write(vals)
        if "reason" in vals:
            self._check_reason()
        if "state" in vals:
            # The indexes would still see the old state if the next came in at once.
            self.flush_recordset(["state"])
            # sudo: a decision moves the case, whoever takes it.
            self.case_id.sudo()._touch()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A proposal is history. Withdraw it."))

    def _check_may_write(self, vals):
        if PROPOSAL & set(vals) and any(plan.state != "proposed" for plan in self):
            raise UserError(
                self.env._("The company has decided on it; it stays as it is.")
            )
        if "agreed_on" in vals and any(plan.state != "approved" for plan in self):
            raise UserError(
                self.env._("The day of the agreement is set on an approved plan.")
            )
        if "decision_reason" in vals:
            self._check_decider()

    def _check_reason(self):
        if any(not said(plan.reason) for plan in self):
            raise UserError(self.env._("Say what the hardship is."))
