"""A dashboard in the JSON of Odoo's spreadsheets: a sheet people see, and a sheet of
numbers behind it."""

from .look import BORDERS, CARD, CHART, LOCALE, STYLES, TABLE, WIDTH

VERSION = "18.5.10"
MODEL = "property.figure"
# What a click on a figure opens.
MENU = "property_fee_collection.menu_property_figure"
PERCENT, COUNT = "0.0%", "#,##0"
RATES = ("_rate",)
PERIOD = {
    "id": "period",
    "type": "date",
    "label": "Period",
    "defaultValue": "this_month",
}
COMMUNITY = {
    "id": "community",
    "type": "relation",
    "label": "Community",
    "modelName": "property.community",
    "defaultValueDisplayNames": [],
}
COLLECTOR = {
    "id": "collector",
    "type": "relation",
    "label": "Collector",
    "modelName": "res.users",
    "defaultValueDisplayNames": [],
}
FIELDS = {
    "period": {"chain": "period", "type": "date"},
    "community": {"chain": "community_id", "type": "many2one"},
    "collector": {"chain": "collector_id", "type": "many2one"},
}
MONTHS = 12


class Board:
    def __init__(self, columns, filters):
        self.columns, self.filters = columns, filters
        self.cells, self.facts = {}, {}
        self.formats, self.fact_formats = {}, {}
        self.styles, self.borders, self.tables = {}, {}, []
        self.rules, self.heights = [], {}
        self.figures, self.menus, self.pivots = [], {}, {}
        self.row = 0  # of the Data sheet

    # --- what is read from the reporting model -------------------------------
    def pivot(self, name, measures, rows=(), by=None, domain=(), skip=(), offset=0):
        """``skip`` names filters that do not narrow it, ``offset`` shifts the period."""
        key = str(len(self.pivots) + 1)
        matching = {f["id"]: dict(FIELDS[f["id"]]) for f in self.filters}
        for each in skip:
            matching.pop(each, None)
        if "period" in matching:
            matching["period"]["offset"] = offset
        self.pivots[key] = {
            "type": "ODOO",
            "id": key,
            "formulaId": key,
            "name": name,
            "model": MODEL,
            "domain": list(domain),
            "context": {},
            "measures": [self._measure(measure) for measure in measures],
            "rows": [
                {"fieldName": field, "granularity": "month", "order": "asc"}
                if field == "period"
                else {"fieldName": field}
                for field in rows
            ],
            "columns": [],
            "sortedColumn": by and {"measure": by[0], "order": by[1], "domain": []},
            "fieldMatching": matching,
        }
        return key

    @staticmethod
    def _measure(name):
        measure = {"id": name, "fieldName": name}
        return measure | ({"format": PERCENT} if name.endswith(RATES) else {})

    # --- the sheet behind ----------------------------------------------------
    def fact(self, column, content, form=None):
        cell = f"{column}{self.row}"
        self.facts[cell] = content
        if form:
            self.fact_formats[cell] = form
        return f"Data!{cell}"

    def compared(self, label, measure, now, before):
        """A row: label, this period, the one before. Returns their two cells."""
        self.row += 1
        form = PERCENT if measure.endswith(RATES) else None
        self.fact("A", f'=_t("{label}")')
        return (
            self.fact("B", f'=PIVOT.VALUE({now},"{measure}")', form),
            self.fact("C", f'=PIVOT.VALUE({before},"{measure}")', form),
        )

    def ages(self, pivot, ages):
        """A row for each band of age."""
        start = self._head("Age", ["Arrears"])
        for label, measure in ages.items():
            self.row += 1
            self.fact("A", f'=_t("{label}")')
            self.fact("B", f'=PIVOT.VALUE({pivot},"{measure}")')
        return start

    def months(self, pivot, measures):
        """A row for each of the twelve months until the end of the chosen period."""
        self.row += 2
        self.fact("A", '=_t("Until")')
        self.fact("B", '=ODOO.FILTER.VALUE("Period")')  # from, to: two cells
        end = f"IF(C{self.row}=\"\",TODAY(),C{self.row})"
        start = self._head("Month", measures)
        for back in range(MONTHS - 1, -1, -1):
            self.row += 1
            self.fact("A", f"=EDATE(EOMONTH({end},-1)+1,{-back})", "yyyy-mm")
            for column, measure in zip("BCDEFG", measures.values(), strict=False):
                self.fact(
                    column,
                    f'=PIVOT.VALUE({pivot},"{measure}","period:month",$A{self.row})',
                    PERCENT if measure.endswith(RATES) else None,
                )
        return start

    def groups(self, pivot, field, measures, count, title):
        """A row for each of the first ``count`` groups of the pivot."""
        start = self._head(title, measures)
        for place in range(1, count + 1):
            self.row += 1
            self.fact("A", f'=PIVOT.HEADER({pivot},"#{field}",{place})')
            for column, measure in zip("BCDEFG", measures.values(), strict=False):
                self.fact(
                    column,
                    f'=PIVOT.VALUE({pivot},"{measure}","#{field}",{place})',
                    PERCENT if measure.endswith(RATES) else None,
                )
        return start

    def _head(self, title, labels):
        self.row += 2
        self.fact("A", f'=_t("{title}")')
        for column, label in zip("BCDEFG", labels, strict=False):
            self.fact(column, f'=_t("{label}")')
        return self.row

    # --- what people see -----------------------------------------------------
    def card(self, title, cells, place, worse_up=False, mode="difference"):
        """A number and how it changed; four of them in a line."""
        line, column = divmod(place, 4)
        gap = 10
        width = (WIDTH - 3 * gap) // 4
        name = f"card-{place + 1}"
        good, bad = CARD["good"], CARD["bad"]
        self._figure(
            name,
            # A telephone shows figures by their height: a hair lower, a place later.
            (column * (width + gap), 10 + line * 116 + column * 0.01, width, 106),
            {
                "type": "scorecard",
                "title": {"text": title, "bold": True, "color": CARD["text"]},
                "background": CARD["background"],
                "keyValue": cells[0],
                "baseline": cells[1],
                "baselineDescr": {"text": "since the period before"},
                "baselineMode": mode,
                "baselineColorUp": bad if worse_up else good,
                "baselineColorDown": good if worse_up else bad,
                "humanize": True,
            },
        )

    def chart(self, name, kind, title, box, start, count, series, **more):
        """A chart of rows of the Data sheet; ``series`` are its columns."""
        end = start + count
        self._figure(
            name,
            box,
            {
                "type": kind,
                "title": {"text": title, **CHART["title"]},
                "background": "#FFFFFF",
                "legendPosition": "top" if len(series) > 1 else "none",
                "dataSetsHaveTitle": True,
                "dataSets": [
                    {"dataRange": f"Data!{column}{start}:{column}{end}", **look}
                    for column, look in series.items()
                ],
                "labelRange": f"Data!A{start}:A{end}",
                "labelsAsText": True,
                "aggregated": False,
                "stacked": False,
                "humanize": True,
                **more,
            },
        )

    def odoo_chart(self, name, kind, title, box, measure, by, domain=(), **more):
        """A chart of the reporting model itself: a click on it opens the rows."""
        self._figure(
            name,
            box,
            {
                "type": kind,
                "title": {"text": title, **CHART["title"]},
                "background": "#FFFFFF",
                "legendPosition": "none",
                "metaData": {
                    "resModel": MODEL,
                    "groupBy": [by],
                    "measure": measure,
                    "order": "DESC",
                    "mode": kind.removeprefix("odoo_"),
                },
                "searchParams": {
                    "context": {},
                    "domain": list(domain),
                    "groupBy": [by],
                    "orderBy": [],
                },
                "dataSets": [{}],
                "stacked": False,
                "humanize": True,
                "fieldMatching": {
                    each["id"]: FIELDS[each["id"]] | {"offset": 0}
                    if each["id"] == "period"
                    else FIELDS[each["id"]]
                    for each in self.filters
                },
                **more,
            },
        )

    def _figure(self, name, box, data):
        left, top, width, height = box
        self.figures.append(
            {
                "id": name,
                "tag": "chart",
                "col": 0,
                "row": 0,
                "offset": {"x": left, "y": top},
                "width": width,
                "height": height,
                "data": {**data, "chartId": name},
            }
        )
        self.menus[name] = MENU

    def table(self, title, row, pivot, count, columns, link):
        """A heading that opens the pivot view, and below it the rows of a pivot."""
        last = chr(ord("A") + columns)
        self.cells[f"A{row}"] = f"[{title}]({link})"
        self.cells[f"A{row + 1}"] = f"=PIVOT({pivot},{count},FALSE,FALSE)"
        self.heights[str(row - 1)] = {"size": 40}
        self.styles |= {
            f"A{row}": 1,
            f"A{row + 1}": 4,
            f"B{row + 1}:{last}{row + 1}": 6,
            f"A{row + 2}:A{row + 1 + count}": 3,
            f"B{row + 2}:{last}{row + 1 + count}": 5,
        }
        self.borders[f"A{row}:{last}{row}"] = 1
        self.borders[f"A{row + 1}:{last}{row + 1}"] = 2
        self.tables.append(
            {"range": f"A{row + 1}:{last}{row + 1 + count}", "type": "static"} | TABLE
        )

    def bars(self, row, count, column, color):
        """A soft bar behind the names, as long as the number in ``column``."""
        first, last = row + 2, row + 1 + count
        self.rules.append(
            {
                "id": f"bar-{row}",
                "ranges": [f"A{first}:A{last}"],
                "rule": {
                    "type": "DataBarRule",
                    "color": color,
                    "rangeValues": f"{column}{first}:{column}{last}",
                },
            }
        )

    def data(self):
        rows = max([int("".join(filter(str.isdigit, k))) for k in self.cells] + [1])
        return {
            "version": VERSION,
            "revisionId": "START_REVISION",
            "uniqueFigureIds": True,
            "sheets": [
                self._sheet(
                    "dashboard",
                    "Dashboard",
                    self.cells,
                    self.formats,
                    colNumber=len(self.columns),
                    rowNumber=rows + 20,
                    cols={str(i): {"size": w} for i, w in enumerate(self.columns)},
                    rows=self.heights,
                    styles=self.styles,
                    borders=self.borders,
                    conditionalFormats=self.rules,
                    figures=self.figures,
                    tables=self.tables,
                ),
                self._sheet(
                    "data",
                    "Data",
                    self.facts,
                    self.fact_formats,
                    colNumber=12,
                    rowNumber=self.row + 10,
                ),
            ],
            "styles": STYLES,
            "borders": BORDERS,
            "formats": {str(i): form for form, i in self._form_keys().items()},
            "settings": {"locale": LOCALE},
            "pivots": self.pivots,
            "pivotNextId": len(self.pivots) + 1,
            "lists": {},
            "listNextId": 1,
            "globalFilters": self.filters,
            "chartOdooMenusReferences": self.menus,
        }

    def _form_keys(self):
        forms = sorted({*self.formats.values(), *self.fact_formats.values()})
        return {form: place for place, form in enumerate(forms, 1)}

    def _sheet(self, key, name, cells, formats, **more):
        keys = self._form_keys()
        return {
            "id": key,
            "name": name,
            "cells": cells,
            "formats": {cell: keys[form] for cell, form in formats.items()},
            "rows": {},
            "cols": {},
            "merges": [],
            "styles": {},
            "borders": {},
            "conditionalFormats": [],
            "dataValidationRules": [],
            "figures": [],
            "tables": [],
            "areGridLinesVisible": True,
            "isVisible": True,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        } | more
