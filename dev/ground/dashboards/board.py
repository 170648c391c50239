"""A dashboard in the JSON of Odoo's spreadsheets: a sheet people see, and a sheet of
numbers behind it."""

from .look import BORDERS, COLUMNS, LOCALE, STYLES
from .shown import Shown
from .source import Source

VERSION = "18.5.10"


class Board(Source, Shown):
    def __init__(self, filters):
        self.filters = filters
        self.cells, self.facts = {}, {}
        self.formats, self.fact_formats = {}, {}
        self.styles, self.borders, self.tables = {}, {}, []
        self.rules, self.heights = [], {}
        self.figures, self.menus, self.pivots = [], {}, {}
        self.row = 0  # of the Data sheet

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
                    colNumber=len(COLUMNS),
                    rowNumber=rows + 20,
                    cols={str(i): {"size": w} for i, w in enumerate(COLUMNS)},
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
