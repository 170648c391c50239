"""The calendar of reminders, worked by hand."""

from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ...models.notice.reminder_rules import (
    campaigns_due,
    parse_days,
    reach_of,
    spread,
)


@tagged("post_install", "-at_install")
class TestReminderRules(BaseCase):
    def test_days(self):
        self.assertEqual(parse_days("10, 3"), (10, 3))
        self.assertEqual(parse_days("3 10;3"), (10, 3))
        for text in ("", None, "0", "61", "-3", "ten", "3.5"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_days(text)

    def test_when(self):
        due = date(2026, 3, 10)
        for today, expected in (
            (date(2026, 2, 27), []),
            # Ten days before 10 March is the last day of February.
            (date(2026, 2, 28), [10]),
            (date(2026, 3, 6), [10]),
            (date(2026, 3, 7), [10, 3]),
            (date(2026, 3, 10), [10, 3]),
            (date(2026, 3, 11), []),
        ):
            found = campaigns_due({due}, (3, 10), today)
            self.assertEqual([days for _due, days in found], expected, today)

    def test_month_ends(self):
        # 1 March 2024: three days before is 27 February, as 2024 is a leap year.
        due = date(2024, 3, 1)
        self.assertEqual(campaigns_due({due}, (3,), date(2024, 2, 26)), [])
        self.assertEqual(campaigns_due({due}, (3,), date(2024, 2, 27)), [(due, 3)])
        due = date(2026, 1, 1)
        self.assertEqual(campaigns_due({due}, (10,), date(2025, 12, 22)), [(due, 10)])

    def test_reach(self):
        now = datetime(2026, 1, 7, 10)
        old, new = now - timedelta(days=2), now - timedelta(hours=47)
        for messages, expected in (
            ([], "missed"),
            ([("failed", old)], "missed"),
            ([("sent", old)], "missed"),
            ([("sent", new)], "waiting"),
            ([("planned", None)], "waiting"),
            ([("sent", old), ("reached", old)], "reached"),
            ([("failed", new), ("sent", new)], "waiting"),
        ):
            self.assertEqual(reach_of(messages, now), expected, messages)

    def test_credits(self):
        self.assertEqual(spread([100], 0, 336), [100])
        # 350 pay the 300 that are older; 50 are left.
        self.assertEqual(spread([350], 300, 336), [50])
        self.assertEqual(spread([200, 150], 300, 336), [0, 50])
        self.assertEqual(spread([500], 0, 336), [336])
