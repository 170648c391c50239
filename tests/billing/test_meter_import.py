"""Readings from a workbook, the reading round, replaced meters and estimates."""

import base64
import io
from datetime import date

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_fee_collection.models.billing.usage import (
    Reading,
    estimate,
)
from odoo.addons.property_fee_collection.wizards.billing.meter_headers import (
    find_columns,
)

from .common import PropertyCommon


def workbook(*rows):
    """An .xlsx file of the rows, as the base64 that a binary field holds."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue())


class MeterCommon(PropertyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.make_item("Water", "W", "meter")
        cls.energy = cls.make_item("Energy", "E", "meter")
        cls.unit_1 = cls.make_unit("101")
        cls.unit_2 = cls.make_unit("102")
        cls.meter_1 = cls.make_meter(cls.unit_1, cls.water, "W-1")
        cls.meter_2 = cls.make_meter(cls.unit_2, cls.water, "W-2")
        cls.read(cls.meter_1, "2025-12-31", 100)
        cls.read(cls.meter_2, "2025-12-31", 200)

    @classmethod
    def make_meter(cls, unit, item, name, **values):
        return cls.env["property.meter"].create(
            {"unit_id": unit.id, "fee_item_id": item.id, "name": name, **values}
        )

    @classmethod
    def read(cls, meter, day, value, **values):
        return cls.env["property.meter.reading"].create(
            {"meter_id": meter.id, "date": day, "value": value, **values}
        )

    def values_of(self, meter):
        """[(day, count, estimated)] in order of date"""
        return [
            (str(reading.date), reading.value, reading.is_estimate)
            for reading in meter.reading_ids.sorted("date")
        ]


@tagged("post_install", "-at_install")
@freeze_time("2026-02-05")
class TestMeterImport(MeterCommon):
    def bring_in(self, *rows, **values):
        record = (
            self.env["property.meter.import"]
            .with_user(self.user_cs)
            .create(
                {
                    "community_id": self.community.id,
                    "file": workbook(*rows),
                    "filename": "readings.xlsx",
                    **values,
                }
            )
        )
        record.action_preview()
        return record

    def messages(self, record):
        return [(line.row, line.column, line.severity) for line in record.line_ids]

    def test_headers_of_both_scripts_and_english(self):
        for header in (
            ["樓棟", "房號", "表號", "費用項目", "抄表日期", "本次讀數", "估抄"],
            ["楼栋", "房号", "表号", "费用项目", "抄表日期", "本次读数", "估抄"],
            ["Building", "Room", "Meter No.", "Fee Item", "Reading Date", "Reading",
             "Estimated"],
        ):  # fmt: skip
            columns = find_columns(header)
            self.assertEqual(
                list(columns),
                ["building", "room", "serial", "item", "date", "value", "estimate"],
            )
        self.assertFalse(find_columns(["房號", "面積"]), "no reading: another sheet")

    def test_preview_writes_nothing_and_import_writes_good_rows(self):
        record = self.bring_in(
            ["截至 2026年1月", None, None],
            ["樓棟", "房號", "抄表日期", "讀數"],
            ["1", 101, date(2026, 1, 31), 112.5],
            ["1", "102", "2026年1月31日", "218"],
            ["1", "999", "2026-01-31", 5],
            ["1", "103", "2026-01-31", None],
        )
        self.assertEqual(record.state, "previewed")
        self.assertEqual(
            (record.row_count, record.new_count, record.error_count, record.empty_count),
            (4, 2, 1, 1),
        )
        self.assertEqual(self.messages(record), [(5, "房號", "error")])
        self.assertIn("1 999", record.line_ids.message)
        self.assertEqual(len(self.meter_1.reading_ids), 1, "a preview writes no reading")
        record.action_import()
        self.assertEqual(record.state, "done")
        self.assertEqual(record.user_id, self.user_cs)
        self.assertEqual(
            self.values_of(self.meter_1),
            [("2025-12-31", 100, False), ("2026-01-31", 112.5, False)],
        )
        self.assertEqual(self.values_of(self.meter_2)[-1], ("2026-01-31", 218, False))
        self.assertEqual(len(record.reading_ids), 2)

    def test_same_file_twice_changes_nothing(self):
        rows = [
            ["Meter No.", "Date", "Count"],
            ["W-1", "2026-01-31", 110],
            ["w-2", "2026/01/31", "1,210.5"],
        ]
        self.bring_in(*rows).action_import()
        before = self.env["property.meter.reading"].search([]).ids
        again = self.bring_in(*rows)
        self.assertEqual((again.new_count, again.unchanged_count), (0, 2))
        self.assertFalse(again.error_count)
        again.action_import()
        self.assertEqual(self.env["property.meter.reading"].search([]).ids, before)

    def test_day_of_the_import_where_the_sheet_has_none(self):
        self.bring_in(
            ["房號", "讀數"], ["101", 111], date=fields.Date.to_date("2026-01-30")
        ).action_import()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-30", 111, False))

    def test_each_error_names_row_and_column(self):
        self.make_meter(self.unit_2, self.energy, "E-2")
        record = self.bring_in(
            ["房號", "表號", "費用項目", "日期", "讀數", "估計"],
            [101, None, None, "2026-01-31", "twelve", None],  # 2 no number
            [101, None, None, "31.13.2026", 110, None],  # 3 no date
            [None, None, None, "2026-01-31", 110, None],  # 4 no meter
            [101, None, None, None, 110, None],  # 5 no day
            [101, None, None, "2026-02-06", 110, None],  # 6 tomorrow
            [None, "X-9", None, "2026-01-31", 110, None],  # 7 unknown serial
            [102, None, None, "2026-01-31", 210, None],  # 8 water or energy?
            [102, None, "Gas", "2026-01-31", 210, None],  # 9 no such fee
            [101, "W-2", None, "2026-01-31", 210, None],  # 10 meter of another unit
            [101, None, None, "2026-01-31", 99, None],  # 11 less than before
            [101, None, None, "2026-01-31", 110, "maybe"],  # 12 yes or no?
            [101, None, None, "2026-01-31", -1, None],  # 13 below zero
            [101, None, "水", "2026-01-31", 110, "是"],  # 14 no such fee
            [101, None, "W", "2026-01-30", 110, "是"],  # 15 good
            [101, "W-1", "Water", "2026-01-30", 111, None],  # 16 again
        )
        self.assertEqual(
            self.messages(record),
            [
                (2, "讀數", "error"),
                (3, "日期", "error"),
                (4, "房號", "error"),
                (5, "日期", "error"),
                (6, "日期", "error"),
                (7, "表號", "error"),
                (8, "房號", "error"),
                (9, "費用項目", "error"),
                (10, "表號", "error"),
                (11, "讀數", "error"),
                (12, "估計", "error"),
                (13, "讀數", "error"),
                (14, "費用項目", "error"),
                (16, "日期", "error"),
            ],
        )
        self.assertEqual((record.error_count, record.new_count), (14, 1))
        record.action_import()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-30", 110, True))

    def test_a_reading_replaces_an_estimate_and_nothing_else(self):
        self.read(self.meter_1, "2026-01-31", 120, is_estimate=True)
        self.read(self.meter_2, "2026-01-31", 220)
        record = self.bring_in(
            ["表號", "日期", "讀數"],
            ["W-1", "2026-01-31", 117],
            ["W-2", "2026-01-31", 221],
        )
        self.assertEqual(
            (record.new_count, record.corrected_count, record.error_count), (0, 1, 1)
        )
        record.action_import()
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 117, False))
        self.assertEqual(self.values_of(self.meter_2)[-1], ("2026-01-31", 220, False))

    def test_below_an_estimate_and_rolled_over_are_warnings(self):
        self.read(self.meter_1, "2026-01-15", 130, is_estimate=True)
        self.meter_2.rollover_at = 1000
        record = self.bring_in(
            ["表號", "日期", "讀數"],
            ["W-1", "2026-01-31", 117],
            ["W-2", "2026-01-31", 7],
        )
        self.assertEqual(
            (record.new_count, record.warning_count, record.error_count), (2, 2, 0)
        )

    def test_only_the_meter_that_was_in_use_on_the_day(self):
        self.meter_1._replace_on(
            fields.Date.to_date("2026-01-10"), 105, {"name": "W-1b", "initial_value": 3}
        )
        new = self.env["property.meter"].search([("name", "=", "W-1b")])
        self.bring_in(["房號", "日期", "讀數"], ["101", "2026-01-31", 9]).action_import()
        self.assertEqual(self.values_of(new), [("2026-01-31", 9, False)])
        old = self.bring_in(["表號", "日期", "讀數"], ["W-1", "2026-01-31", 109])
        self.assertEqual(self.messages(old), [(2, "日期", "error")])

    def test_other_files_are_refused(self):
        record = self.env["property.meter.import"].create(
            {"community_id": self.community.id, "file": base64.b64encode(b"PDF")}
        )
        with self.assertRaisesRegex(UserError, "xlsx"):
            record.action_preview()
        record.file = workbook(["房號", "面積"], ["101", 80])
        with self.assertRaisesRegex(UserError, "header"):
            record.action_preview()

    def test_done_is_done(self):
        record = self.bring_in(["表號", "日期", "讀數"], ["W-1", "2026-01-31", 117])
        record.action_import()
        with self.assertRaises(UserError):
            record.action_import()
        with self.assertRaises(UserError):
            record.file = workbook(["表號", "讀數"])

    def test_another_file_needs_another_preview(self):
        record = self.bring_in(["表號", "日期", "讀數"], ["W-1", "2026-01-31", 117])
        record.file = workbook(["表號", "日期", "讀數"], ["W-1", "2026-01-31", 118])
        self.assertEqual(record.state, "draft")

    def test_template_lists_the_meters_and_can_be_brought_in(self):
        record = self.env["property.meter.import"].create(
            {
                "community_id": self.community.id,
                "date": fields.Date.to_date("2026-01-31"),
            }
        )
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(record.template)))
        rows = list(book.active.iter_rows(values_only=True))
        self.assertEqual(
            [(row[0], row[1], row[2], row[5]) for row in rows[1:]],
            [("1", "101", "W-1", 100), ("1", "102", "W-2", 200)],
        )
        for lang in ("en_US", "zh_TW", "zh_CN"):
            headers = [
                name for name, _width in record.with_context(lang=lang)._template_headers()
            ]
            self.assertEqual(len(find_columns(headers)), 7, headers)
        book.active.cell(2, 8).value = 112
        stream = io.BytesIO()
        book.save(stream)
        record.file = base64.b64encode(stream.getvalue())
        record.action_import()
        self.assertEqual((record.new_count, record.empty_count), (1, 1))
        self.assertEqual(self.values_of(self.meter_1)[-1], ("2026-01-31", 112, False))

    def test_another_community_s_meters_are_not_found(self):
        other = self.make_community("Riverside", "RVS")
        building = self.env["property.building"].create(
            {"name": "9", "community_id": other.id}
        )
        unit = self.make_unit("901", building_id=building.id)
        self.make_meter(unit, self.water, "W-9")
        record = self.bring_in(["表號", "日期", "讀數"], ["W-9", "2026-01-31", 1])
        self.assertEqual(record.error_count, 1)

    def test_number_of_queries_does_not_grow_with_the_rows(self):
        rooms = [f"2{number:02}" for number in range(60)]
        units = [self.make_unit(room, owner=None) for room in rooms]
        for unit in units:
            self.make_meter(unit, self.water, f"M-{unit.name}")
        header = ["房號", "日期", "讀數"]

        def queries(count, day):
            record = self.env["property.meter.import"].create(
                {
                    "community_id": self.community.id,
                    "file": workbook(header, *[[room, day, 5] for room in rooms[:count]]),
                }
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_import()
            self.env.flush_all()
            self.assertEqual(record.new_count, count)
            return self.env.cr.sql_log_count - before

        queries(2, "2026-01-29")  # warm
        few = queries(10, "2026-01-30")
        self.assertLessEqual(queries(60, "2026-01-31"), few + 5)


@tagged("post_install", "-at_install")
@freeze_time("2026-01-31")
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
        wizard.action_replace()
        new = self.env["property.meter"].search([("name", "=", "W-1b")])
        self.assertEqual(new.replaces_id, self.meter_1)
        self.assertEqual(str(self.meter_1.date_removed), "2026-01-20")
        self.read(new, "2026-01-31", 5)
        self.read(self.meter_2, "2026-01-31", 200)
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
        self.read(self.meter_1, "2025-11-30", 90)
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


@tagged("post_install", "-at_install")
class TestReview(PropertyCommon):
    """What the signers look at: this month beside the last one."""

    def test_comparison_and_largest_changes(self):
        """January 100 m² × 2.80 = 280.00 and parking 150.00; February 100 × 3.00 =
        300.00, parking no longer charged: −130.00 or −30.23 %."""
        parking = self.make_item("Parking", "PK", "fixed")
        self.make_rate(2.8, date_to="2026-01-31")
        self.make_rate(3, date_from="2026-02-01")
        rate = self.make_rate(150, item=parking)
        self.make_unit("101", 100)
        january = self.make_run("2026-01-01")
        january.action_compute()
        rate.unlink()
        february = self.make_run("2026-02-01")
        february.action_compute()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            [
                (row.fee_item_id.code, row.amount, row.amount_previous, row.amount_change)
                for row in february.comparison_ids
            ],
            [("PF", 300, 280, 20), ("PK", 0, 150, -150)],
        )
        self.assertEqual(february.amount_change, -130)
        self.assertAlmostEqual(february.amount_change_rate, -130 / 430)
        changed = self.env["property.charge"].search(
            [("run_id", "=", february.id), ("amount_change", "!=", 0)]
        )
        self.assertEqual(changed.amount_change, 20)
        self.assertFalse(changed.search([("id", "in", changed.ids),
                                         ("amount_change", "<", 20)]))
        self.assertEqual(february.most_changed_ids, february.charge_ids)
        self.assertEqual(len(february.content_hash_short), 12)

    def test_accepted_stays_accepted_in_another_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.make_rate(2.8, date_from="2027-01-01")  # none valid in January 2026
        self.fee.with_context(lang="zh_TW").name = "物業費"
        self.make_unit("101", 100)
        self.user_cs_head.lang, self.user_finance.lang = "zh_TW", "en_US"
        run = self.make_run("2026-01-01").with_user(self.user_cs_head)
        run.action_compute()
        run.exception_ids.reason = "Charged by the developer"
        run.exception_ids.action_accept()
        run.with_user(self.user_finance).action_compute()
        self.assertEqual(run.exception_ids.mapped("state"), ["accepted"])

    def test_counts_on_unit_and_community(self):
        self.make_rate(2.8)
        unit = self.make_unit("101", 100)
        self.env["property.vacancy"].create(
            {"unit_id": unit.id, "date_from": "2026-01-01"}
        )
        self.make_run("2026-01-01").action_compute()
        unit.invalidate_recordset()
        self.assertEqual(
            (unit.charge_count, unit.vacancy_count, unit.meter_count), (1, 1, 0)
        )
        self.assertEqual(self.community.run_count, 1)
