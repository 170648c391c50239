from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from . import slots
from .property_moment import BY_METHOD

SEAT = frozenset(
    ("slot_seat", "ticket", "attendance", "arrived_on", "arrived_by", "invited_on")
)
GUARDED = BY_METHOD | SEAT
PLACED = frozenset(("slot_start", "slot_counter", "batch_id"))


class PropertyMoment(models.Model):
    """The appointment of a handover batch: a slot, a counter there, a ticket. Moved by
    hand it takes a seat that is free."""

    _inherit = "property.moment"
    _guarded_fields = GUARDED

    sort_key = fields.Char(related="unit_id.sort_key", store=True)
    building_id = fields.Many2one(related="unit_id.building_id", store=True)
    phone = fields.Char(related="partner_id.phone")
    slot_start = fields.Datetime("Appointment", index=True, copy=False, tracking=True)
    slot_stop = fields.Datetime("Until", compute="_compute_slot_stop", store=True)
    slot_time = fields.Char(
        "Time", compute="_compute_slot_time", help="By the community's clock."
    )
    slot_counter = fields.Integer("Counter", copy=False, aggregator=False)
    slot_seat = fields.Integer(readonly=True, copy=False, aggregator=False)
    date_wanted = fields.Date("Wanted Day", copy=False)
    ticket = fields.Integer(readonly=True, copy=False, aggregator=False)
    attendance = fields.Selection(
        [("expected", "Expected"), ("arrived", "Arrived"), ("missed", "Did not come")],
        default="expected",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    arrived_on = fields.Datetime(readonly=True, copy=False)
    arrived_by = fields.Many2one("res.users", "Received by", readonly=True, copy=False)
    invited_on = fields.Datetime("Last Invited on", readonly=True, copy=False)
    invitation_ids = fields.One2many("property.handover.invitation", "moment_id")

    _unit_once = models.UniqueIndex(
        "(batch_id, unit_id) WHERE batch_id IS NOT NULL AND state != 'cancelled'",
        "This unit has an appointment in this batch already.",
    )
    _seat_once = models.UniqueIndex(
        "(batch_id, slot_start, slot_counter, slot_seat)"
        " WHERE batch_id IS NOT NULL AND slot_start IS NOT NULL"
        " AND state != 'cancelled'",
        "Somebody else has just got this slot. Try again.",
    )
    _ticket_once = models.UniqueIndex(
        "(batch_id, ticket) WHERE batch_id IS NOT NULL AND ticket > 0",
        "This ticket number is taken.",
    )

    @api.depends("slot_start", "batch_id.slot_minutes")
    def _compute_slot_stop(self):
        for moment in self:
            minutes = moment.batch_id.slot_minutes or 30
            start = moment.slot_start
            moment.slot_stop = start and start + timedelta(minutes=minutes)

    @api.depends("slot_start", "community_id")
    def _compute_slot_time(self):
        for moment in self:
            start = moment.slot_start
            clock = start and moment.community_id._clock(start)
            moment.slot_time = f"{clock:%H:%M}" if clock else ""

    @api.model_create_multi
    def create(self, vals_list):
        moments = super().create(vals_list)
        for moment in moments.filtered(lambda row: row.slot_start):
            moment.write({"slot_start": moment.slot_start})
        return moments

    def write(self, vals):
        # The calendar writes the end as well; it follows from the batch.
        vals = {name: value for name, value in vals.items() if name != "slot_stop"}
        if not PLACED & set(vals) or "slot_seat" in vals:
            return super().write(vals)
        for moment in self:
            # sudo: the seat follows from what the user may write; see _seat_vals.
            seat = moment._seat_vals(vals)
            super(PropertyMoment, moment).write(vals)
            # sudo: seats and tickets are given by methods only; the rules look at what
            # the user wrote.
            moment.sudo().write(seat)
        return True

    def _seat_vals(self, vals):
        """What follows from an appointment that is set by hand.

        :raises UserError: where the batch receives nobody then, or nobody else
        """
        self.ensure_one()
        batch = self.env["property.handover.batch"].browse(
            vals.get("batch_id", self.batch_id.id)
        )
        start = fields.Datetime.to_datetime(vals.get("slot_start", self.slot_start))
        moved = start != self.slot_start or batch != self.batch_id
        if self.state != "open" and (moved or vals.get("slot_counter")):
            raise UserError(
                self.env._(
                    "%(moment)s is closed; its appointment stays.",
                    moment=self.display_name,
                )
            )
        if not start:
            return {"slot_start": False, "slot_counter": 0, "slot_seat": 0}
        missed = moved and self.attendance == "missed"
        again = {"attendance": "expected"} if missed else {}
        if not batch:
            day = self.community_id._clock(start).date()
            return {"date": day, "slot_seat": 0, **again}
        self._check_batch(batch)
        place = batch._seat_for(self, start, vals.get("slot_counter"))
        ticket = {} if self.ticket and batch == self.batch_id else batch._ticket_vals()
        return {**batch._place_vals(place), **ticket, **again}

    @api.constrains("batch_id", "kind", "unit_id")
    def _check_batches(self):
        for moment in self.filtered("batch_id"):
            moment._check_batch(moment.batch_id)

    def _check_batch(self, batch):
        if batch.state in ("done", "cancelled"):
            raise UserError(
                self.env._("%(batch)s receives nobody any more.", batch=batch.name)
            )
        if batch.community_id != self.community_id or batch.kind != self.kind:
            raise UserError(
                self.env._(
                    "%(batch)s is not for this unit: it takes another community or "
                    "hands over something else.",
                    batch=batch.name,
                )
            )

    def _check_in_timetable(self):
        """:raises UserError: for appointments at times at which their batch receives
        nobody any more"""
        planned = self.filtered(
            lambda row: row.slot_start and row.state == "open"
            and row.attendance == "expected"
        )  # fmt: skip
        for batch, moments in planned.grouped("batch_id").items():
            starts = set(slots.all_starts(batch._timetable()))
            for moment in moments:
                start = batch._local(moment.slot_start)
                if (
                    start not in starts
                    or moment.slot_counter > batch.counters
                    or moment.slot_seat > batch.capacity
                ):
                    raise UserError(
                        self.env._(
                            "%(owner)s has an appointment on %(day)s at %(time)s, at "
                            "counter %(counter)s. Move it first.",
                            owner=moment.partner_id.name,
                            day=format_date(self.env, start.date()),
                            time=f"{start:%H:%M}",
                            counter=moment.slot_counter,
                        )
                    )
