from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from . import slots

TIMETABLE = (
    "date_from",
    "date_to",
    "hour_from",
    "hour_to",
    "pause_from",
    "pause_to",
    "slot_minutes",
    "counters",
    "capacity",
    "weekends",
)
# What the batch is about; appointments were made for it.
SUBJECT = frozenset(("community_id", "kind"))


class PropertyHandoverBatch(models.Model):
    """Several hundred units, or property certificates, handed over with the developer:
    appointments in slots, invitations, a counter, and who did not come (procedure,
    clause 5.6). Hours are those of the community's clock."""

    _name = "property.handover.batch"
    _description = "Handover Batch"
    _inherit = [
        "property.guarded",
        "property.community.bound",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _guarded_fields = frozenset(("state",))
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    community_id = fields.Many2one(
        "property.community", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="community_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    developer_id = fields.Many2one(related="community_id.developer_id")
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, tracking=True
    )
    kind = fields.Selection(
        [
            ("unit_handover", "Units"),
            ("certificate_handover", "Property certificates"),
        ],
        "What Is Handed Over",
        required=True,
        default="unit_handover",
    )
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    hour_from = fields.Float("Opens at", default=9.0, required=True)
    hour_to = fields.Float("Closes at", default=17.0, required=True)
    pause_from = fields.Float("Break from", default=12.0)
    pause_to = fields.Float("Break to", default=13.0)
    slot_minutes = fields.Integer("Minutes per Slot", default=30, required=True)
    counters = fields.Integer(default=2, required=True)
    capacity = fields.Integer("Owners per Counter and Slot", default=1, required=True)
    weekends = fields.Boolean("Also at Weekends")
    day_off_ids = fields.One2many(
        "property.handover.day.off", "batch_id", "Days Off", copy=True
    )
    order_by = fields.Selection(
        [
            ("room", "Building and room"),
            ("distance", "Building and room; who lives far away later in the day"),
        ],
        "Appointments in Order of",
        default="room",
        required=True,
    )
    place = fields.Char(
        compute="_compute_place",
        store=True,
        readonly=False,
        help="Where owners come to; printed on the invitation.",
    )
    bring = fields.Text(
        "What to Bring",
        default=lambda self: self.env._(
            "Identity card\nPurchase contract\nThis letter"
        ),
        help="One thing a line; printed on the invitation.",
    )
    document_names = fields.Text(
        "What the Owner Gets",
        compute="_compute_document_names",
        store=True,
        readonly=False,
        help="One document a line; every appointment lists them.",
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("running", "In Progress"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    moment_ids = fields.One2many("property.moment", "batch_id", "Appointments")
    slot_count = fields.Integer("Slots", compute="_compute_seat_count")
    seat_count = fields.Integer("Owners It Can Take", compute="_compute_seat_count")

    _dates_ordered = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day cannot come before the first day."
    )
    _hours_ordered = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "The counter opens before it closes, both between 0:00 and 24:00.",
    )
    _sizes_positive = models.Constraint(
        "CHECK(slot_minutes >= 5 AND counters > 0 AND capacity > 0)",
        "A slot lasts five minutes or more and has one counter and one owner or more.",
    )

    @api.depends("community_id")
    def _compute_place(self):
        for batch in self:
            batch.place = batch.place or batch.community_id.payment_place

    @api.depends("kind")
    def _compute_document_names(self):
        names = {
            "unit_handover": self.env._("Keys\nHandover record\nHouse manual"),
            "certificate_handover": self.env._("Property certificate"),
        }
        for batch in self:
            if not batch.document_names or batch.document_names in names.values():
                batch.document_names = names.get(batch.kind)

    @api.depends(*TIMETABLE, "day_off_ids.date")
    def _compute_seat_count(self):
        for batch in self:
            table = batch._timetable()
            starts = slots.all_starts(table) if table else ()
            batch.slot_count = len(starts)
            batch.seat_count = len(starts) * batch.counters * batch.capacity

    @api.constrains("pause_from", "pause_to")
    def _check_pause(self):
        for batch in self:
            if batch.pause_from > batch.pause_to:
                raise ValidationError(self.env._("The break ends before it begins."))

    def write(self, vals):
        self._check_subject(vals)
        result = super().write(vals)
        if set(TIMETABLE) & set(vals):
            self.moment_ids._check_in_timetable()
        return result

    def _check_subject(self, vals):
        for name in SUBJECT & set(vals):
            for batch in self:
                now = batch._fields[name].convert_to_write(batch[name], batch)
                if batch.moment_ids and now != vals[name]:
                    raise UserError(
                        self.env._(
                            "%(batch)s has appointments already: its community and "
                            "what is handed over stay.",
                            batch=batch.name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_empty(self):
        if self.moment_ids:
            raise UserError(
                self.env._("A batch with appointments is cancelled, not deleted.")
            )

    def _document_names(self):
        """What each owner gets, one by one."""
        self.ensure_one()
        names = (name.strip() for name in (self.document_names or "").splitlines())
        return list(filter(None, names))

    @api.private
    def _timetable(self):
        """:return: slots.Timetable; None while something of it is missing"""
        self.ensure_one()
        if (
            not (self.date_from and self.date_to)
            or self.slot_minutes < 5
            or self.date_to < self.date_from
        ):
            return None
        return slots.Timetable(
            first=self.date_from,
            last=self.date_to,
            hour_from=self.hour_from,
            hour_to=self.hour_to,
            minutes=self.slot_minutes,
            counters=self.counters,
            capacity=self.capacity,
            weekends=self.weekends,
            days_off=frozenset(filter(None, self.day_off_ids.mapped("date"))),
            pause_from=self.pause_from,
            pause_to=self.pause_to,
        )
