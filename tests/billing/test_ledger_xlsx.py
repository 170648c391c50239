"""The ledger as a spreadsheet: opened again, and every formula worked out anew."""

import io
import re
import tempfile
import tracemalloc
from datetime import datetime

from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.property_fee_collection.report.billing.ledger_rows import COLUMNS
from odoo.addons.property_fee_collection.report.billing.ledger_workbook import (
    Column,
    LedgerWorkbook,
)

from .common import MODULE
from .ledger_common import JAN, LedgerCommon

HEADER = 6  # title, three lines, an empty row


def opened(content):
    return load_workbook(io.BytesIO(content)).active


def cached(content):
    return load_workbook(io.BytesIO(content), data_only=True).active


def worked_out(sheet, formula):
    """The value of ``=SUM(A1:A9)`` or ``=ROUND(A1+B1-C1,2)``, reading its cells."""

    def value(reference):
        content = sheet[reference].value
        if isinstance(content, str) and content.startswith("="):
            return worked_out(sheet, content)
        return content or 0

    if total := re.fullmatch(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula):
        column, first, last = total.groups()
        return sum(value(f"{column}{row}") for row in range(int(first), int(last) + 1))
    [terms, digits] = re.fullmatch(r"=ROUND\(([A-Z0-9+-]+),(\d)\)", formula).groups()
    return round(
        sum(
            (-1 if sign == "-" else 1) * value(reference)
            for sign, reference in re.findall(r"([+-]?)([A-Z]+\d+)", terms)
        ),
        int(digits),
    )


class LedgerXlsxCommon(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        cls.make_rate(10.0, cls.garbage)
        cls.unit_1 = cls.make_unit("101", 91.25, owner='=HYPERLINK("http://x","y")')
        cls.unit_2 = cls.make_unit("102", 100, owner="+1+1", handover_date="2024-05-01")
        cls.unit_2.owner_id.phone = "-2+3"
        cls.unit_2.note = "@SUM(A1)"
        cls.billing = cls.make_run(JAN)
        cls.billing.action_compute()

    def written(self, run=None, **context):
        stream = io.BytesIO()
        (run or self.billing).with_context(**context)._write_ledger(stream)
        return stream.getvalue()

    def table(self, sheet):
        """Rows between header and totals as {column name: cell}."""
        rows = []
        for cells in sheet.iter_rows(min_row=HEADER + 1):
            if cells[0].value == "Total":
                return rows, dict(zip((n for n, _k in COLUMNS), cells, strict=True))
            rows.append(dict(zip((n for n, _k in COLUMNS), cells, strict=True)))
        raise AssertionError("no totals row")


@tagged("post_install", "-at_install")
class TestLedgerXlsx(LedgerXlsxCommon):
    def test_layout(self):
        sheet = opened(self.written())
        self.assertEqual(sheet.title, "2026-01")
        self.assertEqual(sheet["A1"].value, "Owner Payment Ledger")
        self.assertIn("Sunrise Garden", sheet["A2"].value)
        self.assertIn("2026-01-31", sheet["A3"].value)
        self.assertEqual(sheet.freeze_panes, "C7")
        self.assertEqual(sheet.auto_filter.ref, "A6:AD10")
        self.assertEqual(sheet.print_title_rows, "$6:$6")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(sheet.page_setup.paperSize, 9)
        self.assertEqual(sheet.page_setup.fitToHeight, 0)
        titles = [cell.value for cell in sheet[HEADER]]
        self.assertEqual(titles[:4], ["Building", "Unit", "Owner", "Payer"])
        self.assertEqual(titles[-1], "Remarks")
        self.assertEqual(len(titles), len(set(titles)))

    def test_values_and_formats(self):
        rows, _total = self.table(opened(self.written()))
        self.assertEqual(len(rows), 4)
        fee = rows[2]
        self.assertEqual(fee["unit_id"].value, "102")
        self.assertEqual(fee["fee_item_id"].value, "Property fee")
        self.assertEqual(fee["floor_area"].value, 100)
        self.assertEqual(fee["price_unit"].value, 2.8)
        self.assertEqual(fee["receivable"].value, 280)
        self.assertEqual(fee["receivable"].number_format, "#,##0.00")
        self.assertEqual(fee["handover_date"].value, datetime(2024, 5, 1))
        self.assertEqual(fee["handover_date"].number_format, "yyyy-mm-dd")
        self.assertEqual(fee["occupancy_status"].value, "Owner-occupied")
        self.assertEqual(fee["payment_state"].value, "Not invoiced")

    def test_formulas_give_the_same_cents(self):
        former = self.env["res.partner"].create({"name": "Former Owner"})
        arrears = self.make_invoice(former, 77.71, "2025-12-09", self.unit_2)
        first, second = self.invoice_run(self.billing)
        self.pay(first, 100.01, "2026-01-20")
        self.pay(arrears, 0.02, "2026-01-20")
        self.credit(second, 29.0, "2026-01-25")
        content = self.written()
        sheet, values = opened(content), cached(content)
        rows, total = self.table(sheet)
        # 255.50 − 96.24, 10 − 3.77, 280 − 28, 10 − 1, 77.71 − 0.02 (see the ledger's
        # own tests); together 265.5 + 290 + 77.71 − 100.01 − 0.02 − 29 = 504.18
        expected = [159.26, 6.23, 252, 9, 77.69]
        for row, amount in zip(rows, expected, strict=True):
            cell = row["closing"]
            self.assertEqual(worked_out(sheet, cell.value), amount)
            self.assertEqual(values[cell.coordinate].value, amount)
        for name, amount in {
            "opening": 77.71,
            "receivable": 555.5,
            "waived": 29,
            "received": 100.01,
            "received_arrears": 0.02,
            "closing": 504.18,
        }.items():
            cell = total[name]
            self.assertRegex(cell.value, r"^=SUM\(([A-Z])7:\1(11)\)$")
            self.assertEqual(round(worked_out(sheet, cell.value), 2), amount)
            self.assertEqual(values[cell.coordinate].value, amount)
        self.assertEqual(self.residual("2026-01-31"), 504.18)

    def test_texts_never_become_formulas(self):
        rows, _total = self.table(opened(self.written()))
        found = [rows[0]["partner_id"], *(rows[2][n] for n in ("owner_id", "phone"))]
        found.append(rows[2]["note"])
        self.assertEqual(
            [cell.value for cell in found],
            ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)"],
        )
        self.assertEqual({cell.data_type for cell in found}, {"s"})
        self.assertFalse([cell for cell in found if cell.hyperlink])

    def test_signatures(self):
        texts = self.texts()
        self.assertIn("Not signed by both customer service and Finance yet.", texts)
        self.assertIn("Customer Service Head", texts)
        self.sign(self.billing)
        texts = self.texts()
        self.assertIn("Signed by customer service and Finance.", texts)
        for user in (self.user_cs_head, self.user_finance):
            self.assertTrue([text for text in texts if text.startswith(user.name)])

    def texts(self):
        sheet = opened(self.written())
        return [
            str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value
        ]

    def test_an_empty_ledger(self):
        run = self.make_run("2025-06-01")
        sheet = opened(self.written(run))
        rows, total = self.table(sheet)
        self.assertFalse(rows)
        self.assertEqual(total["closing"].value, 0)

    def test_queries_do_not_grow_with_rows(self):
        self.written()
        few = self.count_queries(self.billing)
        self.env["property.unit"].create(
            [
                {
                    "name": str(number),
                    "building_id": self.building.id,
                    "floor_area": 50,
                    "owner_id": self.developer.id,
                }
                for number in range(200, 300)
            ]
        )
        run = self.make_run("2026-02-01")
        run.action_compute()
        self.written(run)
        self.assertEqual(self.count_queries(run), few)

    def count_queries(self, run):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.written(run)
        return self.env.cr.sql_log_count - before

    def test_memory_does_not_grow_with_rows(self):
        def peak(count):
            columns = [
                Column(name, name, kind, ("opening",) if name == "closing" else ())
                for name, kind in COLUMNS
            ]
            texts = {"text", "long"}
            stream = self.enterContext(tempfile.TemporaryFile())
            tracemalloc.start()
            try:
                workbook = LedgerWorkbook(
                    stream, columns, sheet_name="x", digits=2, frozen=2
                )
                workbook.write_head("x", [])
                for first in range(0, count, 1000):
                    workbook.write_rows(
                        [
                            tuple(
                                f"{number} {name}" if kind in texts else number
                                for name, kind in COLUMNS
                            )
                            for number in range(first, min(first + 1000, count))
                        ]
                    )
                workbook.write_totals("Total")
                workbook.close()
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        peak(1000)
        # Ten times the rows; a row of 26 cells that was kept would be 2 kB, 36 MB here.
        self.assertLess(peak(20_000), peak(2_000) + 200_000)


