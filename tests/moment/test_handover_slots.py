"""Slots of a handover batch, without a database."""

from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.moment import slots


def table(**values):
    """Friday 6 March 2026 to Monday 9 March, 9 to 11 o'clock, half hours."""
    return slots.Timetable(
        **{
            "first": date(2026, 3, 6),
            "last": date(2026, 3, 9),
            "hour_from": 9.0,
            "hour_to": 11.0,
            "minutes": 30,
            **values,
        }
    )


@tagged("post_install", "-at_install")
class TestHandoverSlots(BaseCase):
    def test_weekend_is_left_out(self):
        """Four half hours on Friday and on Monday."""
        starts = slots.all_starts(table())
        self.assertEqual(len(starts), 8)
        self.assertEqual({start.day for start in starts}, {6, 9})
        self.assertEqual(len(slots.all_starts(table(weekends=True))), 16)

    def test_holiday_is_left_out(self):
        days = slots.open_days(table(days_off=frozenset([date(2026, 3, 9)])))
        self.assertEqual(days, [date(2026, 3, 6)])

    def test_what_does_not_end_in_time_is_left_out(self):
        """9:00, 9:45 and 10:15 would be three of 45 minutes: the third ends 11:15."""
        starts = slots.starts_on(table(minutes=45), date(2026, 3, 6))
        self.assertEqual(
            starts, [datetime(2026, 3, 6, 9, 0), datetime(2026, 3, 6, 9, 45)]
        )

    def test_break(self):
        """9:00 to 9:50 takes one slot of 40 minutes, 10:10 to 11:00 another."""
        starts = slots.starts_on(
            table(minutes=40, pause_from=9 + 50 / 60, pause_to=10 + 10 / 60),
            date(2026, 3, 6),
        )
        self.assertEqual(
            starts, [datetime(2026, 3, 6, 9, 0), datetime(2026, 3, 6, 10, 10)]
        )

    def test_each_counter_first(self):
        """Three counters, two owners each: seats 1 of all counters before seats 2."""
        places = slots.spread(table(counters=3, capacity=2), 7)
        self.assertEqual(
            [(p.start.hour, p.start.minute, p.counter, p.seat) for p in places],
            [
                (9, 0, 1, 1), (9, 0, 2, 1), (9, 0, 3, 1),
                (9, 0, 1, 2), (9, 0, 2, 2), (9, 0, 3, 2),
                (9, 30, 1, 1),
            ],
        )  # fmt: skip

    def test_full(self):
        """Two days × four slots × three counters are 24 seats."""
        self.assertEqual(len(slots.spread(table(counters=3), 30)), 24)

    def test_taken_and_past_are_left_out(self):
        taken = {slots.Place(datetime(2026, 3, 6, 10, 0), 1, 1)}
        places = slots.spread(table(), 2, taken, datetime(2026, 3, 6, 9, 30))
        self.assertEqual(
            [place.start for place in places],
            [datetime(2026, 3, 6, 10, 30), datetime(2026, 3, 9, 9, 0)],
        )

    def test_late_hours_for_who_lives_far_away(self):
        """Six seats on Friday 9:00 to 10:30 and Monday 9:00 and 9:30; the early hours
        of both days come first in line."""
        places = slots.spread(table(), 6, by_hour=True)
        self.assertEqual(
            [
                (place.start.day, place.start.hour, place.start.minute)
                for place in places
            ],
            [(6, 9, 0), (9, 9, 0), (6, 9, 30), (9, 9, 30), (6, 10, 0), (6, 10, 30)],
        )

    def test_slot_of_a_moment(self):
        inside = slots.slot_of(table(), datetime(2026, 3, 6, 9, 59))
        self.assertEqual(inside, datetime(2026, 3, 6, 9, 30))
        self.assertIsNone(slots.slot_of(table(), datetime(2026, 3, 6, 11, 0)))
        self.assertIsNone(slots.slot_of(table(), datetime(2026, 3, 7, 9, 0)))

    def test_far(self):
        here = ("TW", "TPE", "Taipei")
        for there, expected in (
            ((None, None, ""), 0),
            (("TW", "TPE", "taipei"), 0),
            (("TW", "TPE", "Banqiao"), 1),
            (("TW", "KHH", "Kaohsiung"), 2),
            (("JP", None, "Osaka"), 3),
        ):
            self.assertEqual(slots.far(here, there), expected, there)
