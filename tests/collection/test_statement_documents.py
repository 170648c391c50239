import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..billing.common import MODULE
from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementDocuments(StatementCommon, HttpCase):
    """XLSX and PDF carry every column of section 3 and can be worked out again."""

    def setUp(self):
        super().setUp()
        self.owner.name = "=1+1"
        january = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.pay(january, 300, "2026-01-20")
        self.make_invoice(self.developer, 250.5, "2025-12-10")
        with freeze_time("2026-02-03"):
            self.statement = self.signed_statement("2026-01-01")

    def sheet(self, statement=None):
        stream = io.BytesIO()
        (statement or self.statement)._write_workbook(stream)
        return load_workbook(stream).active

    def rows(self, sheet):
        values = [list(row) for row in sheet.iter_rows(values_only=True)]
        [head] = [i for i, row in enumerate(values) if row[0] == "Unit(s)"]
        return values[head], values[head + 1 :]

    def test_xlsx(self):
        sheet = self.sheet()
        head, rows = self.rows(sheet)
        self.assertEqual(len(head), 35)
        column = {name: index for index, name in enumerate(head)}
        owner = next(row for row in rows if row[1] == "=1+1")
        self.assertEqual(owner[column["Billed"]], 1000)
        self.assertEqual(owner[column["Received: Current"]], 300)
        self.assertEqual(owner[column["1 Month"]], 700)
        self.assertEqual(owner[column["From"]], "2026-01")
        self.assertEqual(owner[column["Collector"]], self.user_cs.name)

    def test_xlsx_works_out_again(self):
        head, rows = self.rows(self.sheet())
        column = {name: index for index, name in enumerate(head)}
        lines = rows[:2]
        self.assertTrue(lines[0][column["Closing"]].startswith("=ROUND("))
        total = next(row for row in rows if row[0] == "Total")
        self.assertTrue(total[column["Closing"]].startswith("=SUM("))
        # Closing by hand: opening + billed + adjusted − received of both customers:
        # 250.50 of December, 1,000 − 300 of January.
        closing = sum(
            line[column["Opening: This Year"]]
            + line[column["Opening: Earlier Years"]]
            + line[column["Billed"]]
            + line[column["Adjusted"]]
            - line[column["Received: Current"]]
            - line[column["Received: Earlier"]]
            for line in lines
        )
        self.assertEqual(closing, 950.5)
        self.assertEqual(closing, self.statement.total_closing)
        ages = sum(
            sum(line[column["Not Yet Due"] : column["Credits"] + 1]) for line in lines
        )
        self.assertEqual(ages, 950.5)

    def test_signature_block(self):
        texts = [
            cell
            for row in self.sheet().iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, str)
        ]
        self.assertIn("Customer Service Head", texts)
        self.assertTrue(any(self.user_cs_head.name in text for text in texts))
        self.assertTrue(any(self.statement.content_hash in text for text in texts))

    def test_download(self):
        self.authenticate("property_cs", "property_cs")
        url = f"/property_fee_collection/arrears/{self.statement.id}.xlsx"
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(load_workbook(io.BytesIO(response.content)).active.title)

    @mute_logger("odoo.http")
    def test_not_for_others(self):
        new_test_user(
            self.env,
            login="cs_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs",
            company_id=self.company.id,
        )
        self.authenticate("cs_elsewhere", "cs_elsewhere")
        url = f"/property_fee_collection/arrears/{self.statement.id}.xlsx"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_print(self):
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html(
            "property_fee_collection.report_arrears", self.statement.ids
        )[0].decode()
        for text in ("=1+1", "1,000.00", "700.00", "950.50", self.user_cs_head.name):
            self.assertIn(text, html)
        self.assertEqual(
            self.statement.action_print()["report_name"],
            "property_fee_collection.report_arrears",
        )

    def test_screens(self):
        # Smart buttons lead to the lines they name.
        lines = self.env["property.arrears.line"]
        action = self.statement.action_open_due()
        self.assertEqual(lines.search(action["domain"]), self.statement.line_ids)
        self.assertIn("2", str(self.statement.outlook_summary))
        self.assertTrue(self.statement.action_open_differences()["context"])
        self.assertTrue(self.statement.action_open_unconfirmed()["context"])
