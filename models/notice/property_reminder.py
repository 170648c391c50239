from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .property_reminder_channel import CHANNELS

SENT = ("sent", "reached", "failed")
# What came of a call, see ``property.call``.
REACHED_BY_PHONE = ("reached", "refused")


class PropertyReminder(models.Model):
    """One reminder: whom, of which due date, through which channel, and what became of
    it. Also whoever is not reminded stands here, with the reason. Nobody writes it by
    hand: campaigns do."""

    _name = "property.reminder"
    _description = "Reminder to a Customer"
    _inherit = ["property.community.bound"]
    _order = "campaign_id desc, sort_key, partner_id, id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one(
        "property.reminder.campaign",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    community_id = fields.Many2one(
        related="campaign_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    date_due = fields.Date(related="campaign_id.date_due", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one("property.unit", "First Unit", readonly=True)
    building_id = fields.Many2one(
        "property.building", readonly=True, index="btree_not_null"
    )
    sort_key = fields.Char(readonly=True, help="The first unit's place in room order.")
    channel = fields.Selection(
        CHANNELS, readonly=True, help="Empty: none, see the reason."
    )
    amount = fields.Monetary(
        readonly=True, help="To be paid by the due date, when it was looked at last."
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("sent", "Sent"),
            ("reached", "Reached"),
            ("failed", "Failed"),
            ("skipped", "Not reminded"),
        ],
        compute="_compute_state",
        store=True,
        default="planned",
        required=True,
        index=True,
    )
    reason = fields.Char(
        "Why Not", compute="_compute_state", store=True, help="Or what it waits for."
    )
    left_out = fields.Boolean("Left out by Hand", readonly=True)
    retry_on = fields.Datetime("Not before", readonly=True)
    notice_id = fields.Many2one(
        "property.notice", readonly=True, index="btree_not_null", ondelete="set null"
    )
    delivery_id = fields.Many2one(
        "property.delivery", readonly=True, index="btree_not_null", ondelete="set null"
    )
    call_id = fields.Many2one(
        "property.call", readonly=True, index="btree_not_null", ondelete="set null"
    )
    sent_on = fields.Datetime(readonly=True)
    opened_on = fields.Datetime(
        "Opened on", readonly=True, help="The customer has followed the link."
    )
    cost_unit = fields.Monetary(
        "Cost of One", currency_field="company_currency_id", readonly=True
    )
    cost = fields.Monetary(
        compute="_compute_cost", store=True, currency_field="company_currency_id"
    )
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")

    _once = models.UniqueIndex(
        "(community_id, partner_id, date_due, channel) WHERE state != 'skipped'",
        "This customer is reminded of the due date through this channel already.",
    )
    _poster_once = models.UniqueIndex(
        "(campaign_id) WHERE channel = 'poster'", "The posters are counted already."
    )
    _to_send_idx = models.Index("(campaign_id, sort_key) WHERE state = 'planned'")

    @api.depends(
        "delivery_id.outcome",
        "delivery_id.void_reason",
        "delivery_id.mail_notification_id.notification_status",
        "call_id.state",
        "call_id.outcome",
        "opened_on",
    )
    def _compute_state(self):
        for row in self:
            state, reason = row._standing()
            row.state = state or row.state or "planned"
            row.reason = row.reason if reason is None else reason

    def _standing(self):
        """(state, reason) as delivery or call say; None leaves what there is."""
        if self.opened_on and self.delivery_id:
            return "reached", ""
        if self.delivery_id:
            return self._standing_of_delivery()
        if self.call_id:
            return self._standing_of_call()
        return None, None

    def _standing_of_delivery(self):
        row = self.delivery_id
        status = row.email_state
        if row.void_reason:
            return "failed", row.void_reason
        if status == "canceled":
            return "skipped", row.email_failure or self.env._("called off")
        if row.outcome == "undeliverable":
            labels = row._fields["email_failure_type"]._description_selection(self.env)
            failure = dict(labels).get(row.email_failure_type)
            return "failed", row.email_failure or failure or ""
        if status == "ready":
            return "planned", self.env._("in the queue")
        # That a mail server took it says nothing about its reader.
        reached = row.outcome in ("acknowledged", "delivered") or (
            row.channel == "sms" and row.outcome == "electronic"
        )
        return "reached" if reached else "sent", ""

    def _standing_of_call(self):
        call = self.call_id
        if call.state == "cancelled":
            return "skipped", self.env._("taken off the call list")
        if call.outcome in REACHED_BY_PHONE:
            return "reached", ""
        if call.state == "done":
            labels = call._fields["outcome"]._description_selection(self.env)
            return "failed", dict(labels).get(call.outcome, "")
        return "planned", self.env._("on the call list")

    @api.depends("state", "cost_unit", "campaign_id.poster_count")
    def _compute_cost(self):
        for row in self:
            pieces = row.campaign_id.poster_count if row.channel == "poster" else 1
            row.cost = pieces * row.cost_unit if row.state in SENT else 0.0

    def _skip(self, reason):
        """Not reminded any more, for a reason."""
        self.write({"state": "skipped", "reason": reason, "retry_on": False})

    def action_leave_out(self):
        """Do not remind these customers in this campaign; in the preview only.

        :raises UserError: once it is sent
        """
        self._check_preview()
        text = self.env._("left out by %(user)s", user=self.env.user.name)
        # sudo: reminders are written by methods only.
        rows = self.sudo()
        rows.write({"left_out": True})
        rows._skip(text)

    def action_take_in(self):
        """Undo ``action_leave_out``."""
        self._check_preview()
        # sudo: as above.
        rows = self.sudo()
        rows.write({"left_out": False})
        rows.campaign_id._fill()

    def _check_preview(self):
        self.campaign_id._check_may_notify()
        if any(campaign.state != "draft" for campaign in self.campaign_id):
            raise UserError(self.env._("The campaign is sent already."))

    def action_open_notice(self):
        """Open the notice that goes with the reminder."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.notice",
            "res_id": self.notice_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _customers_of(self, campaigns):
        """{campaign id: (number of customers, what those to be reminded are to pay)}"""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT campaign_id, count(*), sum(amount) FROM (
                    SELECT campaign_id, partner_id,
                           max(CASE WHEN state != 'skipped' THEN amount ELSE 0 END)
                               AS amount
                      FROM property_reminder
                     WHERE campaign_id IN %s AND partner_id IS NOT NULL
                  GROUP BY campaign_id, partner_id) c
              GROUP BY campaign_id
                """,
                tuple(campaigns.ids) or (0,),
            )
        )
        return {campaign: (count, amount) for campaign, count, amount in rows}
