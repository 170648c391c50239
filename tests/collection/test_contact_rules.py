"""Pure rules: how often, what next, in which order, kept or broken."""

from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ...models.collection import contact_rules as rules
from ...models.collection.promise_rules import Money, Promise, received, state_of
from ...models.collection.worklist import priority


def d(day, month=3):
    return date(2026, month, day)


@tagged("post_install", "-at_install")
class TestContactRules(BaseCase):
    def test_busiest_seven_days(self):
        # 1, 3 and 7 March lie within seven days (1 to 7); on the 8th the 1st is out.
        days = [d(1), d(3), d(7)]
        self.assertEqual(rules.busiest(days, d(7)), 3)
        self.assertEqual(rules.busiest(days, d(8)), 2)
        self.assertEqual(rules.busiest(days, d(20)), 0)
        # A row entered late for the 2nd would be the fourth of the week 1 to 7.
        self.assertEqual(rules.busiest(days, d(2)), 3)

    def test_next_free_day(self):
        # Three on 1, 2, 3 March: the 8th is the first day of a week with two (2, 3).
        self.assertEqual(rules.next_free([d(1), d(2), d(3)], d(3), 3), d(8))
        # Three on the 5th: the week of the 12th is the first without them.
        self.assertEqual(rules.next_free([d(5)] * 3, d(5), 3), d(12))
        self.assertEqual(rules.next_free([d(1)], d(3), 3), d(3))

    def test_one_visit_at_the_door_counts_once(self):
        # The notice handed over on the 4th belongs to the visit logged on the 4th; two
        # notices on the 5th were one visit; e-mails do not count.
        contacts = [(d(4), "door"), (d(4), "phone"), (d(4), "email")]
        days = rules.days_counted(contacts, [d(4), d(5), d(5)])
        self.assertEqual(sorted(days), [d(4), d(4), d(5)])

    def test_next_action_by_outcome(self):
        expected = {
            "reached": ("call", d(17)),
            "no_answer": ("call", d(12)),
            "wrong_number": ("visit", d(13)),
            "refused": ("visit", d(17)),
            "disputed": ("decide", d(17)),
            "paid": ("check_payment", d(13)),
        }
        for outcome, action in expected.items():
            work = rules.Work(d(1), last_day=d(10), last_outcome=outcome)
            self.assertEqual(rules.next_action(work), action, outcome)

    def test_next_action_from_promise_notice_and_alarm(self):
        work = rules.Work(d(1))
        self.assertEqual(rules.next_action(work), ("first_contact", d(1)))
        # A promise is left alone until the day after, even with a notice waiting.
        promised = work._replace(promised=d(20), undelivered=d(5))
        self.assertEqual(rules.next_action(promised), ("follow_promise", d(21)))
        called = work._replace(last_day=d(10), last_outcome="refused")
        # Refused on the 10th: visit on the 17th, but the notice waits since the 12th.
        waiting = called._replace(undelivered=d(12))
        self.assertEqual(rules.next_action(waiting), ("deliver_notice", d(12)))
        # A deadline that passed on the 13th presses from the 14th on ...
        pressing = called._replace(alarms=(d(14),))
        self.assertEqual(rules.next_action(pressing), ("call", d(14)))
        # ... until the customer is contacted on that day or later.
        again = pressing._replace(last_day=d(14))
        self.assertEqual(rules.next_action(again), ("visit", d(21)))
        # A visit planned for the 15th is what comes next.
        planned = called._replace(visit=d(15))
        self.assertEqual(rules.next_action(planned), ("visit", d(15)))
        # Promised on the 10th, broken on the 20th: nothing in between.
        broken = called._replace(last_outcome="promised", broken=d(21), alarms=(d(21),))
        self.assertEqual(rules.next_action(broken), ("call", d(21)))
        # Kept: the usual week, however far off the limitation.
        kept = called._replace(last_outcome="promised", alarms=(d(30),))
        self.assertEqual(rules.next_action(kept), ("call", d(17)))
        # On hold up to the 31st: the day after.
        held = pressing._replace(held=d(31))
        self.assertEqual(rules.next_action(held), ("call", d(1, 4)))

    def test_priority_order(self):
        day = d(10)
        over, soon = d(9), day + timedelta(days=90)
        found = [
            priority(day, True, broken=True, deadline=over, limitation=soon),
            priority(day, True, deadline=over, limitation=soon),
            priority(day, True, limitation=soon),
            priority(day, True),
            priority(day, False, broken=True),
        ]
        self.assertEqual(
            [reason for _rank, reason in found],
            [
                "promise_broken",
                "deadline_passed",
                "limitation_near",
                "amount",
                "closed",
            ],
        )
        ranks = [rank for rank, _reason in found]
        self.assertEqual(ranks, sorted(ranks, reverse=True))
        self.assertEqual(len(set(ranks)), 5)
        # A deadline includes its day; 91 days are not near.
        self.assertEqual(priority(day, True, deadline=day)[1], "amount")
        later = day + timedelta(days=91)
        self.assertEqual(priority(day, True, limitation=later)[1], "amount")

    def test_money_counts_once(self):
        first = Promise(1, 7, 3, 100.0, d(1), d(10))
        second = Promise(2, 7, 3, 50.0, d(10), d(20))
        money = [Money(7, 3, d(10), 120.0)]
        # 100 keep the first, 20 are left for the second made on the same day.
        self.assertEqual(received([second, first], money), {1: 100.0, 2: 20.0})

    def test_money_of_another_place_day_or_customer(self):
        promise = Promise(1, 7, 3, 100.0, d(5), d(10))
        money = [
            Money(7, 4, d(6), 10.0),
            Money(8, 3, d(6), 10.0),
            Money(7, 3, d(4), 10.0),
            Money(7, 3, d(11), 10.0),
            Money(7, None, d(5), 1.5),
            Money(7, 3, d(10), 2.25),
        ]
        self.assertEqual(received([promise], money), {1: 3.75})

    def test_matched_money_before_unmatched(self):
        here = Promise(1, 7, 3, 100.0, d(1), d(10))
        there = Promise(2, 7, 4, 100.0, d(2), d(10))
        money = [Money(7, None, d(3), 100.0), Money(7, 3, d(4), 100.0)]
        # 100 matched here keep the first, so the unmatched 100 serve the second.
        self.assertEqual(received([here, there], money), {1: 100.0, 2: 100.0})

    def test_state_of_a_promise(self):
        promise = Promise(1, 7, 3, 100.0, d(1), d(10))
        self.assertEqual(state_of(promise, 100.0, d(2)), "kept")
        self.assertEqual(state_of(promise, 99.99, d(10)), "open")
        self.assertEqual(state_of(promise, 99.99, d(11)), "broken")
        self.assertEqual(state_of(promise, 99.995, d(10)), "kept")
        # Promised again since: never open again.
        self.assertEqual(state_of(promise, 0.0, d(5), is_last=False), "broken")
