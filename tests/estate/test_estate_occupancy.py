from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .common import EstateCommon


@tagged("post_install", "-at_install")
class TestOccupancy(EstateCommon):
    """Ten units and a parking space in 2024, worked by hand.

    ====  ==========================================================
    unit  history
    ====  ==========================================================
    1, 2  owner-occupied
    3     leased
    4     vacant to 28 February, leased from 29 February
    5     vacant
    6     decorating to 30 June, owner-occupied from 1 July
    7     undelivered to 28 February, vacant from 29 February
    8     unsold
    9     undelivered to 30 June, decorating from 1 July
    10    owner-occupied to 30 June, vacant from 1 July
    P     parking, "owner-occupied": never counts
    ====  ==========================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leap, july = "2024-02-28", "2024-06-30"
        for name, first, until, then in (
            ("1", "owner_occupied", None, None),
            ("2", "owner_occupied", None, None),
            ("3", "leased", None, None),
            ("4", "delivered_vacant", leap, "leased"),
            ("5", "delivered_vacant", None, None),
            ("6", "decorating", july, "owner_occupied"),
            ("7", "undelivered", leap, "delivered_vacant"),
            ("8", "unsold", None, None),
            ("9", "undelivered", july, "decorating"),
            ("10", "owner_occupied", july, "delivered_vacant"),
        ):
            rows = [{"status": first, "date_to": until}]
            if then:
                after = {"2024-02-28": "2024-02-29", "2024-06-30": "2024-07-01"}
                rows.append({"status": then, "date_from": after[until]})
            cls.make_unit(name, occupancy_ids=[Command.create(row) for row in rows])
        cls.make_unit("P", unit_type="parking", occupancy_status="owner_occupied")

    def counts(self, day):
        return self.community.occupancy_on(day)[self.community.id]

    def test_day_before_the_leap_day(self):
        # Delivered 1–6 and 10; lived in 1, 2, 3, 10; empty 4, 5; 6 is decorating.
        self.assertEqual(self.counts(date(2024, 2, 28)), (10, 7, 4, 2))

    def test_leap_day(self):
        # 7 is delivered and empty now; 4 is let: lived in 1, 2, 3, 4, 10.
        self.assertEqual(self.counts(date(2024, 2, 29)), (10, 8, 5, 2))

    def test_first_of_july(self):
        # 9 is delivered (decorating); lived in 1, 2, 3, 4, 6; empty 5, 7, 10.
        self.assertEqual(self.counts(date(2024, 7, 1)), (10, 9, 5, 3))

    def test_rates_on_the_community_of_a_day(self):
        for day, occupied, vacant in (
            ("2024-02-28", 4 / 7, 2 / 7),
            ("2024-02-29", 0.625, 0.25),
            ("2024-07-01", 5 / 9, 3 / 9),
        ):
            community = self.community.with_context(property_as_of=day)
            self.assertAlmostEqual(community.occupancy_rate, occupied)
            self.assertAlmostEqual(community.vacancy_rate, vacant)

    def test_unit_handed_over_later_is_not_delivered_yet(self):
        unit = self.env["property.unit"].search([("name", "=", "3")])
        unit.handover_date = "2024-02-29"
        # Unit 3 leaves both counts on the day before its handover.
        self.assertEqual(self.counts(date(2024, 2, 28)), (10, 6, 3, 2))
        self.assertEqual(self.counts(date(2024, 2, 29)), (10, 8, 5, 2))

    def test_archived_units_and_empty_communities(self):
        self.community.unit_ids.filtered(lambda unit: unit.name == "5").active = False
        self.assertEqual(self.counts(date(2024, 2, 28)), (9, 7 - 1, 4, 1))
        empty = self.make_community("Empty", "EMP")
        self.assertEqual(empty.occupancy_rate, 0.0)
        self.assertEqual(empty.unit_count, 0)

    def test_wizard_shows_the_communities_of_the_day(self):
        user = self.make_user("cs")
        self.community.cs_user_ids = user
        wizard = self.env["property.occupancy.on"].with_user(user)
        action = wizard.create({"date": "2024-02-29"}).action_show()
        shown = self.env[action["res_model"]].with_user(user)
        community = shown.with_context(**action["context"]).search([])
        self.assertEqual(community, self.community)
        self.assertEqual(community.occupancy_rate, 0.625)
