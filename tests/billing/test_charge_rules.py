"""The rules of procedure section 5 without a database, worked by hand."""

from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.billing.amounts import (
    apportion,
    line_quantity_and_price,
    share_by_days,
)
from odoo.addons.property_fee_collection.models.billing.payers import (
    Occupancy,
    Span,
    Tenure,
    UnitLife,
    clip,
    owner_pays_from,
    payer_spans,
)
from odoo.addons.property_fee_collection.models.billing.rates import (
    Place,
    Rate,
    RateBook,
)
from odoo.addons.property_fee_collection.models.billing.usage import Reading, usage

JAN, JAN_END = date(2026, 1, 1), date(2026, 1, 31)
SELLER, BUYER, TENANT, DEVELOPER = 1, 2, 3, 9


@tagged("post_install", "-at_install")
class TestPayers(BaseCase):
    def life(self, *tenures, **facts):
        return UnitLife(tuple(tenures), developer_id=DEVELOPER, **facts)

    def test_one_owner_pays_the_whole_month(self):
        life = self.life(Tenure(SELLER, "owner", True))
        self.assertEqual(payer_spans(life, JAN, JAN_END), [Span(JAN, JAN_END, SELLER)])

    def test_handover_divides_between_developer_and_owner(self):
        life = self.life(Tenure(BUYER, "owner", True), owner_from=date(2026, 1, 16))
        self.assertEqual(
            payer_spans(life, JAN, JAN_END),
            [
                Span(JAN, date(2026, 1, 15), DEVELOPER),
                Span(date(2026, 1, 16), JAN_END, BUYER),
            ],
        )

    def test_handover_rule_next_month(self):
        self.assertEqual(
            owner_pays_from(date(2026, 1, 16), "next_month"), date(2026, 2, 1)
        )
        self.assertEqual(
            owner_pays_from(date(2026, 12, 2), "next_month"), date(2027, 1, 1)
        )
        self.assertEqual(owner_pays_from(JAN, "next_month"), JAN)
        self.assertEqual(
            owner_pays_from(date(2026, 1, 16), "handover_date"), date(2026, 1, 16)
        )

    def test_status_decides_without_a_handover_date(self):
        life = self.life(
            Tenure(BUYER, "owner", True),
            occupancies=(
                Occupancy("undelivered", None, date(2026, 1, 9)),
                Occupancy("delivered_vacant", date(2026, 1, 10)),
            ),
        )
        self.assertEqual(
            [(span.days, span.partner_id) for span in payer_spans(life, JAN, JAN_END)],
            [(9, DEVELOPER), (22, BUYER)],
        )

    def test_unsold_unit_without_owner_is_the_developers(self):
        life = self.life(occupancies=(Occupancy("unsold"),))
        self.assertEqual(payer_spans(life, JAN, JAN_END)[0].partner_id, DEVELOPER)

    def test_delivered_unit_without_owner_has_no_payer(self):
        life = self.life(occupancies=(Occupancy("delivered_vacant"),))
        self.assertIsNone(payer_spans(life, JAN, JAN_END)[0].partner_id)

    def test_change_of_owner_by_each_rule(self):
        life = self.life(
            Tenure(SELLER, "owner", True, None, date(2026, 1, 20)),
            Tenure(BUYER, "owner", True, date(2026, 1, 21)),
        )
        by_rule = {
            rule: [
                (s.days, s.partner_id) for s in payer_spans(life, JAN, JAN_END, rule)
            ]
            for rule in ("days", "seller", "buyer")
        }
        self.assertEqual(by_rule["days"], [(20, SELLER), (11, BUYER)])
        self.assertEqual(by_rule["seller"], [(31, SELLER)])
        self.assertEqual(by_rule["buyer"], [(31, BUYER)])

    def test_occupant_who_pays_does_so_instead_of_the_owner(self):
        life = self.life(
            Tenure(SELLER, "owner", True),
            Tenure(TENANT, "occupant", True, date(2026, 1, 11), date(2026, 1, 20)),
        )
        self.assertEqual(
            [(s.days, s.partner_id) for s in payer_spans(life, JAN, JAN_END)],
            [(10, SELLER), (10, TENANT), (11, SELLER)],
        )

    def test_occupant_who_does_not_pay_changes_nothing(self):
        life = self.life(
            Tenure(SELLER, "owner", True), Tenure(TENANT, "occupant", False)
        )
        self.assertEqual(payer_spans(life, JAN, JAN_END)[0].partner_id, SELLER)

    def test_clip_after_the_last_day_paid_for(self):
        spans = [Span(JAN, JAN_END, SELLER)]
        self.assertEqual(clip(spans, date(2026, 1, 31)), [])
        self.assertEqual(clip(spans, date(2025, 12, 31)), spans)
        self.assertEqual(clip(spans, None), spans)
        self.assertEqual(
            clip(spans, date(2026, 1, 10)), [Span(date(2026, 1, 11), JAN_END, SELLER)]
        )