@tagged("post_install", "-at_install")
class TestLedgerDownload(LedgerXlsxCommon, HttpCase):
    def download(self, user, run=None):
        self.authenticate(user and user.login, user and user.login)
        number = run.id if run else self.billing.id
        return self.url_open(f"/property_fee_collection/ledger/{number}.xlsx")

    def test_download(self):
        self.env.flush_all()
        response = self.download(self.user_cs)
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        self.assertIn("attachment", response.headers["Content-Disposition"])
        rows, _total = self.table(opened(response.content))
        self.assertEqual(
            [row["receivable"].value for row in rows], [255.5, 10, 280, 10]
        )

    def test_nobody_else(self):
        stranger = new_test_user(
            self.env,
            login="ledger_stranger",
            groups=f"base.group_user,{MODULE}.group_cs_head",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        portal = new_test_user(
            self.env, login="ledger_portal", groups="base.group_portal"
        )
        plain = new_test_user(self.env, login="ledger_plain", groups="base.group_user")
        accountant = new_test_user(
            self.env, login="ledger_accountant", groups="account.group_account_invoice"
        )
        for user in (stranger, portal, plain, accountant):
            self.assertEqual(self.download(user).status_code, 404, user.login)

    def test_a_run_that_does_not_exist(self):
        response = self.download(self.user_cs, run=self.billing.browse(2**30))
        self.assertEqual(response.status_code, 404)

    def test_without_login(self):
        self.authenticate(None, None)
        response = self.url_open(
            f"/property_fee_collection/ledger/{self.billing.id}.xlsx",
            allow_redirects=False,
        )
        self.assertEqual(response.status_code, 303)
