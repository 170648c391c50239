"""Readings from a workbook."""

import base64
import io
from datetime import date

import openpyxl

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_fee_collection.wizards.billing.meter_headers import (
    find_columns,
)

from .meter_common import MeterCommon


def workbook(*rows):
    """An .xlsx file of the rows, as the base64 that a binary field holds."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue())


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
            (
                record.row_count,
                record.new_count,
                record.error_count,
                record.empty_count,
            ),
            (4, 2, 1, 1),
        )
        self.assertEqual(self.messages(record), [(5, "房號", "error")])
        self.assertIn("1 999", record.line_ids.message)
        self.assertEqual(
            len(self.meter_1.reading_ids), 1, "a preview writes no reading"
        )
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
        self.count(self.meter_1, "2026-01-31", 120, is_estimate=True)
        self.count(self.meter_2, "2026-01-31", 220)
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
        self.count(self.meter_1, "2026-01-15", 130, is_estimate=True)
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
        self.bring_in(
            ["房號", "日期", "讀數"], ["101", "2026-01-31", 9]
        ).action_import()
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

    def test_absurd_readings_are_left_out(self):
        record = self.bring_in(
            ["房號", "日期", "讀數"],
            [101, "2026-01-31", "1e400"],
            [101, "1900-01-31", 110],
        )
        self.assertEqual(
            self.messages(record), [(2, "讀數", "error"), (3, "日期", "error")]
        )

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
                name
                for name, _width in record.with_context(lang=lang)._template_headers()
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
                    "file": workbook(
                        header, *[[room, day, 5] for room in rooms[:count]]
                    ),
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
