"""Collectors: how much each has to do, does and brings in, and by which way."""

from . import links
from .board import Board
from .look import GAP, GREEN, HALF, TOP, WIDTH
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


def board():
    page = Board([PERIOD, COMMUNITY, COLLECTOR])
    pivots = page.now_and_before("Figures", list(CARDS.values()))
    page.cards([(*card, pivots) for card in CARDS.items()], worse_up=WORSE_UP)
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
        {"B": "#4EA7F2", "C": "#43C5B1"},
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
    # Not "!= 0", which keeps rows that have none at all.
    recovered = ["|", ["arrears_recovered", ">", 0], ["arrears_recovered", "<", 0]]
    page.odoo_chart(
        "channels",
        "odoo_bar",
        "Recovered, by channel of the last contact",
        (0, 565, HALF, 300),
        "arrears_recovered",
        "channel",
        recovered,
        horizontal=True,
    )
    page.odoo_chart(
        "reasons",
        "odoo_bar",
        "Recovered, by reason of the arrears",
        (HALF + GAP, 565.01, HALF, 300),
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
    start = page.months(measures)
    page.chart(
        "recovered",
        "bar",
        "Recovered by month",
        (0, 880, HALF, 300),
        start,
        MONTHS,
        {"B": "#43C5B1"},
    )
    page.chart(
        "contacts",
        "bar",
        "Contacts and promises kept, by month",
        (HALF + GAP, 880.01, HALF, 300),
        start,
        MONTHS,
        {"C": "#4EA7F2", "D": "#01666B"},
    )
