from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.texts import said

DAYS = 7
ACTIVITY = "property_fee_collection.activity_improvement"
CAUSES = ("service", "third_party")


class PropertyImprovement(models.Model):
    """What is done about poor service or a third party, because of which a customer
    does not pay (procedure, clauses 4.2.5 and 4.2.6). Payment is asked for all the
    same: a task changes nothing on the case."""

    _name = "property.improvement"
    _description = "Improvement Task"
    _inherit = [
        "property.guarded",
        "property.case.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(("state", "escalated_to", "date_done"))
    _order = "deadline, id"
    _rec_names_search = ["description", "partner_id.name"]
    _mail_post_access = "read"

    cause = fields.Selection(
        [("service", "Poor service"), ("third_party", "Third party")],
        required=True,
        default="service",
        tracking=True,
    )
    description = fields.Text("What Is to Be Done", required=True)
    responsible_id = fields.Many2one(
        "res.users",
        required=True,
        compute="_compute_plan",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    deadline = fields.Date(
        required=True,
        compute="_compute_plan",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="This day included.",
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    result = fields.Text(copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    escalated_to = fields.Selection(
        [("head", "Customer service head"), ("manager", "Manager")],
        readonly=True,
        copy=False,
        tracking=True,
    )

    @api.depends("case_id")
    def _compute_plan(self):
        for task in self:
            case = task.case_id
            community = case.community_id
            task.responsible_id = (
                task.responsible_id
                or community.cs_head_id
                or community.manager_id
                or case.user_id
                or self.env.user
            )
            if not task.deadline and community:
                today = community._property_today()
                task.deadline = today + timedelta(days=DAYS)

    @api.depends("partner_id", "cause")
    def _compute_display_name(self):
        causes = dict(self._fields["cause"]._description_selection(self.env))
        for task in self:
            cause = causes.get(task.cause, "")
            task.display_name = f"{task.partner_id.name or ''} · {cause}"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        for task in tasks:
            task._remind(task.responsible_id, task.description)
        return tasks

    def write(self, vals):
        result = super().write(vals)
        if {"responsible_id", "deadline"} & set(vals):
            for task in self.filtered(lambda task: task.state == "open"):
                # sudo: the reminder may be somebody else's.
                task.sudo().activity_unlink([ACTIVITY])
                task._remind(task.responsible_id, task.description)
        return result

    def action_done(self):
        """The task is done.

        :raises UserError: without a result
        """
        for task in self:
            if not said(task.result):
                raise UserError(self.env._("Say what came of it."))
        self._end("done")

    def action_cancel(self):
        """The task is not done; the result says why.

        :raises UserError: without that
        """
        for task in self:
            if not said(task.result):
                raise UserError(self.env._("Say why nothing is done."))
        self._end("cancelled")

    def _end(self, state):
        if any(task.state != "open" for task in self):
            raise UserError(self.env._("This task is over already."))
        self.check_access("write")
        # sudo: state changes through the buttons only.
        for task in self.sudo():
            task.write(
                {"state": state, "date_done": task.community_id._property_today()}
            )
        self.sudo().activity_unlink([ACTIVITY])
        for task in self:
            task.case_id._message_log(body=task._outcome_text())

    def _outcome_text(self):
        return self.env._(
            "%(task)s: %(result)s", task=self.display_name, result=self.result
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Tasks stay on record; cancel the wrong one."))
