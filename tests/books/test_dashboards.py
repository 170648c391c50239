"""The dashboards' JSON against the reporting model (procedure, section 6)."""

import io
import json
import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import date_utils
from odoo.tools.translate import extract_spreadsheet_terms

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
)

from .dashboard_common import BOARDS, DashboardCommon, read

VALUE = re.compile(r'PIVOT\.VALUE\((\d+),"(\w+)"(?:,"#?([\w:]+)",[^)]*)?\)')
ANY = re.compile(r"PIVOT(?:\.\w+)?\((\d+)")


@tagged("post_install", "-at_install")
class TestDashboards(DashboardCommon):
    def narrowed(self, data, pivot, **chosen):
        """Domain of a data source, narrowed by its filters as the browser does it."""
        domain = Domain(pivot["domain"])
        for name, matching in pivot["fieldMatching"].items():
            if name == "period":
                offset = matching["offset"]
                month = date_utils.add(self.month, months=offset)
                domain &= Domain("period", ">=", month)
                domain &= Domain("period", "<=", date_utils.end_of(month, "month"))
            elif value := chosen.get(name):
                domain &= Domain(matching["chain"], "in", [value.id])
        return domain

    def cards(self, name, user=None, **chosen):
        """{label: (now, before)} of a dashboard, read as the browser reads it."""
        data = read(name)
        cells = data["sheets"][1]["cells"]
        figures = self.env["property.figure"].with_user(user or self.user_company)
        shown = {}
        for figure in data["sheets"][0]["figures"]:
            if figure["data"]["type"] != "scorecard":
                continue
            values = []
            for source in ("keyValue", "baseline"):
                formula = cells[figure["data"][source].removeprefix("Data!")]
                key, measure, _field = VALUE.fullmatch(formula[1:]).groups()
                aggregator = figures._fields[measure].aggregator
                spec = f"{measure}:{aggregator}"
                domain = self.narrowed(data, data["pivots"][key], **chosen)
                [row] = figures.formatted_read_group(domain, aggregates=[spec])
                values.append(row[spec])
            shown[figure["data"]["title"]["text"]] = tuple(values)
        return shown

    def test_names_exist(self):
        for name in BOARDS:
            data = read(name)
            for model, names in fields_in_spreadsheet(data).items():
                for field in names:
                    self.assertIn(field.split(":")[0], self.env[model]._fields)
            for pivot in data["pivots"].values():
                for matching in pivot["fieldMatching"].values():
                    self.assertIn(matching["chain"], self.env[pivot["model"]]._fields)
            for xml_id in menus_xml_ids_in_spreadsheet(data):
                self.assertEqual(self.env.ref(xml_id)._name, "ir.ui.menu")
            for each in data["globalFilters"]:
                if each["type"] == "relation":
                    self.assertIn(each["modelName"], self.env)

    def test_formulas_refer_to_what_is_there(self):
        for name in BOARDS:
            data = read(name)
            used = set()
            for sheet in data["sheets"]:
                for text in sheet["cells"].values():
                    used |= set(ANY.findall(text))
                    for key, measure, field in VALUE.findall(text):
                        pivot = data["pivots"][key]
                        self.assertIn(measure, [m["id"] for m in pivot["measures"]])
                        if field:
                            rows = [row["fieldName"] for row in pivot["rows"]]
                            self.assertIn(field.split(":")[0], rows)
            self.assertEqual(used, set(data["pivots"]), "and none is left over")

    def test_charts_have_cells(self):
        for name in BOARDS:
            data = read(name)
            cells = data["sheets"][1]["cells"]
            for figure in data["sheets"][0]["figures"]:
                for each in figure["data"].get("dataSets", []):
                    if each:
                        first = re.search(r"!(\w+):", each["dataRange"])[1]
                        self.assertIn("_t(", cells[first], "its first cell names it")

    def test_overview(self):
        shown = self.cards("overview", community=self.community)
        self.assertEqual(shown["Current collection rate"], (0.75, 0.5))
        self.assertEqual(shown["Cumulative collection rate"][0], 0.75)
        self.assertEqual(shown["Recovery rate"][0], 0.4)
        self.assertEqual(shown["Prepayment rate"][0], 0.1)
        self.assertEqual(shown["Occupancy rate"][0], 0.5)
        self.assertEqual(shown["Arrears per household"][0], 300.0)
        self.assertEqual(shown["Recovered"][0], 400.0)
        self.assertEqual(shown["Promises kept"][0], 0.5)
        # Both communities: (750 + 90) ÷ (1,000 + 100).
        both = self.cards("overview")["Current collection rate"]
        self.assertAlmostEqual(both[0], 840 / 1100)

    def test_collector_narrows_arrears_only(self):
        shown = self.cards("overview", collector=self.user_manager)
        self.assertFalse(shown["Recovered"][0])
        self.assertAlmostEqual(shown["Current collection rate"][0], 840 / 1100)
        shown = self.cards("collectors", collector=self.user_cs)
        self.assertEqual(shown["Open cases"][0], 4)
        self.assertEqual(shown["Contacts"][0], 7)

    def test_occupancy(self):
        shown = self.cards("occupancy", community=self.community)
        self.assertEqual(shown["Occupancy rate of all units"][0], 0.5)
        self.assertEqual(shown["Vacancy rate"][0], 0.25)
        self.assertEqual(shown["Moments completed"][0], 3)
        self.assertEqual(shown["Settled at moments"][0], 80.0)

    def test_pivots_and_charts_can_be_read(self):
        figures = self.env["property.figure"].with_user(self.user_company)
        for name in BOARDS:
            data = read(name)
            sources = [
                (
                    pivot,
                    [row["fieldName"] for row in pivot["rows"]],
                    [measure["id"] for measure in pivot["measures"]],
                )
                for pivot in data["pivots"].values()
            ] + [
                (
                    chart["searchParams"] | {"fieldMatching": chart["fieldMatching"]},
                    chart["metaData"]["groupBy"],
                    [chart["metaData"]["measure"]],
                )
                for chart in odoo_charts(data)
            ]
            for source, rows, measures in sources:
                groups = ["period:month" if row == "period" else row for row in rows]
                specs = [f"{m}:{figures._fields[m].aggregator}" for m in measures]
                domain = self.narrowed(data, source, community=self.community)
                found = figures.formatted_read_grouping_sets(
                    domain, [[], groups], aggregates=specs
                )
                self.assertTrue(found[0] and found[1], source)

    def test_recovered_by_channel_and_reason(self):
        charts = {chart["id"]: chart for chart in odoo_charts(read("collectors"))}
        figures = self.env["property.figure"].with_user(self.user_company)
        for name, expected in (("channels", False), ("reasons", "own")):
            found = figures._read_group(
                charts[name]["searchParams"]["domain"],
                charts[name]["metaData"]["groupBy"],
                ["arrears_recovered:sum"],
            )
            self.assertEqual(found, [(expected, 400.0)])

    def test_who_sees_them(self):
        boards = self.env.ref("property_fee_collection.dashboard_group").dashboard_ids
        self.assertEqual(len(boards), 3)
        for user, count in (
            (self.user_cs, 0),
            (self.user_finance, 2),
            (self.user_cs_head, 3),
            (self.user_manager, 3),
            (self.user_company, 3),
        ):
            seen = boards.with_user(user).search([("id", "in", boards.ids)])
            self.assertEqual(len(seen), count, user.login)
        collectors = self.env.ref("property_fee_collection.dashboard_collectors")
        for user in (self.user_cs, self.user_finance):
            with self.assertRaises(AccessError):
                collectors.with_user(user).read(["spreadsheet_data"])

    def test_manager_of_another_community(self):
        shown = self.cards("overview", user=self.hill_manager)
        self.assertEqual(shown["Current collection rate"][0], 0.9)
        shown = self.cards("collectors", user=self.hill_manager)
        self.assertFalse(shown["Contacts"][0])

    def test_sample_until_there_are_figures(self):
        board = self.env.ref("property_fee_collection.dashboard_overview")
        self.assertFalse(board.with_user(self.hill_manager)._dashboard_is_empty())
        self.env["property.figure"].sudo().search([]).unlink()
        for name in BOARDS:
            board = self.env.ref(f"property_fee_collection.dashboard_{name}")
            self.assertTrue(board.with_user(self.hill_manager)._dashboard_is_empty())
            data = board._get_sample_dashboard()
            self.assertNotIn("PIVOT", json.dumps(data), "nothing of the database")
            self.assertFalse(data["pivots"] or odoo_charts(data))

    def test_sample_is_translated(self):
        board = self.env.ref("property_fee_collection.dashboard_overview")
        words = {"Recovery rate": "清欠率", "Communities by arrears": "各小區欠費"}
        with patch.object(
            type(board), "_property_sample_terms", lambda self: words, create=True
        ):
            text = json.dumps(board._get_sample_dashboard(), ensure_ascii=False)
        self.assertNotIn('"Recovery rate', text)
        self.assertIn("清欠率", text)
        self.assertIn("各小區欠費", text)

    def test_every_text_is_a_term(self):
        for name in BOARDS:
            data = read(name)
            file = io.BytesIO(json.dumps(data).encode())
            found = extract_spreadsheet_terms(file, (), (), {})
            terms = {term for _line, _function, term, _comments in found}
            for figure in data["sheets"][0]["figures"]:
                self.assertIn(figure["data"]["title"]["text"], terms)
            for cell in data["sheets"][0]["cells"].values():
                if cell.startswith("["):
                    self.assertIn(re.match(r"\[(.+?)\]\(", cell)[1], terms)
            self.assertIn("Period", terms)
