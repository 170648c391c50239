"""The reading round, replaced meters and estimates."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_fee_collection.models.billing.usage import (
    Reading,
    estimate,
)

from .meter_common import MeterCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-31 12:00:00")
class TestReadingRound(MeterCommon):
    def begin(self, **values):
        walk = (
            self.env["property.reading.round"]
            .with_user(self.user_cs)
            .create({"community_id": self.community.id, **values})
        )
        walk.action_begin()
        return walk

    def test_walk_in_room_order(self):
        walk = self.begin()
        self.assertEqual((walk.left_count, walk.total_count), (2, 2))
        self.assertEqual(walk.meter_id, self.meter_1)
        walk.value = 112
        self.assertEqual(walk.usage, 12)
        walk.action_save_next()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 112, False))
        self.assertEqual((walk.meter_id, walk.value), (self.meter_2, 0))
        walk.action_skip()
        self.assertFalse(walk.meter_id)
        self.assertEqual(walk.left_count, 1, "skipped, not read")
        self.assertEqual(self.begin().meter_id, self.meter_2, "another walk goes on")

    def test_backwards_is_refused(self):
        walk = self.begin()
        walk.value = 99
        self.assertTrue(walk.is_backwards)
        with self.assertRaises(UserError):
            walk.action_save_next()
        self.meter_1.rollover_at = 1000
        walk.action_save_next()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 99, False))

    def test_list_entry_makes_today_s_reading(self):
        meter = self.meter_1.with_user(self.user_cs)
        meter.month_value = 108
        self.assertTrue(meter.is_read)
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 108, False))
        meter.month_value = 109
        self.assertEqual(len(self.meter_1.reading_ids), 2, "corrected, not doubled")
        unread = self.env["property.meter"].search(
            [("community_id", "=", self.community.id), ("is_read", "=", False)]
        )
        self.assertEqual(unread, self.meter_2)

    def test_replace_a_meter(self):
        """Old 100 → 108 and new 0 → 5 in January: 13 m³ at 4.00 are 52.00."""
        self.make_rate(4, item=self.water)
        wizard = (
            self.env["property.meter.replace"]
            .with_user(self.user_cs)
            .create(
                {
                    "meter_id": self.meter_1.id,
                    "date": "2026-01-20",
                    "final_value": 108,
                    "name": "W-1b",
                }
            )
        )
        self.assertEqual(wizard.multiplier, 1)
        wizard.final_value = 99
        with self.assertRaises(UserError):
            wizard.action_replace()
        wizard.final_value = 108
        wizard.action_replace()
        new = self.env["property.meter"].search([("name", "=", "W-1b")])
        self.assertEqual(new.replaces_id, self.meter_1)
        self.assertEqual(str(self.meter_1.date_removed), "2026-01-20")
        self.count(new, "2026-01-31", 5)
        self.count(self.meter_2, "2026-01-31", 200)
        run = self.make_run("2026-01-01")
        run.action_compute()
        charge = run.charge_ids.filtered(lambda row: row.fee_item_id == self.water)
        self.assertEqual((charge.quantity, charge.amount), (13, 52))
        with self.assertRaises(UserError):
            wizard.action_replace()


@tagged("post_install", "-at_install")
class TestEstimate(MeterCommon):
    JANUARY = (date(2026, 1, 1), date(2026, 1, 31))

    def test_rule(self):
        """70 → 80 → 92 → 100: 30 in three months, so 110 at the end of January."""
        readings = [
            Reading(date(2025, 9, 30), 70),
            Reading(date(2025, 10, 31), 80),
            Reading(date(2025, 11, 30), 92),
            Reading(date(2025, 12, 31), 100),
        ]
        self.assertEqual(estimate(readings, *self.JANUARY), 110)
        # Two months later: February was not read either.
        february = (date(2026, 2, 1), date(2026, 2, 28))
        # Since November: 92 and 100 are within three months, (100 - 80) / 2 = 10 each.
        self.assertEqual(estimate(readings, *february), 120)
        self.assertIsNone(estimate(readings[-1:], *self.JANUARY), "no average")
        self.assertIsNone(estimate([], *self.JANUARY))
        read = [*readings, Reading(date(2026, 1, 20), 104)]
        self.assertIsNone(estimate(read, *self.JANUARY), "read already")
        # Five digits: 99,995 + 10 rolls over to 5.
        near = [reading._replace(value=reading.value + 99895) for reading in readings]
        self.assertEqual(estimate(near, *self.JANUARY, rollover_at=100000), 5)

    def test_estimate_missing_readings_of_a_run(self):
        self.make_rate(4, item=self.water)
        self.count(self.meter_1, "2025-11-30", 90)
        run = self.make_run("2026-01-01")
        run.action_compute()
        self.assertEqual(
            self.problems_of(run),
            [("101", "no_reading"), ("102", "no_reading")],
        )
        self.assertTrue(run.has_missing_readings)
        with self.assertRaises(AccessError):
            run.with_user(self.user_cs).action_estimate_readings()
        notice = run.with_user(self.user_cs_head).action_estimate_readings()
        # 101: 90 → 100 in December, so 110; 102 has one reading and no average.
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 110, True))
        self.assertEqual(len(self.meter_2.reading_ids), 1)
        self.assertIn("W-2", notice["params"]["message"])
        self.assertEqual(self.problems_of(run), [("102", "no_reading")])
        charge = run.charge_ids.filtered("is_estimate")
        self.assertEqual((charge.unit_id, charge.amount), (self.unit_1, 40))
        self.assertEqual(run.estimate_count, 1)

    @freeze_time("2026-01-20 12:00:00")
    def test_a_month_still_running_is_estimated_as_of_today(self):
        """90 → 100 in December, so 110 for January, however early."""
        self.count(self.meter_1, "2025-11-30", 90)
        run = self.make_run("2026-01-01")
        run.action_compute()
        run.action_estimate_readings()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-20", 110, True))

    def test_a_signed_run_is_not_estimated(self):
        run = self.make_run("2026-01-01")
        run.action_compute()
        run.exception_ids.reason = "Nobody could get in"
        run.exception_ids.action_accept()
        self.make_rate(2.8)
        run.action_compute()
        run.exception_ids.filtered(lambda row: row.state == "open").reason = "Known"
        run.exception_ids.action_accept()
        self.sign(run)
        with self.assertRaises(UserError):
            run.with_user(self.user_cs_head).action_estimate_readings()
