from odoo import api, fields, models
from odoo.exceptions import UserError

from ..estate.dates import ONE_DAY
from .contact_rules import MET


class PropertyCollectionCase(models.Model):
    """Contacts, promises, visits and tasks of a case (procedure, clauses 4.2.3–4.2.6
    and 5.4)."""

    _inherit = "property.collection.case"

    contact_ids = fields.One2many("property.contact", "case_id")
    promise_ids = fields.One2many("property.promise", "case_id")
    visit_ids = fields.One2many("property.visit", "case_id")
    improvement_ids = fields.One2many("property.improvement", "case_id")
    last_contact_id = fields.Many2one(
        "property.contact",
        compute="_compute_last_contact",
        store=True,
    )
    last_contact_date = fields.Datetime(
        "Last Contact on", compute="_compute_last_contact", store=True
    )
    last_outcome = fields.Selection(
        related="last_contact_id.outcome", string="Last Outcome"
    )
    is_reason_missing = fields.Boolean(
        compute="_compute_is_reason_missing",
        help="The customer was met, and nobody has written down why he does not pay.",
    )

    @api.depends("contact_ids.date", "contact_ids.void_reason")
    def _compute_last_contact(self):
        for case in self:
            last = max(
                case.contact_ids.filtered(lambda contact: not contact.void_reason),
                key=lambda contact: (contact.date, contact.id),
                default=self.env["property.contact"],
            )
            case.last_contact_id, case.last_contact_date = last, last.date

    @api.depends("reason", "contact_ids.outcome", "contact_ids.void_reason")
    def _compute_is_reason_missing(self):
        for case in self:
            case.is_reason_missing = not case.reason and case._was_met()

    def _was_met(self):
        """Whether the customer was met since the present arrears began."""
        opened = self._day_opened()
        return self.state != "closed" and any(
            contact.outcome in MET
            and not contact.void_reason
            and (not opened or self._local(contact.date).date() >= opened)
            for contact in self.contact_ids
        )

    @api.constrains("reason")
    def _check_reason(self):
        for case in self:
            if not case.reason and case._was_met():
                raise UserError(
                    self.env._("The reason is required once the customer was met.")
                )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("reason") in ("service", "third_party"):
            self._open_improvements(vals["reason"])
        if {"user_id", "hold_until", "postponed_to"} & set(vals):
            self._remind_later()
        return result

    def _open_improvements(self, cause):
        """A task for those that have none open for this cause (clauses 4.2.5, 4.2.6);
        it changes nothing else on the case."""
        values = self.env.context.get("property_improvement") or {}
        self.env["property.improvement"].create(
            [
                {
                    "case_id": case.id,
                    "cause": cause,
                    "description": case.reason_note or case._task_text(cause),
                    **values,
                }
                for case in self
                if not any(
                    task.state == "open" and task.cause == cause
                    for task in case.improvement_ids
                )
            ]
        )

    def _task_text(self, cause):
        if cause == "service":
            return self.env._("Find out what was wrong and put it right.")
        return self.env._("Explain, or mediate with the third party.")

    def _local(self, moment):
        """``moment`` (UTC) as the clock shows it in the community."""
        self.ensure_one()
        return self.community_id._clock(moment)

    def _open_promise(self):
        # A loop, as for plans: asked of every case of a statement, most have none.
        for promise in self.promise_ids:
            if promise.state == "open":
                return promise
        return self.promise_ids.browse()

    def _last_promise(self):
        """The last one that was not struck."""
        return max(
            self.promise_ids.filtered(lambda promise: promise.state != "cancelled"),
            key=lambda promise: promise.id,
            default=self.env["property.promise"],
        )

    def _promised_until(self):
        # Read for all cases of the batch at once, as a field of them.
        return self._open_promise().date or super()._promised_until()

    def _day_opened(self):
        if self.date_opened:
            return self.date_opened
        return self.anchor_date and self.anchor_date + ONE_DAY
