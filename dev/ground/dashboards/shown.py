"""What people see of a dashboard: cards, charts, tables."""

from .look import CARD, CHART, TABLE, WIDTH
from .source import FIELDS, MENU, MODEL, is_rate


class Shown:
    def cards(self, shown, worse_up):
        """Numbers and how they changed, four in a line.

        ``shown``: (label, measure, pivots of now and before); ``worse_up``: measures
        that had better fall.
        """
        for place, (label, measure, pivots) in enumerate(shown):
            cells = self.compared(label, measure, *pivots)
            self._card(label, cells, place, measure in worse_up, is_rate(measure))

    def _card(self, title, cells, place, worse_up, of_rate):
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
                "baselineDescr": {"text": "since last period"},
                "baselineMode": "difference" if of_rate else "percentage",
                "baselineColorUp": bad if worse_up else good,
                "baselineColorDown": good if worse_up else bad,
                "humanize": True,
            },
        )

    def chart(self, name, kind, title, box, start, count, series, **more):
        """A chart of rows of the Data sheet; ``series``: column → colour."""
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
                    {
                        "dataRange": f"Data!{column}{start}:{column}{end}",
                        "yAxisId": "y",
                        "backgroundColor": color,
                    }
                    for column, color in series.items()
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

    def table(self, title, row, pivot, count, first, link):
        """A heading that opens the pivot view, and below it the rows of a pivot."""
        measures = [each["id"] for each in self.pivots[pivot]["measures"]]
        last = chr(ord("A") + len(measures))
        self.cells[f"A{row}"] = f"[{title}]({link})"
        # The pivot's own corner shows its name, which nobody translates.
        self.cells[f"A{row + 1}"] = f'=_t("{first}")'
        for column, measure in zip("BCDEFGH", measures, strict=False):
            head = f'=PIVOT.HEADER({pivot},"measure","{measure}")'
            self.cells[f"{column}{row + 1}"] = head
        self.cells[f"A{row + 2}"] = f"=PIVOT({pivot},{count},FALSE,FALSE,99,FALSE)"
        self.heights |= {str(row - 1): {"size": 40}, str(row): {"size": 44}}
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