@tagged("post_install", "-at_install")
class TestAmounts(BaseCase):
    def test_share_by_days(self):
        # 255.50 a month in January: 15/31 → 123.629, 16/31 → 131.871
        self.assertEqual(
            share_by_days(255.5, [15, 16], 31, 0.01, True), [123.63, 131.87]
        )
        # Leap February: 100.00 × 10/29 = 34.4828, the other 19 days the rest
        self.assertEqual(share_by_days(100, [10, 19], 29, 0.01, True), [34.48, 65.52])

    def test_the_last_part_takes_the_cent_left_over(self):
        # 100.01 halved in a month of 30 days: 50.005 rounds up twice, one cent too much
        self.assertEqual(share_by_days(100.01, [15, 15], 30, 0.01, True), [50.01, 50.0])
        # Three equal parts of 100.00 in a month of 30 days: 33.33 + 33.33 + 33.34
        self.assertEqual(
            share_by_days(100, [10, 10, 10], 30, 0.01, True), [33.33, 33.33, 33.34]
        )

    def test_part_of_a_month_is_rounded_half_up(self):
        # 335.825 a month rounds to 335.83; 21 of 28 days are 251.86875
        self.assertEqual(share_by_days(335.825, [31], 31, 0.01, True), [335.83])
        self.assertEqual(share_by_days(335.825, [21], 28, 0.01), [251.87])

    def test_currency_without_cents(self):
        self.assertEqual(share_by_days(1001, [15, 15], 30, 1.0, True), [501, 500])

    def test_apportion_sums_to_the_cost(self):
        # 100.00 over three equal shares: the first gets the cent that is left
        self.assertEqual(apportion(100, [1, 1, 1], 0.01), [33.34, 33.33, 33.33])
        # 1,000.00 by 90, 60 and 50.5 m² of 200.5: 448.877.. 299.251.. 251.870..
        # rounded down 448.87 + 299.25 + 251.87 = 999.99, the cent to the first (.77)
        self.assertEqual(
            apportion(1000, [90, 60, 50.5], 0.01), [448.88, 299.25, 251.87]
        )
        # no cents: 1,000 over 3 and a credit of the same
        self.assertEqual(apportion(1000, [1, 1, 1], 1), [334, 333, 333])
        self.assertEqual(apportion(-1000, [1, 1, 1], 1), [-334, -333, -333])

    def test_apportion_without_weight(self):
        with self.assertRaises(ValueError):
            apportion(100, [0, 0], 0.01)

    def test_line_says_area_and_price_when_they_make_the_amount(self):
        self.assertEqual(
            line_quantity_and_price(91.25, 2.8, 255.5, 0.01, 2), (91.25, 2.8)
        )
        # half a month: 91.25 m² × 1.4 = 127.75
        quantity, price = line_quantity_and_price(91.25, 2.8, 127.75, 0.01, 2)
        self.assertEqual((quantity, price), (91.25, 1.4))

    def test_line_falls_back_to_one_times_amount(self):
        # invoice quantities have two digits: 0.0049 m² would be none at all
        self.assertEqual(
            line_quantity_and_price(0.0049, 510000, 2499.0, 0.01, 2), (1.0, 2499.0)
        )


