from datetime import date

from odoo.tests import BaseCase, tagged

from ...models.collection.calendar import (
    OpenItem,
    months_unpaid,
    standing,
    step_due,
    suspended_by,
)


class Step:
    def __init__(self, months, malicious_only=False):
        self.months, self.malicious_only = months, malicious_only


STEPS = [Step(1), Step(3), Step(6), Step(13, malicious_only=True)]


def item(amount, due, **values):
    due = date.fromisoformat(due)
    return OpenItem(1, 1, 7, 1, None, due.replace(day=1), due, amount, **values)


@tagged("post_install", "-at_install")
class TestCalendar(BaseCase):
    """Section 2 of the procedure, worked by hand."""

    def stands(self, items, day, **options):
        return standing(items, date.fromisoformat(day), **options)

    def test_every_row_of_the_table(self):
        """January's charge, due 10 January: 1 month in February, 3 in April, 6 in July,
        12 in January and 13 in February of next year."""
        january = date(2026, 1, 10)
        for day, months, step in (
            ("2026-01-31", 0, None),
            ("2026-02-01", 1, 1),
            ("2026-03-31", 2, 1),
            ("2026-04-01", 3, 3),
            ("2026-06-30", 5, 3),
            ("2026-07-01", 6, 6),
            ("2027-01-31", 12, 6),
            ("2027-02-01", 13, 6),
        ):
            day = date.fromisoformat(day)
            self.assertEqual(months_unpaid(january, day), months, day)
            due = step_due(STEPS, months)
            self.assertEqual(due.months if due else None, step, day)
        self.assertEqual(step_due(STEPS, 13, is_malicious=True).months, 13)
        self.assertEqual(step_due(STEPS, 12, is_malicious=True).months, 6)

    def test_a_charge_is_due_from_the_day_after_its_due_date(self):
        items = [item(100.0, "2026-01-31")]
        self.assertFalse(self.stands(items, "2026-01-31").anchor)
        found = self.stands(items, "2026-02-01")
        self.assertEqual(found.anchor, date(2026, 1, 31))
        self.assertEqual(found.months, 1)

    def test_leap_day_and_month_ends(self):
        """29 February to 1 March is the next calendar month, as is 31 to 1."""
        self.assertEqual(months_unpaid(date(2028, 2, 29), date(2028, 3, 1)), 1)
        self.assertEqual(months_unpaid(date(2027, 12, 31), date(2028, 1, 1)), 1)
        self.assertEqual(months_unpaid(date(2028, 2, 29), date(2029, 2, 28)), 12)

    def test_the_count_is_of_months_not_of_bills(self):
        """One quarterly bill of January is three months old in April."""
        found = self.stands([item(827.40, "2026-01-10")], "2026-04-15")
        self.assertEqual((found.months, found.amount_overdue), (3, 827.40))

    def test_a_part_payment_keeps_the_anchor_until_the_tolerance(self):
        """Of 275.80 due in January 0.80 is left, February's is untouched."""
        items = [item(0.80, "2026-01-10"), item(275.80, "2026-02-10")]
        kept = self.stands(items, "2026-04-15")
        self.assertEqual((kept.anchor, kept.months), (date(2026, 1, 10), 3))
        self.assertEqual(kept.amount_overdue, 276.60)
        moved = self.stands(items, "2026-04-15", tolerance=0.80)
        self.assertEqual((moved.anchor, moved.months), (date(2026, 2, 10), 2))

    def test_a_disputed_charge_neither_ages_nor_is_demanded(self):
        items = [
            item(300.0, "2026-01-10", disputed=300.0),
            item(300.0, "2026-03-10", disputed=100.0),
        ]
        found = self.stands(items, "2026-04-15")
        self.assertEqual((found.anchor, found.months), (date(2026, 3, 10), 1))
        self.assertEqual(found.amount_overdue, 200.0)
        self.assertEqual(found.amount_disputed, 400.0)

    def test_all_disputed_is_not_settled(self):
        found = self.stands([item(300.0, "2026-01-10", disputed=300.0)], "2026-04-15")
        self.assertFalse(found.anchor)
        self.assertEqual(found.months, 0)
        self.assertFalse(found.is_settled)

    def test_no_follow_up_is_left_out(self):
        items = [item(300.0, "2026-01-10", is_paused=True), item(50.0, "2026-03-10")]
        found = self.stands(items, "2026-04-15")
        self.assertEqual(found.anchor, date(2026, 3, 10))
        self.assertEqual((found.amount_overdue, found.amount_paused), (50.0, 300.0))

    def test_credits_are_netted(self):
        """300.00 due less a credit note of 120.00 and 30.00 unmatched: 150.00."""
        items = [item(300.0, "2026-01-10"), item(-120.0, "2026-02-10")]
        found = self.stands(items, "2026-04-15", unallocated=30.0)
        self.assertEqual(found.amount_overdue, 150.0)
        self.assertEqual(found.amount_credit, 150.0)
        self.assertEqual(found.anchor, date(2026, 1, 10))

    def test_a_net_creditor_is_asked_for_nothing(self):
        found = self.stands([item(300.0, "2026-01-10")], "2026-04-15", unallocated=300)
        self.assertFalse(found.anchor)
        self.assertEqual(found.amount_overdue, 0.0)
        self.assertTrue(found.is_settled)
        self.assertTrue(found.is_net_creditor)

    def test_what_is_not_due_yet_is_open_but_not_overdue(self):
        items = [item(100.0, "2026-03-10"), item(100.0, "2026-04-20")]
        found = self.stands(items, "2026-04-15")
        self.assertEqual((found.amount_open, found.amount_overdue), (200.0, 100.0))

    def test_holds_and_promises_hold_back_on_their_last_day(self):
        day = date(2026, 4, 15)
        self.assertEqual(suspended_by(day, hold_until=day), "held")
        self.assertEqual(suspended_by(day, promised_until=day), "promised")
        self.assertEqual(suspended_by(day, plan=True), "planned")
        self.assertEqual(suspended_by(day, settled=True, hold_until=day), "settled")
        later = date(2026, 4, 16)
        self.assertIsNone(suspended_by(later, hold_until=day, promised_until=day))
