from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.collection.legal_gate import (
    Facts,
    checklist,
    deadline,
)

# All is met: delivered on 5 July, fifteen days to pay, looked at in February.
READY = Facts(
    day=date(2027, 2, 15),
    profile="cn",
    months_unpaid=13,
    periods=2,
    final_delivered=date(2026, 7, 5),
    final_deadline=date(2026, 7, 20),
    is_malicious=True,
)


@tagged("post_install", "-at_install")
class TestLegalGate(BaseCase):
    """The gate to law, each condition by itself (procedure, section 2)."""

    def missing(self, **changes):
        return [key for key, met in checklist(READY._replace(**changes)) if not met]

    def test_all_is_met(self):
        for profile in ("cn", "tw", "none"):
            self.assertEqual(self.missing(profile=profile), [])

    def test_more_than_twelve_months(self):
        self.assertEqual(self.missing(months_unpaid=12), ["over_a_year"])

    def test_a_final_notice_that_arrived(self):
        self.assertEqual(
            self.missing(final_delivered=None), ["final_delivered", "deadline_passed"]
        )

    def test_the_deadline_is_over(self):
        """20 July is his last day."""
        for profile in ("cn", "tw"):
            self.assertEqual(
                self.missing(profile=profile, day=date(2026, 7, 20)),
                ["deadline_passed"],
            )
        self.assertEqual(self.missing(day=date(2026, 7, 21)), [])
        self.assertEqual(self.missing(profile="none", day=date(2026, 7, 20)), [])

    def test_a_notice_that_came_late_leaves_seven_days(self):
        """Handed over on 18 July: until the 25th, whatever is printed."""
        late = READY._replace(final_delivered=date(2026, 7, 18))
        self.assertEqual(deadline(late), date(2026, 7, 25))
        self.assertEqual(deadline(READY), date(2026, 7, 20))

    def test_two_periods_in_taiwan_only(self):
        self.assertEqual(self.missing(profile="tw", periods=1), ["two_periods"])
        self.assertEqual(self.missing(profile="cn", periods=1), [])

    def test_nothing_open(self):
        for fact, key in (
            ("has_dispute", "no_dispute"),
            ("has_promise", "no_promise"),
            ("has_plan", "no_plan"),
            ("has_hardship", "no_hardship"),
        ):
            self.assertEqual(self.missing(**{fact: True}), [key])

    def test_a_hold_holds_up_to_its_day(self):
        self.assertEqual(self.missing(hold_until=date(2027, 2, 15)), ["no_hold"])
        self.assertEqual(self.missing(hold_until=date(2027, 2, 14)), [])

    def test_without_a_decision_nothing(self):
        self.assertEqual(self.missing(is_malicious=False), ["decision"])
