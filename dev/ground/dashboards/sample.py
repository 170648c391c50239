"""A dashboard with invented numbers, for a company that has none yet."""

import copy
import re

from .source import MONTHS, PERCENT, is_rate

PIVOT = re.compile(r"=PIVOT\((\d+),\d+,FALSE,FALSE,99,FALSE\)")
HEADER = re.compile(r'=PIVOT\.HEADER\(\d+,"#\w+",(\d+)\)')
GROUPS = ["A", "B", "C", "D", "E", "F"]
# As the fields of the reporting model are called.
LABELS = {
    "applied": "Applied",
    "arrears_closing": "Arrears",
    "arrears_opening": "Opening Arrears",
    "arrears_recovered": "Recovered",
    "cases_open": "Open Cases",
    "charged": "Net Charges",
    "collection_rate": "Current Collection Rate",
    "contacts": "Contacts",
    "cumulative_rate": "Cumulative Collection Rate",
    "moments_recovered": "Settled at Moments",
    "occupancy_rate": "Occupancy Rate",
    "prepayment_rate": "Prepayment Rate",
    "promises_due": "Promises Due",
    "promises_rate": "Promises Kept Rate",
    "recovery_rate": "Recovery Rate",
    "units_delivered": "Units Handed Over",
    "units_occupied": "Units Occupied",
    "units_total": "Units",
    "units_vacant": "Units Vacant",
    "vacancy_rate": "Vacancy Rate",
}
NUMBERS = {"contacts": 46, "cases_open": 31, "promises_due": 12, "moments_done": 5}


def sample(data):
    """The same sheets; where the reporting model was asked, invented numbers."""
    data = copy.deepcopy(data)
    percent = next((k for k, f in data["formats"].items() if f == PERCENT), None)
    shown, facts = data["sheets"]
    numbered = facts["formats"]
    facts["cells"] = {
        cell: _fact(cell, text, str(numbered.get(cell)) == percent)
        for cell, text in facts["cells"].items()
    }
    for cell, text in list(shown["cells"].items()):
        if found := PIVOT.match(text):
            measures = [m["id"] for m in data["pivots"][found[1]]["measures"]]
            shown["cells"] |= _table(int(cell[1:]) - 1, measures)
            shown["formats"] |= _forms(int(cell[1:]) - 1, measures, percent)
        elif text.startswith("["):
            shown["cells"][cell] = f'=_t("{text[1 : text.index("]")]}")'
    for figure in shown["figures"]:
        if figure["data"]["type"].startswith("odoo_"):
            _still(figure["data"], facts)
    data |= {"pivots": {}, "globalFilters": [], "chartOdooMenusReferences": {}}
    return data


def _number(place, measure, percent):
    # Up and down, so that a chart looks like one.
    share = 0.55 + place * 37 % 40 / 100
    if percent:
        return round(share, 3)
    return round(NUMBERS.get(measure, 48200) * share)


def _fact(cell, text, percent):
    place = int("".join(filter(str.isdigit, cell)))
    if found := HEADER.match(text):
        here = int(found[1])
        return GROUPS[here - 1] if here <= len(GROUPS) else ""
    if text.startswith("=ODOO.FILTER.VALUE"):
        return ""
    if text.startswith("=EDATE"):
        return f"2025-{1 + _month(text):02d}"
    if not text.startswith("=PIVOT.VALUE"):
        return text
    measure = text.split('"')[1]
    if '"#' in text and int(text.split(",")[-1].rstrip(")")) > len(GROUPS):
        return ""
    return str(_number(place + ord(cell[0]), measure, percent))


def _month(text):
    return MONTHS - 1 + int(text.rsplit(",", 1)[1].rstrip(")"))


def _table(row, measures):
    cells = {}
    for column, measure in zip("BCDEFGH", measures, strict=False):
        cells[f"{column}{row}"] = f'=_t("{LABELS[measure]}")'
        for place, _name in enumerate(GROUPS, 1):
            number = _number(place, measure, is_rate(measure))
            cells[f"{column}{row + place}"] = str(number)
    names = {f"A{row + place}": name for place, name in enumerate(GROUPS, 1)}
    return names | cells


def _forms(row, measures, percent):
    return {
        f"{column}{row + 1}:{column}{row + len(GROUPS)}": int(percent)
        for column, measure in zip("BCDEFGH", measures, strict=False)
        if is_rate(measure)
    }


def _still(chart, facts):
    """Turn a chart of the reporting model into one of cells."""
    row = facts["rowNumber"] + 1
    facts["rowNumber"] += len(GROUPS) + 3
    for place, name in enumerate(GROUPS):
        facts["cells"][f"A{row + place}"] = name
        facts["cells"][f"B{row + place}"] = str(48200 - place * 6100)
    for name in ("metaData", "searchParams", "fieldMatching"):
        del chart[name]
    end = row + len(GROUPS) - 1
    chart |= {
        "type": chart["type"].removeprefix("odoo_"),
        "dataSetsHaveTitle": False,
        "dataSets": [{"dataRange": f"Data!B{row}:B{end}", "yAxisId": "y"}],
        "labelRange": f"Data!A{row}:A{end}",
        "aggregated": False,
    }
