from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import date_utils

from .property_reminder_channel import CHANNELS
from .reminder_rules import day_before

BY_METHOD = frozenset(
    ("name", "state", "notice_user_id", "notice_unreported", "started_on", "sending")
)
# What was agreed upon in the preview does not change once it is sent.
PLAN = frozenset(
    (
        "community_id",
        "date_due",
        "days_before",
        "letter_to_all",
        *(f"by_{channel}" for channel, _label in CHANNELS if channel != "poster"),
    )
)


def _by(label, tip=None):
    """Whether a channel is used: proposed by the company, changed in the preview."""
    return fields.Boolean(
        label,
        compute="_compute_channels",
        store=True,
        readonly=False,
        precompute=True,
        help=tip,
    )


class PropertyReminderCampaign(models.Model):
    """Getting paid before it is late: who is reminded of one due date, so many days
    before it, through which channels (procedure, clause 5.3.1). A preview first;
    nothing goes out before somebody sends it, unless the company wants it so."""

    _name = "property.reminder.campaign"
    _description = "Reminder Campaign"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "property.notice.batch",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = BY_METHOD
    _order = "date_due desc, days_before desc, id desc"
    _rec_names_search = ["name", "community_id.name"]
    _print_path = "/property/reminders"

    name = fields.Char(compute="_compute_name", store=True)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_due = fields.Date(
        "Due Date", required=True, index=True, help="Of the bills it reminds of."
    )
    days_before = fields.Integer(
        "Days before", required=True, default=10, aggregator=None
    )
    date_planned = fields.Date(
        "To Send on", compute="_compute_date_planned", store=True
    )
    state = fields.Selection(
        [
            ("draft", "Preview"),
            ("running", "In Progress"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="Running: up to the due date, as long as calls and payments come in.",
    )
    started_on = fields.Datetime("Sent on", readonly=True, copy=False)
    sending = fields.Boolean(
        readonly=True, copy=False, help="The author waits to hear that all is sent."
    )
    by_sms = _by("SMS")
    by_email = _by("E-mail")
    by_letter = _by("Letter")
    by_phone = _by("Phone", "Only those whom a cheaper channel did not reach.")
    by_event = _by(
        "Invitation", "To an event or service day, the amount in an envelope."
    )
    by_poster = _by("Poster")
    letter_to_all = fields.Boolean(
        "Letters to Everybody",
        help="Otherwise only to those whom neither SMS nor e-mail reaches.",
    )
    poster_count = fields.Integer("Posters Hung up", default=0)
    offer_line = fields.Char(
        "Line about Paying Ahead",
        compute="_compute_offer_line",
        store=True,
        readonly=False,
    )
    event_name = fields.Char("Event", help="Such as a service day in the garden.")
    event_date = fields.Datetime("Takes Place on")
    event_place = fields.Char("Place")
    event_text = fields.Text("Words of Invitation", help="Nothing about money.")

    notice_ids = fields.One2many("property.notice", "campaign_id", copy=False)
    reminder_ids = fields.One2many("property.reminder", "campaign_id", copy=False)
    result_ids = fields.One2many("property.reminder.result", "campaign_id")
    customer_count = fields.Integer("Customers", compute="_compute_counts")
    planned_count = fields.Integer("Planned", compute="_compute_counts")
    skipped_count = fields.Integer("Not Reminded", compute="_compute_counts")
    sent_count = fields.Integer("Reminded", compute="_compute_counts")
    call_count = fields.Integer("Calls", compute="_compute_counts")
    letter_count = fields.Integer("Letters", compute="_compute_counts")
    invitation_count = fields.Integer("Invitations", compute="_compute_counts")
    amount_planned = fields.Monetary("Amount Due", compute="_compute_counts")

    _once = models.UniqueIndex(
        "(community_id, date_due, days_before)",
        "This community has a campaign for this due date and so many days before it.",
    )
    _days_range = models.Constraint(
        "CHECK(days_before BETWEEN 0 AND 60)",
        "A campaign begins at most 60 days before the due date.",
    )
    _posters_not_negative = models.Constraint(
        "CHECK(poster_count >= 0)", "Posters hung up: none or some."
    )

    @api.depends("community_id", "date_due", "days_before")
    def _compute_name(self):
        for campaign in self:
            # The same in every language: it is stored.
            place, due = campaign.community_id.name or "", campaign.date_due or ""
            campaign.name = f"{place} {due} D-{campaign.days_before}"

    @api.depends("date_due", "days_before")
    def _compute_date_planned(self):
        for campaign in self:
            due = campaign.date_due
            campaign.date_planned = due and day_before(due, campaign.days_before)

    @api.depends("community_id", "days_before")
    def _compute_channels(self):
        channels = self.env["property.reminder.channel"]._of(
            self.community_id.company_id
        )
        for campaign in self:
            if not campaign.community_id:
                continue
            first = campaign.days_before >= max(campaign.community_id._reminder_days())
            for row in channels:
                if row.company_id == campaign.community_id.company_id:
                    used = row.in_first if first else row.in_later
                    campaign[f"by_{row.channel}"] = used

    @api.depends("community_id")
    def _compute_offer_line(self):
        for campaign in self:
            company = campaign.community_id.company_id
            lang = company._property_lang()
            # sudo: the line is printed for everybody.
            offer = company.sudo().with_context(lang=lang).property_reminder_offer
            campaign.offer_line = offer

    def _compute_counts(self):
        rows = self.env["property.reminder"]._read_group(
            [("campaign_id", "in", self.ids), ("partner_id", "!=", False)],
            ["campaign_id", "state", "channel"],
            ["__count"],
        )
        for campaign in self:
            own = [row[1:] for row in rows if row[0] == campaign]

            def count(states=None, channel=None, own=own):
                return sum(
                    number
                    for state, by, number in own
                    if (not states or state in states)
                    and (not channel or by == channel)
                )

            due = ("planned", "sent", "reached", "failed")
            campaign.skipped_count = count(("skipped",))
            campaign.planned_count = count(("planned",))
            campaign.sent_count = count(("sent", "reached", "failed"))
            campaign.call_count = count(due, "phone")
            campaign.letter_count = count(due, "letter")
            campaign.invitation_count = count(due, "event")
        customers = self.env["property.reminder"]._customers_of(self)
        for campaign in self:
            number, amount = customers.get(campaign.id, (0, 0.0))
            campaign.customer_count = number
            campaign.amount_planned = amount

    @api.constrains("date_due", "community_id")
    def _check_date_due(self):
        for campaign in self:
            today = campaign.community_id._property_today()
            first = date_utils.subtract(today, years=1)
            if not first <= campaign.date_due <= date_utils.add(today, years=2):
                raise ValidationError(
                    self.env._(
                        "The due date lies between a year ago and two years from now."
                    )
                )

    @api.constrains("by_event", "event_name", "state")
    def _check_event(self):
        for campaign in self:
            if campaign.state == "running" and campaign.by_event:
                if not campaign.event_name or not campaign.event_date:
                    raise ValidationError(
                        self.env._("Say to what, and when, the owners are invited.")
                    )

    def write(self, vals):
        if PLAN & set(vals) and any(row.state != "draft" for row in self):
            raise UserError(
                self.env._("What is sent does not change: make another campaign.")
            )
        result = super().write(vals)
        if PLAN & set(vals):
            self.sudo()._fill()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        campaigns = super().create(vals_list)
        campaigns.check_access("write")
        campaigns.sudo()._fill()
        return campaigns

    @api.ondelete(at_uninstall=False)
    def _unlink_only_previews(self):
        if any(campaign.state != "draft" for campaign in self):
            raise UserError(self.env._("A campaign that was sent stays on record."))

    def _channels(self):
        """The channels chosen, the cheaper ones first."""
        self.ensure_one()
        return [channel for channel, _label in CHANNELS if self[f"by_{channel}"]]
