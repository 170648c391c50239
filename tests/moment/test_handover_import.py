import base64
import io
from datetime import date

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .handover_common import HandoverCommon


def sheet(*rows, header=("樓棟", "房號", "業主姓名", "電話", "預約日期")):
    book = openpyxl.Workbook()
    book.active.append(["Sunrise Garden"])
    book.active.append(list(header))
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestHandoverImport(HandoverCommon):
    """The developer's list; row 1 is a title, row 2 the header."""

    def wizard(self, *rows, **values):
        return (
            self.env["property.handover.import"]
            .with_user(self.user_cs)
            .create({"batch_id": self.batch.id, "file": sheet(*rows), **values})
        )

    def test_preview_and_import(self):
        self.rooms[1].owner_id = False
        self.make_unit("1306", owner=None, occupancy_status="unsold")
        wizard = self.wizard(
            ("1", "1201", "Lin Mei", "0912000101", date(2026, 3, 10)),
            ("1", "1202", "Ann Lee", "0912 000 102", None),
            ("1", "1203", "Somebody", None, None),
            ("1", "9999", "Bob", None, None),
            ("1", "1204", "Zhao Li", "none", None),
            ("1", "1205", "Sun Wei", None, "2026-03-11"),
            ("1", "1201", "Lin Mei", None, None),
            ("1", None, "Cat", None, None),
            ("1", "1306", None, None, None),
        )
        wizard.action_preview()
        self.assertEqual(
            (wizard.row_count, wizard.new_count, wizard.error_count), (9, 2, 7)
        )
        self.assertFalse(self.batch.moment_ids)
        self.assertEqual(
            [
                (line.row, line.column, line.message)
                for line in wizard.line_ids.sorted("row")
            ],
            [
                (5, "業主姓名", "1 1203 belongs to Wang Jun."),
                (6, "房號", "No unit 1 9999 in this community."),
                (7, "電話", "“none” is not a telephone number."),
                (8, "預約日期", "The batch receives nobody on 03/11/2026."),
                (9, "房號", "This unit is already in row 3."),
                (10, "房號", "The room number is missing."),
                (11, "業主姓名", "The owner's name is missing."),
            ],
        )
        with freeze_time("2026-03-02 02:00"):
            wizard.action_import()
            self.batch.action_plan()
        lin = self.moment_of(self.lin)
        self.assertEqual((lin.date, lin.partner_id), (date(2026, 3, 10), self.lin))
        self.assertEqual(self.lin.phone, "0912000101")
        ann = (self.batch.moment_ids - lin).partner_id
        self.assertEqual((ann.name, ann.phone), ("Ann Lee", "0912000102"))
        self.assertFalse(self.rooms[1].owner_id)
        self.assertEqual(len(self.batch.moment_ids), 2)

    def test_again_adds_nothing(self):
        rows = [("1", "1201", "Lin Mei", None, None)]
        self.wizard(*rows).action_import()
        again = self.wizard(*rows)
        again.action_preview()
        self.assertEqual((again.new_count, again.known_count), (0, 1))
        again.action_import()
        self.assertEqual(len(self.batch.moment_ids), 1)

    def test_one_buyer_of_two_units(self):
        self.units[:2].write({"owner_id": False})
        self.wizard(
            ("1", "1201", "Ann Lee", "0912000102", None),
            ("1", "1202", "Ann Lee", "0912000102", None),
        ).action_import()
        self.assertEqual(len(self.batch.moment_ids.partner_id), 1)

    def test_not_a_list(self):
        wizard = self.wizard()
        wizard.file = base64.b64encode(b"nothing")
        with self.assertRaisesRegex(UserError, "not an Excel workbook"):
            wizard.action_preview()
        wizard.file = sheet(header=("Floor", "Area"))
        with self.assertRaisesRegex(UserError, "No header row"):
            wizard.action_preview()

    def test_choose_units(self):
        """1203 has no owner, 1204 is handed over already."""
        self.rooms[2].owner_id = False
        self.rooms[3].occupancy_status = "owner_occupied"
        wizard = (
            self.env["property.handover.select"]
            .with_user(self.user_cs)
            .create({"batch_id": self.batch.id})
        )
        self.assertEqual(wizard.occupancy_status, "undelivered")
        self.assertEqual(wizard.unit_count, 4)
        self.assertEqual((wizard.no_owner_count, wizard.no_owner_names), (1, "1 1203"))
        wizard.action_add()
        self.assertEqual(
            self.batch.moment_ids.unit_id.mapped("name"), ["1201", "1202", "1205"]
        )
        again = self.env["property.handover.select"].create({"batch_id": self.batch.id})
        self.assertEqual(again.unit_ids, self.rooms[2])
        with self.assertRaisesRegex(UserError, "None of these units has an owner"):
            again.action_add()

    def test_access(self):
        with self.assertRaises(AccessError):
            self.env["property.handover.import"].with_user(self.user_finance).create(
                {"batch_id": self.batch.id}
            )
