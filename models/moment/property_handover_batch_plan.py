from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from . import slots

QUIET = {"tracking_disable": True, "mail_create_nolog": True}
PREPARED = ("draft", "running")


class PropertyHandoverBatch(models.Model):
    """Which unit comes when (procedure, clause 5.6)."""

    _inherit = "property.handover.batch"

    def action_plan(self):
        """Give every unit of the batch that has none an appointment, in the order of
        buildings and rooms; what one owner has is dealt with in one go. Appointments
        that are set stay, tickets count on.

        :raises UserError: when the batch has fewer seats than it needs
        """
        for batch in self:
            batch._check_prepared()
            batch.lock_for_update()
            batch._assign(batch.moment_ids.filtered(batch._waits))
        return True

    def action_start(self):
        """Receive owners from now on.

        :raises UserError: when a unit has no appointment
        """
        for batch in self:
            batch._check_prepared()
            waiting = batch.moment_ids.filtered(batch._waits)
            if waiting or not batch.moment_ids:
                raise UserError(
                    self.env._(
                        "%(count)s units have no appointment yet. Assign them first.",
                        count=len(waiting),
                    )
                    if waiting
                    else self.env._("Choose the units first.")
                )
        # sudo: state changes through methods only; checked above
        self.sudo().state = "running"
        return True

    def _check_prepared(self):
        self.check_access("write")
        for batch in self:
            if batch.state not in PREPARED:
                raise UserError(
                    self.env._("%(batch)s receives nobody any more.", batch=batch.name)
                )

    @staticmethod
    def _waits(moment):
        return moment.state == "open" and not moment.slot_start

    def _add(self, people):
        """Take units into the batch; those that are in it are left out.

        :param people: {unit: (partner, wanted day or False)}
        :return: the new moments, without appointment yet
        """
        self.ensure_one()
        self._check_prepared()
        self.lock_for_update()
        known = self._units()
        day = self.date_from
        return (
            self.env["property.moment"]
            .with_context(**QUIET)
            .create(
                [
                    {
                        "kind": self.kind,
                        "batch_id": self.id,
                        "unit_id": unit.id,
                        "partner_id": partner.id,
                        "date": day,
                        "date_wanted": wanted,
                        "user_id": False,
                        "origin": self.name,
                    }
                    for unit, (partner, wanted) in people.items()
                    if unit not in known
                ]
            )
        )

    def _units(self):
        """Units that are in the batch and not cancelled."""
        return self.moment_ids.filtered(lambda row: row.state != "cancelled").unit_id

    def _assign(self, moments):
        table, taken = self._timetable(), self._taken()
        now = self._local(None)
        places, left = {}, self.env["property.moment"]
        by_day = defaultdict(lambda: self.env["property.moment"])
        for moment in moments:
            by_day[moment.date_wanted] += moment
        left = by_day.pop(False, left)
        for day, of_day in sorted(by_day.items()):
            only = table._replace(
                first=max(day, table.first), last=min(day, table.last)
            )
            found = slots.spread(only, len(of_day), taken, now)
            ordered = self._in_order(of_day)
            places.update(zip(ordered, found, strict=False))
            taken = taken | set(found)
            # Whose day is full, or none of the batch, comes on another one.
            left += ordered[len(found) :]
        by_hour = self.order_by == "distance"
        found = slots.spread(table, len(left), taken, now, by_hour)
        if len(found) < len(left):
            raise UserError(
                self.env._(
                    "%(units)s units need an appointment, but only %(seats)s seats are "
                    "free. Add days or counters, or make the slots shorter.",
                    units=len(moments),
                    seats=len(found) + len(places),
                )
            )
        places.update(zip(self._in_order(left), found, strict=True))
        self._seat(places)

    def _seat(self, places):
        """:param places: {moment: slots.Place}"""
        # sudo: seats and tickets are given by methods only; checked by the caller
        ordered = sorted(places.items(), key=lambda pair: pair[1])
        ticket = self._last_ticket()
        for number, (moment, place) in enumerate(ordered, ticket + 1):
            moment.sudo().with_context(**QUIET).write(
                {**self._place_vals(place), "ticket": moment.ticket or number}
            )

    def _in_order(self, moments):
        """By building and room, the units of one owner together; whoever lives far
        away last where the batch says so."""
        firsts = {}
        for moment in moments.sorted("sort_key"):
            firsts.setdefault(moment.partner_id, moment.sort_key or "")
        far = dict.fromkeys(firsts, 0)
        if self.order_by == "distance":
            here = _where(self.company_id.partner_id)
            far = {owner: slots.far(here, _where(owner)) for owner in firsts}
        return moments.sorted(
            lambda row: (
                far[row.partner_id],
                firsts[row.partner_id],
                row.partner_id.id,
                row.sort_key or "",
            )
        )

    def _taken(self):
        """{slots.Place} of everybody who has one"""
        return {
            slots.Place(self._local(row.slot_start), row.slot_counter, row.slot_seat)
            for row in self.moment_ids
            if row.slot_start and row.state != "cancelled"
        }

    def _seat_for(self, moment, start, wanted):
        """The seat that a moment gets which is moved to ``start`` (UTC).

        :param wanted: the counter it must be; 0 or None: any, his own first
        :raises UserError: outside the hours of the batch, or when the slot is full
        """
        table, local = self._timetable(), self._local(start)
        slot = slots.slot_of(table, local)
        when = {"day": format_date(self.env, local.date()), "time": f"{local:%H:%M}"}
        if not slot:
            raise UserError(
                self.env._(
                    "%(batch)s receives nobody on %(day)s at %(time)s.",
                    batch=self.name,
                    **when,
                )
            )
        others = self.moment_ids - moment
        taken = {
            (row.slot_counter, row.slot_seat)
            for row in others
            if row.slot_start == self._utc(slot) and row.state != "cancelled"
        }
        free = [
            place
            for place in slots.places_of(table, slot)
            if place[1:] not in taken and (not wanted or place.counter == wanted)
        ]
        if not free:
            raise UserError(
                self.env._(
                    "%(day)s at %(time)s is full: %(taken)s owners come then, and it "
                    "takes %(seats)s. Choose another slot or counter.",
                    taken=len(taken),
                    seats=table.per_slot,
                    **when | {"time": f"{slot:%H:%M}"},
                )
            )
        usual = moment.slot_counter
        return min(free, key=lambda place: (place.counter != usual, place.seat))

    def _place_vals(self, place):
        return {
            "slot_start": self._utc(place.start),
            "slot_counter": place.counter,
            "slot_seat": place.seat,
            "date": place.start.date(),
        }

    def _ticket_vals(self):
        return {"ticket": self._last_ticket() + 1}

    def _last_ticket(self):
        return max(self.moment_ids.mapped("ticket"), default=0)

    def _local(self, moment):
        """UTC → the community's clock, without zone"""
        return self.community_id._clock(moment).replace(tzinfo=None)

    def _utc(self, local):
        """The community's clock → UTC"""
        return self.community_id._utc(local)


def _where(partner):
    return (
        partner.country_id.code,
        partner.state_id.code,
        (partner.city or "").strip(),
    )
