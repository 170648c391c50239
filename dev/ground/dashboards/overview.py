"""Overview: are fees paid, what is open, where to look."""

from . import links
from .board import Board
from .look import BLUE, WIDTH
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
TOP = 15


def board():
    page = Board(
        [240, 122, 122, 122, 122, 122, 122, 123], [PERIOD, COMMUNITY, COLLECTOR]
    )
    charges = [
        page.pivot(f"Rates, {name}", CHARGES, skip=["collector"], offset=offset)
        for name, offset in (("now", 0), ("before", -1))
    ]
    arrears = [
        page.pivot(f"Arrears, {name}", ARREARS, offset=offset)
        for name, offset in (("now", 0), ("before", -1))
    ]
    cards(page, charges, arrears)
    trend(page)
    start = page.ages(arrears[0], AGES)
    half = (WIDTH - 15) // 2
    page.chart(
        "ageing",
        "bar",
        "Arrears by age",
        (0, 575, half, 300),
        start,
        len(AGES),
        {"B": {"yAxisId": "y", "backgroundColor": "#DC6965"}},
    )
    communities(page, half)
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
    for place, (label, measure, pivots) in enumerate(shown):
        cells = page.compared(label, measure, *pivots)
        page.card(
            label,
            cells,
            place,
            worse_up=measure == "arrears_per_household",
            mode="difference" if measure.endswith("_rate") else "percentage",
        )


def trend(page):
    measures = {
        "Collection rate": "collection_rate",
        "Cumulative rate": "cumulative_rate",
        "Recovery rate": "recovery_rate",
        "Recovered": "arrears_recovered",
    }
    by_month = page.pivot(
        "By month",
        list(measures.values()),
        rows=["period"],
        skip=["period", "collector"],
    )
    start = page.months(by_month, measures)
    page.chart(
        "trend",
        "line",
        "Rates of the twelve months",
        (0, 250, WIDTH, 310),
        start,
        MONTHS,
        {
            "B": {"yAxisId": "y", "backgroundColor": "#01666B"},
            "C": {"yAxisId": "y", "backgroundColor": "#4EA7F2"},
            "D": {"yAxisId": "y", "backgroundColor": "#F3C057"},
        },
    )
    half = (WIDTH - 15) // 2
    page.chart(
        "recovered",
        "bar",
        "Recovered by month",
        (half + 15, 575.01, half, 300),
        start,
        MONTHS,
        {"E": {"yAxisId": "y", "backgroundColor": "#43C5B1"}},
    )


def communities(page, half):
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
        {
            "B": {"yAxisId": "y", "backgroundColor": "#01666B"},
            "C": {"yAxisId": "y", "backgroundColor": "#F3C057"},
        },
    )
    row = 54
    page.table(
        "Communities by arrears",
        row,
        each,
        TOP,
        "Community",
        links.figures("Communities by arrears", "community_id", TABLE),
    )
    page.bars(row, TOP, "F", BLUE)
