from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...models.collection.contact_rules import MET, after
from ...models.collection.property_improvement import CAUSES, DAYS
from ...models.estate.dates import ONE_DAY


class PropertyContactRecord(models.TransientModel):
    """The little form after a call or a visit: one tap on what came of it."""

    _name = "property.contact.record"
    _inherit = ["property.community.bound"]
    _placing_fields = frozenset(("case_id", "visit_id"))
    _description = "Record a Contact"

    case_id = fields.Many2one(
        "property.collection.case", required=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="case_id.community_id")
    company_id = fields.Many2one(related="case_id.company_id")
    currency_id = fields.Many2one(related="case_id.currency_id")
    partner_phone = fields.Char(related="case_id.partner_phone")
    amount_overdue = fields.Monetary(related="case_id.amount_overdue")
    priority_text = fields.Char(related="case_id.priority_text")
    visit_id = fields.Many2one("property.visit")
    channel = fields.Selection(
        lambda self: self._selection("channel"), required=True, default="phone"
    )
    outcome = fields.Selection(lambda self: self._selection("outcome"))
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    note = fields.Text("What Was Said")

    reason = fields.Selection(
        lambda self: (
            self.env["property.collection.case"]
            ._fields["reason"]
            ._description_selection(self.env)
        ),
        "Why It Is Not Paid",
        compute="_compute_reason",
        store=True,
        readonly=False,
    )
    reason_note = fields.Text(
        "In the Customer's Words", compute="_compute_reason", store=True, readonly=False
    )
    is_met = fields.Boolean(compute="_compute_needs")
    needs_task = fields.Boolean(compute="_compute_needs")
    responsible_id = fields.Many2one(
        "res.users", compute="_compute_task", store=True, readonly=False
    )
    deadline = fields.Date(compute="_compute_task", store=True, readonly=False)
    task = fields.Text("What Is to Be Done")

    promise_amount = fields.Monetary(
        "Promised", compute="_compute_promise", store=True, readonly=False
    )
    promise_date = fields.Date("Promised by")
    next_text = fields.Char("Next", compute="_compute_next_text")

    @api.model
    def _selection(self, name):
        field = self.env["property.contact"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("case_id")
    def _compute_reason(self):
        for wizard in self:
            wizard.reason = wizard.case_id.reason
            wizard.reason_note = wizard.case_id.reason_note

    @api.depends("outcome", "reason", "case_id")
    def _compute_needs(self):
        for wizard in self:
            open_causes = wizard.case_id.improvement_ids.filtered(
                lambda task: task.state == "open"
            ).mapped("cause")
            wizard.is_met = wizard.outcome in MET
            wizard.needs_task = (
                wizard.is_met
                and wizard.reason in CAUSES
                and wizard.reason not in open_causes
            )

    @api.depends("case_id")
    def _compute_task(self):
        for wizard in self:
            community = wizard.community_id
            wizard.responsible_id = community.cs_head_id or community.manager_id
            today = community and community._property_today()
            wizard.deadline = today and today + timedelta(days=DAYS)

    @api.depends("outcome")
    def _compute_promise(self):
        for wizard in self:
            wizard.promise_amount = wizard.promise_amount or wizard.amount_overdue

    @api.depends("outcome", "promise_date", "date")
    def _compute_next_text(self):
        labels = dict(
            self.env["property.collection.case"]
            ._fields["next_action"]
            ._description_selection(self.env)
        )
        for wizard in self:
            wizard.next_text = wizard._next_says(labels)

    def _next_says(self, labels):
        if not self.outcome or not self.case_id:
            return False
        if self.outcome == "promised":
            if not self.promise_date:
                return False
            action, day = "follow_promise", self.promise_date + ONE_DAY
        else:
            local = self.case_id._local(self.date)
            action, day = after(self.outcome, local.date())
        return f"{labels[action]} · {format_date(self.env, day)}"

    def action_outcome(self):
        """One tap: note the outcome, and save unless something more has to be said."""
        self.ensure_one()
        self.outcome = self.env.context["outcome"]
        if self._what_is_missing():
            return self._again()
        return self.action_save()

    def action_save(self):
        """Note the contact and what follows from it.

        :raises UserError: without an outcome, a reason or what a promise requires; and
            when the contact may not take place (procedure, section 4)
        """
        self.ensure_one()
        missing = self._what_is_missing()
        if missing:
            raise UserError(missing)
        self._write_reason()
        contact = self.env["property.contact"].create(self._contact_values())
        if self.outcome == "promised":
            self.env["property.promise"].create(
                {
                    "case_id": self.case_id.id,
                    "amount": self.promise_amount,
                    "date": self.promise_date,
                }
            )
        if self.outcome == "disputed":
            return self._action_dispute()
        return {"type": "ir.actions.act_window_close", "infos": {"id": contact.id}}

    def _contact_values(self):
        return {
            "case_id": self.case_id.id,
            "channel": self.channel,
            "date": self.date,
            "outcome": self.outcome,
            "note": self.note,
            "visit_id": self.visit_id.id,
        }

    def _write_reason(self):
        """What the customer says, on the case; service and third parties open a task
        (clauses 4.2.5, 4.2.6)."""
        if not self.is_met:
            return
        task = {
            "responsible_id": self.responsible_id.id,
            "deadline": self.deadline,
        }
        if self.task:
            task["description"] = self.task
        values = {"reason_note": self.reason_note}
        if self.reason != self.case_id.reason or self.needs_task:
            values["reason"] = self.reason
        self.case_id.with_context(property_improvement=task).write(values)

    def _what_is_missing(self):
        """What has to be said before it can be saved, as a text; or None."""
        if not self.outcome:
            return self.env._("Say what came of it.")
        if self.is_met and not self.reason:
            return self.env._("Say why the customer does not pay.")
        if self.needs_task and not (self.responsible_id and self.deadline):
            return self.env._("Say who sees to it, and until when.")
        if self.outcome == "promised" and not self.promise_date:
            return self.env._("Say until when the customer promised to pay.")
        if self.outcome == "promised" and self.promise_amount <= 0:
            return self.env._("Say how much the customer promised to pay.")
        return None

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.case_id.partner_id.display_name,
        }

    def _action_dispute(self):
        """The form in which the dispute is put down."""
        move = self.case_id._oldest_invoice()
        cause = self.reason if self.reason in CAUSES else "billing"
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.dispute",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Dispute"),
            "context": {
                "default_move_id": move.id,
                "default_cause": cause,
                "default_note": self.note,
            },
        }
