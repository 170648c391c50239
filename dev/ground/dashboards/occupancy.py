"""Low occupancy: who lives there, what is paid, also ahead, what moments bring."""

from . import links
from .board import Board
from .look import GAP, GREEN, HALF, ORANGE, TOP, WIDTH
from .source import COMMUNITY, MONTHS, PERIOD

CARDS = {
    "Occupancy rate": "occupancy_rate",
    "Occupancy rate of all units": "occupancy_total_rate",
    "Vacancy rate": "vacancy_rate",
    "Current collection rate": "collection_rate",
    "Prepayment rate": "prepayment_rate",
    "Prepayments used": "consumed",
    "Moments completed": "moments_done",
    "Settled at moments": "moments_recovered",
}
WORSE_UP = ("vacancy_rate",)
COMMUNITIES = [
    "units_total",
    "units_delivered",
    "units_vacant",
    "occupancy_rate",
    "collection_rate",
    "prepayment_rate",
    "moments_recovered",
]
BUILDINGS = [
    "units_total",
    "units_delivered",
    "units_occupied",
    "units_vacant",
    "occupancy_rate",
    "vacancy_rate",
    "collection_rate",
]


def board():
    page = Board([PERIOD, COMMUNITY])
    pivots = page.now_and_before("Figures", list(CARDS.values()))
    page.cards([(*card, pivots) for card in CARDS.items()], worse_up=WORSE_UP)
    trend(page)
    tables(page)
    return page


def trend(page):
    measures = {
        "Occupancy rate": "occupancy_rate",
        "Vacancy rate": "vacancy_rate",
        "Collection rate": "collection_rate",
        "Prepayments used": "consumed",
        "Settled at moments": "moments_recovered",
    }
    start = page.months(measures)
    page.chart(
        "trend",
        "line",
        "Rates of the twelve months",
        (0, 565, HALF, 300),
        start,
        MONTHS,
        {"B": "#4EA7F2", "C": "#DC6965", "D": "#01666B"},
    )
    page.chart(
        "ahead",
        "bar",
        "Paid ahead and special moments, by month",
        (HALF + GAP, 565.01, HALF, 300),
        start,
        MONTHS,
        {"E": "#43C5B1", "F": "#F3C057"},
    )


def tables(page):
    each = page.pivot(
        "By community",
        COMMUNITIES,
        rows=["community_id"],
        by=("occupancy_rate", "asc"),
    )
    rates = {
        "Occupancy rate": "occupancy_rate",
        "Collection rate": "collection_rate",
    }
    start = page.groups(each, "community_id", rates, TOP, "Community")
    page.chart(
        "communities",
        "bar",
        "Occupancy against collection, lowest occupancy first",
        (0, 250, WIDTH, 300),
        start,
        TOP,
        {"B": "#4EA7F2", "C": "#01666B"},
    )
    page.table(
        "Communities by occupancy",
        40,
        each,
        TOP,
        "Community",
        links.figures("Communities by occupancy", "community_id", COMMUNITIES),
    )
    page.bars(40, TOP, "E", GREEN)
    # What belongs to no building has no units either; nobody lives in parking spaces.
    lived = [["building_id", "!=", False], ["unit_type", "!=", "parking"]]
    of_building = page.pivot(
        "By building",
        BUILDINGS,
        rows=["building_id"],
        by=("occupancy_rate", "asc"),
        domain=lived,
    )
    # Two communities may both have a building 1.
    page.pivots[of_building]["context"] = {"property_show_community": True}
    page.table(
        "Buildings by occupancy",
        59,
        of_building,
        2 * TOP,
        "Building",
        links.figures("Buildings by occupancy", "building_id", BUILDINGS, lived),
    )
    page.bars(59, 2 * TOP, "F", ORANGE)
