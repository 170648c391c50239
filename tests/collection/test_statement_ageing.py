from datetime import date

from odoo.tests import BaseCase, tagged

from ...models.collection.ageing import NAMES, aged, bucket
from ...models.collection.calendar import OpenItem
from ...models.collection.outlook import Facts, outlook, skip_reason


@tagged("post_install", "-at_install")
class TestStatementAgeing(BaseCase):
    """Ageing and outlook are pure functions."""

    def item(self, due, residual):
        return OpenItem(1, 1, 1, 1, None, due, due, residual)

    def test_buckets(self):
        # Looked at on 1 February 2026, the statement of January.
        day = date(2026, 2, 1)
        for due, name in (
            (date(2026, 2, 10), "age_0"),
            (date(2027, 1, 1), "age_0"),
            # The last day of January is one month, as is its first.
            (date(2026, 1, 31), "age_1"),
            (date(2026, 1, 1), "age_1"),
            (date(2025, 12, 31), "age_2_3"),
            (date(2025, 11, 1), "age_2_3"),
            (date(2025, 10, 31), "age_4_6"),
            (date(2025, 8, 1), "age_4_6"),
            (date(2025, 7, 31), "age_7_12"),
            (date(2025, 2, 1), "age_7_12"),
            # 13 to 24 months, 25 to 36, more.
            (date(2025, 1, 31), "age_1y"),
            (date(2024, 2, 1), "age_1y"),
            (date(2024, 1, 31), "age_2y"),
            (date(2023, 2, 1), "age_2y"),
            (date(2023, 1, 31), "age_3y"),
            (date(2010, 5, 5), "age_3y"),
        ):
            self.assertEqual(bucket(due, day), name, due)

    def test_leap_day(self):
        # Due on 29 February 2024, looked at on 1 March: one month; on 1 March 2025, of
        # the statement of February: 13 months.
        leap = date(2024, 2, 29)
        self.assertEqual(bucket(leap, date(2024, 3, 1)), "age_1")
        self.assertEqual(bucket(leap, date(2025, 2, 1)), "age_7_12")
        self.assertEqual(bucket(leap, date(2025, 3, 1)), "age_1y")

    def test_adds_up(self):
        items = [
            self.item(date(2026, 1, 10), 100.10),
            self.item(date(2026, 1, 20), 0.20),
            self.item(date(2025, 1, 10), 33.33),
            self.item(date(2026, 1, 15), -50.00),
        ]
        found = aged(items, date(2026, 2, 1))
        self.assertEqual(found["age_1"], 100.30)
        self.assertEqual(found["age_1y"], 33.33)
        self.assertEqual(found["credits"], -50.00)
        self.assertEqual(set(found), set(NAMES))
        # 100.10 + 0.20 + 33.33 − 50.00
        self.assertAlmostEqual(sum(found.values()), 83.63, 2)

    def test_why_none(self):
        for expected, facts in (
            (None, Facts()),
            ("excluded", Facts(is_excluded=True, has_anchor=False)),
            ("settled", Facts(has_anchor=False)),
            ("creditor", Facts(has_anchor=False, is_creditor=True)),
            ("disputed", Facts(has_anchor=False, amount_disputed=5)),
            ("paused", Facts(has_anchor=False, amount_paused=5)),
            ("no_case", Facts(has_case=False)),
            ("paid", Facts(suspension="settled")),
            ("held", Facts(suspension="held", is_superseded=True)),
            ("at_law", Facts(is_at_law=True)),
            ("not_reached", Facts(notice_kind=None)),
            ("legal", Facts(notice_kind="lawyer", is_superseded=True)),
            ("superseded", Facts(is_superseded=True)),
            ("already_issued", Facts(months_noticed=1)),
            # A later stage covers an earlier one.
            ("already_issued", Facts(months_noticed=3)),
            (None, Facts(months_noticed=1, step_months=3)),
            ("final_unconfirmed", Facts(notice_kind="final", step_months=6)),
            (None, Facts(notice_kind="final", step_months=6, is_warned=True)),
            (None, Facts(notice_kind="final", step_months=6, is_final_confirmed=True)),
        ):
            self.assertEqual(skip_reason(facts), expected, facts)

    def test_outlook(self):
        self.assertEqual(outlook("demand", True, None), "demand")
        self.assertEqual(outlook("demand", False, None), "again")
        self.assertEqual(outlook("final", False, None), "final")
        self.assertEqual(outlook("final", False, "held"), "none")
