"""Collectors: how much each has to do, does and brings in, and by which way."""

from . import links
from .board import Board
from .look import GREEN, WIDTH
from .source import COLLECTOR, COMMUNITY, MONTHS, PERIOD

CARDS = {
    "Open cases": "cases_open",
    "Contacts": "contacts",
    "Promises due": "promises_due",
    "Promises kept": "promises_rate",
    "Opening arrears": "arrears_opening",
    "Recovered": "arrears_recovered",
    "Recovery rate": "recovery_rate",
    "Arrears per household": "arrears_per_household",
}
WORSE_UP = ("cases_open", "arrears_opening", "arrears_per_household")
TABLE = [
    "cases_open",
    "contacts",
    "promises_due",
    "promises_rate",
    "arrears_opening",
    "arrears_recovered",
    "recovery_rate",
]
TOP = 15


def board():
    page = Board(
        [240, 122, 122, 122, 122, 122, 122, 123], [PERIOD, COMMUNITY, COLLECTOR]
    )
    now, before = (
        page.pivot(f"Figures, {name}", list(CARDS.values()), offset=offset)
        for name, offset in (("now", 0), ("before", -1))
    )
    for place, (label, measure) in enumerate(CARDS.items()):
        page.card(
            label,
            page.compared(label, measure, now, before),
            place,
            worse_up=measure in WORSE_UP,
            mode="difference" if measure.endswith("_rate") else "percentage",
        )
    people(page)
    ways(page)
    trend(page)
    return page


def people(page):
    each = page.pivot(
        "By collector",
        TABLE,
        rows=["collector_id"],
        by=("arrears_recovered", "desc"),
        domain=[["collector_id", "!=", False]],
    )
    columns = {"Open cases": "cases_open", "Contacts": "contacts"}
    start = page.groups(each, "collector_id", columns, TOP, "Collector")
    page.chart(
        "people",
        "bar",
        "Load and contacts by collector",
        (0, 250, WIDTH, 300),
        start,
        TOP,
        {
            "B": {"yAxisId": "y", "backgroundColor": "#4EA7F2"},
            "C": {"yAxisId": "y", "backgroundColor": "#43C5B1"},
        },
    )
    page.table(
        "Collectors by what they recovered",
        54,
        each,
        TOP,
        "Collector",
        links.figures("Collectors by what they recovered", "collector_id", TABLE),
    )
    page.bars(54, TOP, "G", GREEN)


def ways(page):
    half = (WIDTH - 15) // 2
    # Not "!= 0", which keeps rows that have none at all.
    recovered = ["|", ["arrears_recovered", ">", 0], ["arrears_recovered", "<", 0]]
    page.odoo_chart(
        "channels",
        "odoo_bar",
        "Recovered, by channel of the last contact",
        (0, 565, half, 300),
        "arrears_recovered",
        "channel",
        recovered,
        horizontal=True,
    )
    page.odoo_chart(
        "reasons",
        "odoo_bar",
        "Recovered, by reason of the arrears",
        (half + 15, 565.01, half, 300),
        "arrears_recovered",
        "reason",
        recovered,
        horizontal=True,
    )


def trend(page):
    measures = {
        "Recovered": "arrears_recovered",
        "Contacts": "contacts",
        "Promises Kept": "promises_kept",
    }
    by_month = page.pivot(
        "By month", list(measures.values()), rows=["period"], skip=["period"]
    )
    start = page.months(by_month, measures)
    half = (WIDTH - 15) // 2
    page.chart(
        "recovered",
        "bar",
        "Recovered by month",
        (0, 880, half, 300),
        start,
        MONTHS,
        {"B": {"yAxisId": "y", "backgroundColor": "#43C5B1"}},
    )
    page.chart(
        "contacts",
        "bar",
        "Contacts and promises kept, by month",
        (half + 15, 880.01, half, 300),
        start,
        MONTHS,
        {
            "C": {"yAxisId": "y", "backgroundColor": "#4EA7F2"},
            "D": {"yAxisId": "y", "backgroundColor": "#01666B"},
        },
    )
