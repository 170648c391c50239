from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.collection.limitation import (
    Event,
    expiry,
    is_provable,
)

DUE = date(2026, 1, 10)


def day(text):
    return date.fromisoformat(text)


@tagged("post_install", "-at_install")
class TestLimitationRules(BaseCase):
    """Worked by hand from procedure, section 4: no database."""

    def assertExpiry(self, profile, due, events, expected, kind=None):
        events = [Event(day(when), what) for when, what in events]
        found, event = expiry(profile, day(due), events)
        self.assertEqual((str(found), event and event.kind), (expected, kind))

    def test_from_the_due_date(self):
        self.assertExpiry("cn", "2026-01-10", [], "2029-01-10")
        self.assertExpiry("tw", "2026-01-10", [], "2031-01-10")
        self.assertEqual(expiry("none", DUE), (None, None))

    def test_month_ends_and_leap_days(self):
        """Nothing is due on a 29 February that does not come; 28 February stays it."""
        self.assertExpiry("cn", "2024-02-29", [], "2027-02-28")
        self.assertExpiry("tw", "2024-02-29", [], "2029-02-28")
        self.assertExpiry("cn", "2025-02-28", [], "2028-02-28")
        self.assertExpiry("cn", "2026-01-31", [], "2029-01-31")
        self.assertExpiry(
            "cn", "2026-01-31", [("2028-02-29", "demand")], "2031-02-28", "demand"
        )

    def test_each_event_restarts_in_the_mainland(self):
        for kind in ("demand", "part_payment", "promise", "plan", "suit"):
            with self.subTest(kind):
                self.assertExpiry(
                    "cn", "2026-01-10", [("2026-07-05", kind)], "2029-07-05", kind
                )

    def test_the_last_day_counts_the_next_does_not(self):
        self.assertExpiry(
            "cn", "2026-01-10", [("2029-01-10", "demand")], "2032-01-10", "demand"
        )
        self.assertExpiry("cn", "2026-01-10", [("2029-01-11", "demand")], "2029-01-10")

    def test_a_chain_in_any_order(self):
        """2026-07-05 → 2029-07-05; on its last day a payment → 2032-07-05."""
        events = [("2029-07-05", "part_payment"), ("2026-07-05", "demand")]
        self.assertExpiry("cn", "2026-01-10", events, "2032-07-05", "part_payment")
        # Without the demand the payment comes half a year too late.
        self.assertExpiry("cn", "2026-01-10", events[:1], "2029-01-10")

    def test_what_happens_before_the_due_date_moves_nothing(self):
        events = [("2026-01-05", "demand"), ("2026-01-10", "part_payment")]
        self.assertExpiry("cn", "2026-01-10", events, "2029-01-10")

    def test_of_two_on_a_day_the_stronger_is_the_evidence(self):
        events = [("2026-07-05", "part_payment"), ("2026-07-05", "demand")]
        self.assertExpiry("cn", "2026-01-10", events, "2029-07-05", "part_payment")

    def test_after_expiry_only_the_debtor_brings_it_back(self):
        late = "2029-03-01"
        for kind, expected in (
            ("demand", "2029-01-10"),
            ("part_payment", "2029-01-10"),
            ("suit", "2029-01-10"),
            ("promise", "2032-03-01"),
            ("plan", "2032-03-01"),
        ):
            moved = kind if expected.startswith("2032") else None
            with self.subTest(kind):
                self.assertExpiry("cn", "2026-01-10", [(late, kind)], expected, moved)
        # What was brought back is demanded again like any other claim.
        events = [(late, "promise"), ("2029-06-01", "demand")]
        self.assertExpiry("cn", "2026-01-10", events, "2032-06-01", "demand")

    def test_taiwan_a_demand_alone_moves_nothing(self):
        self.assertExpiry("tw", "2026-01-10", [("2026-07-05", "demand")], "2031-01-10")

    def test_taiwan_acknowledgement_and_suit_restart(self):
        for kind in ("part_payment", "promise", "plan", "suit"):
            with self.subTest(kind):
                self.assertExpiry(
                    "tw", "2026-01-10", [("2027-07-05", kind)], "2032-07-05", kind
                )

    def test_taiwan_a_suit_within_six_months_of_a_demand(self):
        """Expiry 10 January 2031. Demanded on 1 December 2030: a suit is in time until
        1 June 2031, and not a day longer."""
        demand = ("2030-12-01", "demand")
        self.assertExpiry(
            "tw", "2026-01-10", [demand, ("2031-06-01", "suit")], "2036-06-01", "suit"
        )
        self.assertExpiry(
            "tw", "2026-01-10", [demand, ("2031-06-02", "suit")], "2031-01-10"
        )
        # 31 August and six months: the last day of February.
        august = ("2030-08-31", "demand")
        self.assertExpiry(
            "tw", "2026-01-10", [august, ("2031-02-28", "suit")], "2036-02-28", "suit"
        )
        self.assertExpiry(
            "tw", "2026-01-10", [august, ("2031-03-01", "suit")], "2031-01-10"
        )

    def test_taiwan_a_demand_after_expiry_saves_nothing(self):
        events = [("2030-12-01", "demand"), ("2031-05-01", "demand")]
        self.assertExpiry(
            "tw", "2026-01-10", [*events, ("2031-08-01", "suit")], "2031-01-10"
        )

    def test_taiwan_after_expiry_only_a_plan(self):
        self.assertExpiry("tw", "2026-01-10", [("2031-02-01", "promise")], "2031-01-10")
        self.assertExpiry(
            "tw", "2026-01-10", [("2031-02-01", "plan")], "2036-02-01", "plan"
        )

    def test_which_deliveries_prove_a_demand(self):
        for outcome in ("acknowledged", "delivered", "left_with_witness", "refused"):
            self.assertTrue(is_provable(outcome), outcome)
        for outcome in ("not_met", "undeliverable", None):
            self.assertFalse(is_provable(outcome), outcome)
        self.assertTrue(is_provable("posted", "registered", "RR 123"))
        self.assertFalse(is_provable("posted", "registered", " "))
        self.assertFalse(is_provable("posted", "letter", "RR 123"))

    def test_electronically_only_what_he_opened_himself(self):
        self.assertTrue(is_provable("electronic", "portal"))
        for channel in ("email", "sms", ""):
            self.assertFalse(is_provable("electronic", channel), channel)
