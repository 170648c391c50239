import io
import re
from unittest.mock import patch
from zipfile import ZipFile

import openpyxl
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..billing.common import PropertyCommon


@tagged("post_install", "-at_install")
class TestKpi(PropertyCommon):
    """Two communities: February 80 of 100 and 10 of 50; January 30 of 60 in the first
    one. A third community is the company's only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_community("Second: [A/B]", "SEC")
        cls.third = cls.make_community(
            "Hidden", "HID", manager_id=False, cs_head_id=False, finance_user_id=False
        )
        figures = cls.env["property.figure"].sudo()
        figures.search([]).unlink()
        cls.env["property.kpi.mail"].sudo().search([]).unlink()
        rows = (
            (cls.community, "2026-01-01", 60, 30, 0, 0),
            (cls.community, "2026-02-01", 100, 80, 40, 10),
            (cls.second, "2026-02-01", 50, 10, 60, 15),
            (cls.third, "2026-02-01", 999, 999, 0, 0),
        )
        figures.create(
            [
                {
                    "community_id": community.id,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    "period": period,
                    "charged": charged,
                    "applied": applied,
                    "arrears_closing": arrears,
                    "age_1": arrears,
                    "arrears_opening": arrears,
                    "arrears_recovered": recovered,
                }
                for community, period, charged, applied, arrears, recovered in rows
            ]
        )
        cls.user_manager.email = "manager@example.com"
        cls.communities = cls.community | cls.second | cls.third

    def content(self, user=None):
        stream = io.BytesIO()
        figures = self.env["property.figure"].with_user(user or self.user_manager)
        figures = figures.with_context(allowed_company_ids=self.company.ids)
        figures._write_kpis(
            stream,
            self.communities.with_env(figures.env),
            fields.Date.to_date("2026-02-01"),
        )
        return stream.getvalue()

    def sheets(self, values=True):
        stream = io.BytesIO(self.content())
        book = openpyxl.load_workbook(stream, data_only=values)
        return {sheet.title: sheet for sheet in book}

    def rows(self, sheet):
        """{first cell: {header: value}}"""
        header = [cell.value for cell in sheet[4]]
        return {
            row[0]: dict(zip(header, row, strict=True))
            for row in sheet.iter_rows(min_row=5, values_only=True)
            if row[0]
        }

    def test_sheets_and_numbers(self):
        sheets = self.sheets()
        # No sheet for the community that the manager does not belong to.
        self.assertEqual(
            list(sheets),
            ["Comparison", "Second   A B", "Sunrise Garden", "Definitions"],
        )
        rows = self.rows(sheets["Comparison"])
        rate = "Current Collection Rate"
        self.assertAlmostEqual(rows["Sunrise Garden"][rate], 0.8)
        self.assertAlmostEqual(rows["Second: [A/B]"][rate], 0.2)
        # (80 + 10) ÷ (100 + 50), (10 + 15) ÷ (40 + 60)
        total = rows[f"Total {self.company.currency_id.name}"]
        self.assertEqual((total["Net Charges"], total["Applied"]), (150, 90))
        self.assertAlmostEqual(total[rate], 0.6)
        self.assertAlmostEqual(total["Recovery Rate"], 0.25)
        months = self.rows(sheets["Sunrise Garden"])
        self.assertAlmostEqual(months["2026-01"][rate], 0.5)
        # 110 ÷ 160; what is open does not add up over months.
        self.assertAlmostEqual(months["Total"][rate], 0.6875)
        self.assertIsNone(months["Total"]["Arrears"])
        self.assertIsNone(months["2026-01"]["Recovery Rate"])
        words = [row[1] for row in sheets["Definitions"].iter_rows(values_only=True)]
        self.assertTrue(any("consumed prepayments" in (word or "") for word in words))

    def test_totals_are_formulas(self):
        sheet = self.sheets(values=False)["Comparison"]
        total = list(sheet.iter_rows(min_row=7, max_row=7))[0]
        formulas = [cell.value for cell in total if cell.value]
        self.assertEqual(formulas[1], "=SUM(B5:B6)")
        self.assertIn("=C7/B7", formulas)
        self.assertEqual(sheet["B7"].number_format, "#,##0.00")
        self.assertEqual(sheet["E7"].number_format, "0.0%")

    def test_native_charts(self):
        with ZipFile(io.BytesIO(self.content())) as archive:
            charts = [
                archive.read(name).decode()
                for name in archive.namelist()
                if re.match(r"xl/charts/chart\d+\.xml", name)
            ]
        kinds = sorted(
            re.search(r"<c:(lineChart|barChart)>", chart)[1] for chart in charts
        )
        # Two bars to compare; a line and stacked columns for each community.
        self.assertEqual(kinds, ["barChart"] * 4 + ["lineChart"] * 2)
        # Three rates over the two months of the first community.
        line = next(
            chart
            for chart in charts
            if "<c:lineChart>" in chart and "$E$5:$E$6" in chart
        )
        self.assertEqual(line.count("<c:ser>"), 3)

    def test_wizard_is_ones_own(self):
        wizards = self.env["property.kpi.workbook"]
        wizard = wizards.with_user(self.user_manager).create({})
        self.assertEqual(wizard.community_ids, self.community | self.second)
        url = wizard.action_download()["url"]
        self.assertEqual(url, f"/property_fee_collection/kpi/{wizard.id}.xlsx")
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_company).check_access("read")
        for user in (self.user_cs, self.portal()):
            with self.assertRaises(AccessError):
                wizards.with_user(user).create({})

    def portal(self):
        return new_test_user(self.env, "property_kpi_portal", "base.group_portal")

    # By e-mail ------------------------------------------------------------------------

    def cron(self, day):
        with freeze_time(f"{day} 04:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "property_fee_collection.cron_kpi_mail"
            ).method_direct_trigger()

    def mails(self):
        return self.env["property.kpi.mail"].search([], order="user_id, period")

    def test_mailed_once_a_month(self):
        self.user_manager.property_kpi_monthly = True
        self.user_cs.property_kpi_monthly = True  # no manager
        self.cron("2026-03-04")
        self.assertFalse(self.mails())
        self.cron("2026-03-09")
        self.cron("2026-03-20")
        row = self.mails()
        self.assertEqual(row.user_id, self.user_manager)
        self.assertEqual((str(row.period), row.state), ("2026-02-01", "made"))
        mail = row.mail_id
        self.assertEqual(
            (mail.state, mail.email_to), ("outgoing", row.user_id.email_formatted)
        )
        book = openpyxl.load_workbook(io.BytesIO(mail.attachment_ids.raw))
        self.assertIn("Sunrise Garden", book.sheetnames)
        self.assertNotIn("Hidden", book.sheetnames)
        mail.state = "sent"
        self.cron("2026-04-06")
        self.assertEqual(self.mails().mapped("state"), ["sent", "made"])

    def test_in_the_language_of_the_user(self):
        self.user_manager.write({"property_kpi_monthly": True, "lang": "zh_TW"})
        seen = []

        def write(figures, *_args):
            seen.append((figures.env.lang, figures.env.user, figures.env.su))

        with patch.object(self.env.registry["property.figure"], "_write_kpis", write):
            self.cron("2026-03-09")
        self.assertEqual(seen, [("zh_TW", self.user_manager, False)])

    def test_failures_are_shown(self):
        self.user_manager.property_kpi_monthly = True
        with (
            patch.object(
                self.env.registry["property.figure"],
                "_write_kpis",
                side_effect=ValueError("no paper"),
            ),
            mute_logger(
                "odoo.addons.property_fee_collection.models.books.kpi_mail_cron"
            ),
        ):
            self.cron("2026-03-09")
        row = self.mails()
        self.assertEqual((row.state, row.error), ("failed", "ValueError: no paper"))
        with self.assertRaises(AccessError):
            row.with_user(self.user_cs).action_retry()
        row.with_user(self.user_manager).action_retry()
        self.cron("2026-03-10")
        self.assertEqual((row.state, row.error), ("made", False))
        # What the mail server says comes back.
        row.mail_id.write({"state": "exception", "failure_reason": "no server"})
        self.cron("2026-03-11")
        self.assertEqual((row.state, row.error), ("failed", "no server"))

    def test_nobody_makes_a_row_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["property.kpi.mail"].with_user(self.user_manager).create(
                {"user_id": self.user_manager.id, "period": "2026-01-01"}
            )
        self.user_manager.with_user(self.user_manager).property_kpi_monthly = True
        self.assertTrue(self.user_manager.property_kpi_monthly)
