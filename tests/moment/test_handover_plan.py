from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .handover_common import HandoverCommon


@tagged("post_install", "-at_install")
class TestHandoverPlan(HandoverCommon):
    def times_of(self, moments):
        """[(room, day, time in Taipei, counter, ticket)]"""
        found = []
        for row in moments.sorted("ticket"):
            local = self.batch._local(row.slot_start)
            found.append(
                (
                    row.unit_id.name,
                    local.day,
                    f"{local:%H:%M}",
                    row.slot_counter,
                    row.ticket,
                )
            )
        return found

    def test_seats(self):
        """Two days of four half hours at one counter."""
        self.assertEqual((self.batch.slot_count, self.batch.seat_count), (8, 8))
        self.batch.write({"counters": 3, "capacity": 2})
        self.assertEqual(self.batch.seat_count, 48)

    def test_in_order_of_rooms(self):
        """9:00 in Taipei is 1:00 in Greenwich."""
        moments = self.fill()
        self.assertEqual(
            self.times_of(moments),
            [
                ("1201", 9, "09:00", 1, 1),
                ("1202", 9, "09:30", 1, 2),
                ("1203", 9, "10:00", 1, 3),
                ("1204", 9, "10:30", 1, 4),
                ("1205", 10, "09:00", 1, 5),
            ],
        )
        first = self.moment_of(self.lin)
        self.assertEqual(first.slot_start, datetime(2026, 3, 9, 1, 0))
        self.assertEqual(first.slot_stop, datetime(2026, 3, 9, 1, 30))
        self.assertEqual((first.date, first.kind), (date(2026, 3, 9), "unit_handover"))
        self.assertEqual(
            first.document_ids.mapped("name"),
            ["Keys", "Handover record", "House manual"],
        )

    def test_units_of_one_owner_together(self):
        """Lin Mei also owns 1205: it follows 1201."""
        self.rooms[4].owner_id = self.lin
        self.fill()
        self.assertEqual(
            [row[0] for row in self.times_of(self.batch.moment_ids)],
            ["1201", "1205", "1202", "1203", "1204"],
        )

    def test_far_away_later_in_the_day(self):
        """Five seats: Monday 9:00 to 10:30, Tuesday 9:00. Lin Mei lives in Osaka and
        comes last in line: she gets the latest hour."""
        country = self.env.ref("base.tw")
        self.company.partner_id.write({"country_id": country.id, "city": "Taipei"})
        self.lin.write({"country_id": self.env.ref("base.jp").id, "city": "Osaka"})
        self.batch.order_by = "distance"
        self.fill()
        local = self.batch._local(self.moment_of(self.lin).slot_start)
        self.assertEqual((local.day, f"{local:%H:%M}"), (9, "10:30"))

    def test_wanted_day(self):
        with freeze_time("2026-03-02 02:00"):
            self.batch._add(
                {
                    unit: (unit.owner_id, date(2026, 3, 10) if number < 2 else False)
                    for number, unit in enumerate(self.units)
                }
            )
            self.batch.action_plan()
        days = {row[0]: row[1] for row in self.times_of(self.batch.moment_ids)}
        self.assertEqual(
            days, {"1201": 10, "1202": 10, "1203": 9, "1204": 9, "1205": 9}
        )

    def test_twice_is_once(self):
        moments = self.fill()
        before = self.times_of(moments)
        self.fill()
        self.assertEqual(self.times_of(self.batch.moment_ids), before)

    def test_unit_is_in_the_batch_once(self):
        moments = self.fill()
        vals = {
            "kind": "unit_handover",
            "batch_id": self.batch.id,
            "unit_id": moments[0].unit_id.id,
        }
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["property.moment"].create(vals)
            self.env.flush_all()

    def test_too_few_seats(self):
        self.batch.date_to = self.batch.date_from
        self.fill(plan=False)
        with (
            freeze_time("2026-03-02 02:00"),
            self.assertRaisesRegex(UserError, "5 units need.*only 4 seats"),
        ):
            self.batch.action_plan()

    def test_added_later_counts_on(self):
        self.fill(units=self.units[:3])
        self.fill(units=self.units)
        self.assertEqual(
            [row[0] + row[2] for row in self.times_of(self.batch.moment_ids)],
            ["120109:00", "120209:30", "120310:00", "120410:30", "120509:00"],
        )

    def test_moved_by_hand(self):
        """10:10 on Tuesday lies in the slot of 10:00."""
        self.fill()
        moment = self.moment_of(self.lin).with_user(self.user_cs)
        moment.write(
            {
                "slot_start": datetime(2026, 3, 10, 2, 10),
                "slot_stop": datetime(2026, 3, 10, 4, 0),
            }
        )
        self.assertEqual(moment.slot_start, datetime(2026, 3, 10, 2, 0))
        self.assertEqual(moment.slot_stop, datetime(2026, 3, 10, 2, 30))
        self.assertEqual((moment.date, moment.ticket), (date(2026, 3, 10), 1))

    def test_full_slot(self):
        self.fill()
        with self.assertRaisesRegex(UserError, "09:30 is full: 1 owners come"):
            self.moment_of(self.lin).slot_start = datetime(2026, 3, 9, 1, 30)
        self.batch.counters = 2
        moment = self.moment_of(self.lin)
        moment.slot_start = datetime(2026, 3, 9, 1, 30)
        self.assertEqual(moment.slot_counter, 2)
        with self.assertRaisesRegex(UserError, "is full"):
            moment.slot_counter = 1

    def test_outside_the_hours(self):
        self.fill()
        for start in (
            datetime(2026, 3, 9, 3, 0),  # 11:00
            datetime(2026, 3, 8, 1, 0),  # the day before
        ):
            with self.assertRaisesRegex(UserError, "receives nobody on"):
                self.moment_of(self.lin).slot_start = start

    def test_timetable_keeps_to_appointments(self):
        self.fill()
        for vals in (
            {"hour_from": 9.25},
            {"slot_minutes": 20},
            {"date_to": date(2026, 3, 9)},
            {"day_off_ids": [(0, 0, {"date": date(2026, 3, 10)})]},
        ):
            with (
                self.assertRaisesRegex(UserError, "Move it first"),
                self.cr.savepoint(),
            ):
                self.batch.write(vals)
        self.batch.write({"hour_to": 12.0, "counters": 2})

    def test_start_needs_appointments(self):
        with self.assertRaisesRegex(UserError, "Choose the units first"):
            self.batch.action_start()
        self.fill(plan=False)
        with self.assertRaisesRegex(UserError, "5 units have no appointment"):
            self.batch.action_start()
        with freeze_time("2026-03-02 02:00"):
            self.batch.action_plan()
        self.batch.action_start()
        self.assertEqual(self.batch.state, "running")

    def test_break_ends_after_it_begins(self):
        with self.assertRaises(ValidationError):
            self.batch.write({"pause_from": 12.0, "pause_to": 11.0})

    def test_five_hundred_flat(self):
        """Ten times the units take no more queries than ten units and a few; the
        seats are written in sets."""
        many = self.env["property.unit"].create(
            [
                {
                    "name": f"B{number:04}",
                    "building_id": self.building.id,
                    "owner_id": self.lin.id,
                    "occupancy_status": "undelivered",
                }
                for number in range(60)
            ]
        )
        self.env.flush_all()

        def count(units):
            batch = self.make_batch(name=f"{len(units)}", capacity=20)
            batch.moment_ids.mapped("state")
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.fill(batch, units)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        few, more = count(many[:10]), count(many[10:])
        self.assertLess(more, few + 15)

    def test_access(self):
        self.fill()
        other = self.make_community(
            "Other", "OTH", cs_user_ids=False, manager_id=False, cs_head_id=False
        )
        stranger = new_test_user(
            self.env,
            login="property_stranger",
            groups="base.group_user,property_fee_collection.group_cs",
            company_id=self.company.id,
        )
        other.cs_user_ids = stranger
        batches = self.env["property.handover.batch"]
        self.assertFalse(
            batches.with_user(stranger).search([("id", "=", self.batch.id)])
        )
        with self.assertRaises(AccessError):
            self.moment_of(self.lin).with_user(stranger).action_arrived()
        with self.assertRaises(AccessError):
            self.batch.with_user(stranger).action_plan()
        portal = new_test_user(
            self.env, login="property_portal_h", groups="base.group_portal"
        )
        with self.assertRaises(AccessError):
            batches.with_user(portal).search([])
        with self.assertRaises(AccessError):
            self.batch.with_user(self.user_finance).action_plan()
        for name, value in (("ticket", 9), ("attendance", "missed"), ("slot_seat", 2)):
            with self.assertRaises(AccessError):
                self.moment_of(self.lin).with_user(self.user_cs).write({name: value})
        with self.assertRaises(AccessError):
            self.batch.with_user(self.user_cs).write({"state": "done"})
