import base64
import io
import zipfile

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_fee_collection.wizards.estate.ledger_reader import (
    LedgerReader,
    NotALedger,
)
from odoo.addons.property_fee_collection.wizards.estate.workbook_stream import Damaged

from .ledger_common import SEPTEMBER, LedgerCommon, unit_row, workbook

SHEET = "xl/worksheets/sheet1.xml"


def damaged(content, part, change):
    """The workbook with one part of its archive changed."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(output, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestLedgerDamaged(LedgerCommon):
    """A damaged file is said to be none, whichever part is damaged."""

    def test_damaged_before_the_header(self):
        good = workbook(unit_row("1"))
        for part in ("xl/workbook.xml", "[Content_Types].xml", SHEET):
            for change in (
                lambda data: data[: len(data) // 3],
                lambda data: b"",
                lambda data: b"<<" + data,
            ):
                content = damaged(good, part, change)
                with self.subTest(part=part):
                    with self.assertRaises(NotALedger) as caught:
                        LedgerReader(content)
                    self.assertEqual(caught.exception.args[0], "not_xlsx")
                    with self.assertRaisesRegex(UserError, "xlsx"):
                        self.make_import(content).action_preview()

    def test_damaged_while_rows_are_read(self):
        """The sheet breaks off after nine tenths; the header is readable."""
        good = workbook(*(unit_row(str(number)) for number in range(500)))
        content = damaged(good, SHEET, lambda data: data[: len(data) * 9 // 10])
        with self.assertRaises(Damaged):
            list(LedgerReader(content).rows(SEPTEMBER))
        record = self.make_import(content)
        with self.assertRaisesRegex(UserError, "xlsx"):
            record.action_preview()

    def test_damaged_readings(self):
        """A sheet of meter readings, broken before and after its header."""
        header = ["房號", "日期", "讀數"]
        rows = [["101", "2026-01-31", 110]] * 500
        good = workbook(*rows, header=header)
        for part, share in (("xl/workbook.xml", 0.5), (SHEET, 0), (SHEET, 0.9)):
            content = damaged(
                good, part, lambda data, share=share: data[: int(len(data) * share)]
            )
            record = self.env["property.meter.import"].create(
                {
                    "community_id": self.community.id,
                    "file": base64.b64encode(content),
                }
            )
            with self.subTest(part=part), self.assertRaisesRegex(UserError, "xlsx"):
                record.action_preview()
