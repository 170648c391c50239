from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestHome(BooksCommon):
    """The home screen on 15 March 2026: bills of 100.00 and 200.00 are due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = new_test_user(
            cls.env,
            login="property_elsewhere",
            groups="base.group_user,property_fee_collection.group_manager,"
            "property_fee_collection.group_cs_head,"
            "property_fee_collection.group_finance",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.make_community("Elsewhere", "ELS").manager_id = cls.elsewhere
        cls.startClassPatcher(freeze_time("2026-03-15 04:00:00"))

    def home(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        home = self.env["property.home"].with_user(user)
        return home.with_context(allowed_company_ids=self.company.ids)

    def cards(self, user):
        """{key: number} of the cards on which something waits"""
        rows = self.home(user).search([("number", ">", 0)])
        return {row.key: row.number for row in rows if row.section != "figures"}

    def test_my_day(self):
        case = self.open_cases()
        case.sudo().user_id = self.user_cs
        case.sudo().next_action_date = "2026-03-15"
        self.env["property.promise"].with_user(self.user_cs).create(
            {"case_id": case.id, "amount": 300, "date": "2026-03-15"}
        )
        self.take(120.0)
        cards = self.cards(self.user_cs)
        # One receipt of 120.00 in cash, one promise of 300.00 by today.
        self.assertEqual(cards["cash"], 1)
        self.assertEqual(cards["promise"], 1)
        cash = self.home(self.user_cs).search([("key", "=", "cash")])
        self.assertEqual(cash.amount, 120.0)
        self.assertIn("120.00", cash.amount_text)
        # The cash and the promise are of customer service alone.
        self.assertNotIn("cash", self.cards(self.user_finance))
        self.assertNotIn("promise", self.cards(self.user_manager))

    def test_signatures_wait_for_whoever_signs(self):
        self.make_rate(2)
        run = self.make_run("2026-03-01")
        run.action_compute()
        self.assertEqual(self.cards(self.user_cs_head)["run_cs"], 1)
        self.assertEqual(self.cards(self.user_finance)["run_finance"], 1)
        self.assertFalse({"run_cs", "run_finance"} & set(self.cards(self.user_cs)))
        run.with_user(self.user_cs_head).action_sign_cs()
        self.assertNotIn("run_cs", self.cards(self.user_cs_head))
        self.assertEqual(self.cards(self.user_finance)["run_finance"], 1)

    def test_each_role_its_cards(self):
        """All cards, also those on which nothing waits."""
        sections = {
            name: set(self.home(user).search([]).mapped("section"))
            for name, user in (
                ("cs", self.user_cs),
                ("head", self.user_cs_head),
                ("finance", self.user_finance),
                ("manager", self.user_manager),
                ("several", self.elsewhere),
            )
        }
        self.assertEqual(
            sections,
            {
                "cs": {"day"},
                "head": {"day", "team", "decisions"},
                "finance": {"day", "finance", "decisions"},
                "manager": {"day", "team", "decisions", "figures"},
                "several": {"day", "team", "finance", "decisions", "figures"},
            },
        )
        # What the company decides is the company's.
        keys = self.home(self.user_manager).search([]).mapped("key")
        self.assertNotIn("hardship_company", keys)
        keys = self.home(self.user_company).search([]).mapped("key")
        self.assertIn("hardship_company", keys)

    def test_cash_over_the_limit(self):
        self.company.property_cash_limit = 100.0
        self.take(120.0)
        self.assertEqual(self.cards(self.user_finance)["cash_over"], 1)
        self.company.property_cash_limit = 120.0
        self.assertNotIn("cash_over", self.cards(self.user_finance))
        # Two days to hand it over: taken on the 15th, late from the 18th on.
        with freeze_time("2026-03-17 04:00:00"):
            self.assertNotIn("cash_over", self.cards(self.user_manager))
        with freeze_time("2026-03-18 04:00:00"):
            self.assertEqual(self.cards(self.user_manager)["cash_over"], 1)

    def test_nothing_of_another_community(self):
        self.take(120.0)
        self.make_rate(2)
        self.make_run("2026-03-01").action_compute()
        self.open_cases().sudo().user_id = False
        self.company.property_cash_limit = 100.0
        found = self.cards(self.elsewhere)
        found.pop("bank_open", None)
        self.assertEqual(found, {})

    def test_opens_exactly_what_it_counts(self):
        self.take(120.0)
        self.open_cases()
        self.make_rate(2)
        self.make_run("2026-03-01").action_compute()
        users = (self.user_cs, self.user_cs_head, self.user_finance, self.user_manager)
        for user in users:
            for card in self.home(user).search([("section", "!=", "figures")]):
                with self.subTest(user=user.login, card=card.key):
                    action = card.action_open()
                    model = card.env[action["res_model"]]
                    count = model.search_count(action["domain"])
                    self.assertEqual(count, card.number)
                    self.assertTrue(card.title)

    def test_no_card_of_others(self):
        card = self.home(self.user_finance).search([("key", "=", "run_finance")])
        with self.assertRaises(AccessError):
            self.home(self.user_cs).browse(card.id).action_open()
        place = card.id - self.user_finance.id * 100
        own = self.home(self.user_cs).browse(self.user_cs.id * 100 + place)
        with self.assertRaises(AccessError):
            own.action_open()

    def test_portal_sees_none(self):
        portal = new_test_user(self.env, "property_home_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.home(portal).search([])

    def test_one_query_for_all_cards(self):
        home = self.home(self.user_manager)
        home.search_fetch([("number", ">", 0)], ["key", "number", "amount"])
        self.env.invalidate_all()
        # The counts, and what is to be known of user, company and communities; however
        # many cards and communities there are.
        for number in range(3):
            self.make_community(f"More {number}", f"M{number}")
        self.env.flush_all()
        with self.assertQueryCount(12):
            home.search_fetch([("number", ">", 0)], ["key", "number", "amount"])

    def test_figures_of_the_month(self):
        """February: 80.00 of 100.00 and 10.00 of 50.00 are in, 60 % of all."""
        figures = self.env["property.figure"].sudo()
        other = self.make_community("Second", "SEC")
        figures.search([]).unlink()
        figures.create(
            [
                self.figure(self.community, "2026-02-01", charged=100, applied=80),
                self.figure(other, "2026-02-01", charged=50, applied=10),
                self.figure(other, "2026-01-01", charged=50, applied=25),
            ]
        )
        card = self.home(self.user_manager).search([("key", "=", "collection_rate")])
        self.assertEqual(card.figure, "60.0%")
        self.assertIn("50.0%", card.detail)
        self.assertEqual(card.action_open()["res_model"], "property.figure")

    def figure(self, community, period, **values):
        return {
            "community_id": community.id,
            "company_id": community.company_id.id,
            "currency_id": community.currency_id.id,
            "period": period,
            **values,
        }
