"""What a dashboard reads from the reporting model, and the sheet it is put down in."""

MODEL = "property.figure"
# What a click on a figure opens.
MENU = "property_fee_collection.menu_property_figure"
PERCENT = "0.0%"
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


def is_rate(measure):
    return measure.endswith("_rate")


class Source:
    def pivot(self, name, measures, rows=(), by=None, domain=(), skip=(), offset=0):
        """``skip``: filters that do not narrow it; ``offset`` shifts the period."""
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

    def now_and_before(self, name, measures, skip=()):
        """The same pivot of the period and of the one before."""
        return [
            self.pivot(f"{name}, {when}", measures, skip=skip, offset=offset)
            for when, offset in (("now", 0), ("before", -1))
        ]

    @staticmethod
    def _measure(name):
        measure = {"id": name, "fieldName": name}
        return measure | ({"format": PERCENT} if is_rate(name) else {})

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
        self.fact("A", f'=_t("{label}")')
        return self._value("B", now, measure), self._value("C", before, measure)

    def _value(self, column, pivot, measure, *group):
        asked = ",".join([pivot, f'"{measure}"', *group])
        form = PERCENT if is_rate(measure) else None
        return self.fact(column, f"=PIVOT.VALUE({asked})", form)

    def ages(self, pivot, ages):
        """A row for each band of age."""
        start = self._head("Age", ["Arrears"])
        for label, measure in ages.items():
            self.row += 1
            self.fact("A", f'=_t("{label}")')
            self._value("B", pivot, measure)
        return start

    def months(self, measures, skip=()):
        """A row for each of the twelve months until the end of the chosen period."""
        pivot = self.pivot(
            "By month", list(measures.values()), ["period"], skip=["period", *skip]
        )
        self.row += 2
        self.fact("A", '=_t("Until")')
        self.fact("B", '=ODOO.FILTER.VALUE("Period")')  # from, to: two cells
        end = f'IF(C{self.row}="",TODAY(),C{self.row})'
        start = self._head("Month", measures)
        for back in range(MONTHS - 1, -1, -1):
            self.row += 1
            self.fact("A", f"=EDATE(EOMONTH({end},-1)+1,{-back})", "yyyy-mm")
            for column, measure in zip("BCDEFG", measures.values(), strict=False):
                self._value(column, pivot, measure, '"period:month"', f"$A{self.row}")
        return start

    def groups(self, pivot, field, measures, count, title):
        """A row for each of the first ``count`` groups of the pivot."""
        start = self._head(title, measures)
        for place in range(1, count + 1):
            self.row += 1
            self.fact("A", f'=PIVOT.HEADER({pivot},"#{field}",{place})')
            for column, measure in zip("BCDEFG", measures.values(), strict=False):
                self._value(column, pivot, measure, f'"#{field}"', str(place))
        return start

    def _head(self, title, labels):
        self.row += 2
        self.fact("A", f'=_t("{title}")')
        for column, label in zip("BCDEFG", labels, strict=False):
            self.fact(column, f'=_t("{label}")')
        return self.row
