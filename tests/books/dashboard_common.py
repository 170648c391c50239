import json
from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import date_utils, file_open

from ..billing.common import MODULE, PropertyCommon

BOARDS = ("overview", "occupancy", "collectors")


def read(name):
    path = f"{MODULE}/data/books/dashboards/property_{name}_dashboard.json"
    with file_open(path) as file:
        return json.load(file)


class DashboardCommon(PropertyCommon):
    """Figures of two communities in a month and the one before.

    Sunrise Garden, this month: 750 applied of 1,000 charged; the year 1,500 of 2,000;
    400 recovered of 1,000 opening arrears; 600 open of two households; 120 of 1,200
    received for next year; 8 units, all handed over, 4 occupied, 2 vacant; 4 cases,
    7 contacts, 1 of 2 promises kept, 3 moments. The month before 500 of 1,000 applied.
    Hill Court: 90 of 100 applied this month.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = cls.choose_month()
        cls.hill = cls.make_community("Hill Court", "HIL", manager_id=False)
        cls.hill_manager = new_test_user(
            cls.env,
            login="property_hill",
            groups=f"base.group_user,{MODULE}.group_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.hill.manager_id = cls.hill_manager
        cls.hill.cs_head_id = cls.hill.finance_user_id = cls.hill.cs_user_ids = False
        before = date_utils.subtract(cls.month, months=1)
        cls.env["property.figure"].search([]).unlink()
        cls.make_figures(
            cls.row(charged=1000, applied=750, charged_ytd=2000, applied_ytd=1500),
            cls.row(prepaid_next=120, charged_next=1200),
            cls.row(
                building_id=cls.building.id,
                units_total=8,
                units_delivered=8,
                units_occupied=4,
                units_vacant=2,
            ),
            cls.row(
                collector_id=cls.user_cs.id,
                arrears_opening=1000,
                arrears_recovered=400,
                arrears_closing=600,
                households_in_arrears=2,
                age_1=100,
                age_4_6=500,
                cases_open=4,
                reason="own",
            ),
            cls.row(
                collector_id=cls.user_cs.id,
                contacts=7,
                promises_due=2,
                promises_kept=1,
                channel="phone",
            ),
            cls.row(moments_done=3, moments_recovered=80),
            cls.row(charged=1000, applied=500, period=before),
            cls.row(charged=100, applied=90, community_id=cls.hill.id),
        )

    @classmethod
    def choose_month(cls):
        return date(2026, 2, 1)

    @classmethod
    def row(cls, **values):
        return {
            "period": cls.month,
            "community_id": cls.community.id,
            "company_id": cls.company.id,
            "currency_id": cls.company.currency_id.id,
            **values,
        }

    @classmethod
    def make_figures(cls, *rows):
        # sudo: nobody writes figures by hand.
        return cls.env["property.figure"].sudo().create(list(rows))