@tagged("post_install", "-at_install")
class TestUsage(BaseCase):
    def usage(self, *readings, first=JAN, last=JAN_END, **options):
        return usage([Reading(*row) for row in readings], first, last, **options)

    def test_current_less_previous_times_multiplier(self):
        counted = self.usage(
            (date(2025, 12, 31), 100), (date(2026, 1, 31), 150), multiplier=20
        )
        self.assertEqual(counted.quantity, 1000)
        self.assertEqual((counted.previous, counted.current), (100, 150))
        self.assertIsNone(counted.problem)

    def test_a_month_without_reading_is_caught_up(self):
        readings = [(date(2025, 11, 30), 100), (date(2026, 1, 31), 170)]
        december = self.usage(
            *readings, first=date(2025, 12, 1), last=date(2025, 12, 31)
        )
        self.assertEqual(december.problem, "no_reading")
        self.assertEqual(self.usage(*readings).quantity, 70)

    def test_only_one_reading_has_nothing_to_subtract(self):
        self.assertEqual(self.usage((JAN_END, 8000)).problem, "no_reading")

    def test_rollover(self):
        # five digits: 99,990 → 00,015 are 25
        readings = [(date(2025, 12, 31), 99990), (date(2026, 1, 31), 15)]
        self.assertEqual(self.usage(*readings, rollover_at=100000).quantity, 25)
        self.assertEqual(self.usage(*readings).problem, "backwards")

    def test_estimate_too_high_is_worked_off(self):
        # Estimated 180 where 160 was true: January costs nothing, February only what
        # lies above the 180 already paid for: 195 − 180 = 15.
        readings = [
            (date(2025, 11, 30), 100),
            (date(2025, 12, 31), 180, True),
            (date(2026, 1, 31), 160),
            (date(2026, 2, 28), 195),
        ]
        january = self.usage(*readings)
        self.assertEqual((january.quantity, january.problem), (0, None))
        february = self.usage(*readings, first=date(2026, 2, 1), last=date(2026, 2, 28))
        self.assertEqual(february.quantity, 15)

    def test_average_of_the_last_three_months(self):
        readings = [
            (date(2025, 9, 30), 0),
            (date(2025, 10, 31), 10),
            (date(2025, 11, 30), 30),
            (date(2025, 12, 31), 60),
            (date(2026, 1, 31), 360),
        ]
        counted = self.usage(*readings)
        self.assertEqual((counted.quantity, counted.average), (300, 20))

    def test_average_of_a_younger_meter(self):
        counted = self.usage(
            (date(2025, 11, 30), 50), (date(2025, 12, 31), 62), (JAN_END, 70)
        )
        self.assertEqual(counted.average, 12)


@tagged("post_install", "-at_install")
class TestRates(BaseCase):
    HERE = Place(unit_id=7, building_id=5, community_id=3, unit_type="shop")

    def price(self, *rates, first=JAN, last=JAN_END):
        found = RateBook(
            Rate(number, 1, **rate) for number, rate in enumerate(rates)
        ).find(1, self.HERE, first, last)
        return found and found.price

    def test_the_most_specific_wins(self):
        everywhere = {"price": 1}
        community = {"price": 2, "community_id": 3}
        of_type = {"price": 3, "community_id": 3, "unit_type": "shop"}
        building = {"price": 4, "building_id": 5, "community_id": 3}
        building_type = {**building, "price": 5, "unit_type": "shop"}
        unit = {"price": 6, "unit_id": 7}
        rates = [unit, everywhere, building, community, building_type, of_type]
        for expected in (6, 5, 4, 3, 2, 1):
            self.assertEqual(self.price(*rates), expected)
            rates = [rate for rate in rates if rate["price"] != expected]
        self.assertIsNone(self.price(*rates))

    def test_of_equals_the_one_that_began_last(self):
        rates = (
            {"price": 2.5},
            {"price": 2.8, "date_from": date(2025, 7, 1)},
            {"price": 3.0, "date_from": date(2026, 2, 1)},
        )
        self.assertEqual(self.price(*rates), 2.8)
        february = {"first": date(2026, 2, 1), "last": date(2026, 2, 28)}
        self.assertEqual(self.price(*rates, **february), 3.0)

    def test_ended_rate_and_rate_that_begins_in_the_month(self):
        ended = {"price": 2, "community_id": 3, "date_to": date(2025, 12, 31)}
        self.assertEqual(self.price(ended, {"price": 1}), 1)
        self.assertIsNone(self.price(ended))
        begins = {"price": 4, "date_from": date(2026, 1, 15)}
        self.assertEqual(self.price(ended, begins), 4)

    def test_other_places_do_not_count(self):
        self.assertIsNone(
            self.price(
                {"price": 1, "community_id": 4},
                {"price": 2, "unit_type": "parking"},
                {"price": 3, "unit_id": 8},
            )
        )

    def test_concerns_by_scope_whatever_the_dates(self):
        book = RateBook(
            [Rate(1, 1, 2.0, community_id=3, unit_type="shop", date_to=JAN)]
        )
        self.assertTrue(book.concerns(1, self.HERE))
        self.assertFalse(book.concerns(1, self.HERE._replace(unit_type="parking")))
        self.assertFalse(book.concerns(2, self.HERE))
