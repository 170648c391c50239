"""Overview: are fees paid, what is open, where to look."""

from . import links
from .board import Board
from .look import BLUE, GAP, HALF, TOP, WIDTH
from .source import COLLECTOR, COMMUNITY, MONTHS, PERIOD

# Charges and units have no collector: that filter narrows what arrears are made of.
CHARGES = [
    "collection_rate",
    "cumulative_rate",
    "prepayment_rate",
    "occupancy_rate",
]
AGES = {
    "1 month": "age_1",
    "2–3 months": "age_2_3",
    "4–6 months": "age_4_6",
    "7–12 months": "age_7_12",
    "1–2 years": "age_1_2y",
    "2–3 years": "age_2_3y",
    "Over 3 years": "age_over_3y",
}
ARREARS = [
    "recovery_rate",
    "arrears_per_household",
    "arrears_recovered",
    "promises_rate",
    *AGES.values(),
]
TABLE = [
    "charged",
    "applied",
    "collection_rate",
    "cumulative_rate",
    "arrears_closing",
    "arrears_recovered",
    "recovery_rate",
]


def board():
    page = Board([PERIOD, COMMUNITY, COLLECTOR])
    charges = page.now_and_before("Rates", CHARGES, skip=["collector"])
    arrears = page.now_and_before("Arrears", ARREARS)
    cards(page, charges, arrears)
    trend(page)
    start = page.ages(arrears[0], AGES)
    page.chart(
        "ageing",
        "bar",
        "Arrears by age",
        (0, 575, HALF, 300),
        start,
        len(AGES),
        {"B": "#DC6965"},
    )
    communities(page)
    return page


def cards(page, charges, arrears):
    shown = [
        ("Current collection rate", "collection_rate", charges),
        ("Cumulative collection rate", "cumulative_rate", charges),
        ("Recovery rate", "recovery_rate", arrears),
        ("Prepayment rate", "prepayment_rate", charges),
        ("Occupancy rate", "occupancy_rate", charges),
        ("Arrears per household", "arrears_per_household", arrears),
        ("Recovered", "arrears_recovered", arrears),
        ("Promises kept", "promises_rate", arrears),
    ]
    page.cards(shown, worse_up=["arrears_per_household"])


def trend(page):
    measures = {
        "Collection rate": "collection_rate",
        "Cumulative rate": "cumulative_rate",
        "Recovery rate": "recovery_rate",
        "Recovered": "arrears_recovered",
    }
    start = page.months(measures, skip=["collector"])
    page.chart(
        "trend",
        "line",
        "Rates of the twelve months",
        (0, 250, WIDTH, 310),
        start,
        MONTHS,
        {"B": "#01666B", "C": "#4EA7F2", "D": "#F3C057"},
    )
    page.chart(
        "recovered",
        "bar",
        "Recovered by month",
        (HALF + GAP, 575.01, HALF, 300),
        start,
        MONTHS,
        {"E": "#43C5B1"},
    )


def communities(page):
    each = page.pivot(
        "By community",
        TABLE,
        rows=["community_id"],
        by=("arrears_closing", "desc"),
        skip=["collector"],
    )
    rates = {
        "Collection rate": "collection_rate",
        "Recovery rate": "recovery_rate",
    }
    start = page.groups(each, "community_id", rates, TOP, "Community")
    page.chart(
        "communities",
        "bar",
        "Rates by community, highest arrears first",
        (0, 890, WIDTH, 300),
        start,
        TOP,
        {"B": "#01666B", "C": "#F3C057"},
    )
    page.table(
        "Communities by arrears",
        54,
        each,
        TOP,
        "Community",
        links.figures("Communities by arrears", "community_id", TABLE),
    )
    page.bars(54, TOP, "F", BLUE)
