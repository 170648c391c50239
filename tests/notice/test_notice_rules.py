"""Rules that need no record; every expected value is worked by hand."""

from odoo.tests import BaseCase, tagged

from ...models.notice.capitals import chinese_capitals
from ...models.notice.contact_hours import hour_text, is_quiet
from ...models.notice.delivery_outcome import state_after
from ...models.notice.pagination import line_count, paginate


@tagged("post_install", "-at_install")
class TestNoticeRules(BaseCase):
    def test_capitals_simplified(self):
        for amount, words in (
            (1964.26, "壹仟玖佰陆拾肆元贰角陆分"),
            (100, "壹佰元整"),
            (100.05, "壹佰元零伍分"),
            (0.5, "伍角"),
            (100001.5, "壹拾万零壹元伍角"),
        ):
            self.assertEqual(chinese_capitals(amount), words)

    def test_capitals_traditional(self):
        self.assertEqual(chinese_capitals(23646, "zh_TW"), "貳萬參仟陸佰肆拾陸元整")
        self.assertEqual(chinese_capitals(200000000, "zh_TW"), "貳億元整")

    def test_capitals_say_the_currency(self):
        self.assertEqual(chinese_capitals(10, "zh_CN", "CNY"), "人民币壹拾元整")
        self.assertEqual(chinese_capitals(10, "zh_TW", "TWD"), "新臺幣壹拾元整")
        self.assertEqual(chinese_capitals(10, "zh_TW", "USD"), "壹拾元整")

    def test_quiet_hours(self):
        for hour, quiet in ((22, True), (22.5, True), (7.99, True), (0, True)):
            self.assertEqual(is_quiet(hour), quiet)
        for hour in (8, 12, 21.99):
            self.assertFalse(is_quiet(hour))
        # Quiet at noon only: the span does not pass midnight.
        self.assertTrue(is_quiet(13, 12, 14))
        self.assertFalse(is_quiet(14, 12, 14))
        self.assertEqual(hour_text(22.5), "22:30")

    def test_state_after(self):
        for outcomes, state in (
            ([], "issued"),
            (["not_met"], "issued"),
            (["not_met", "refused"], "refused"),
            (["undeliverable", "refused"], "refused"),
            (["refused", "left_with_witness"], "delivered"),
            (["posted"], "delivered"),
            # A letter that came back was not delivered.
            (["posted", "undeliverable"], "undeliverable"),
            (["acknowledged", "undeliverable", "refused"], "acknowledged"),
            (["electronic", "not_met"], "delivered"),
            ([False], "issued"),
        ):
            self.assertEqual(state_after(outcomes), state, outcomes)

    def test_line_count(self):
        # 20 wide characters of 3.05 mm make 61 mm: two lines of 40.
        self.assertEqual(line_count("費" * 20, 40), 2)
        self.assertEqual(line_count("", 40), 1)
        self.assertEqual(line_count("a\nb", 40), 2)

    def test_paginate(self):
        # 100 high; head 20 then 10, tail 30: rows of 10.
        sizes = {"page": 100, "first": 20, "later": 10, "tail": 30}
        # 5 rows leave 30 for the tail.
        self.assertEqual(paginate([10] * 5, **sizes), [(0, 5)])
        # 6 rows leave 20: the tail goes to a page of its own.
        self.assertEqual(paginate([10] * 6, **sizes), [(0, 6), (6, 6)])
        # 8 rows fill the first page, 4 go on the next, with the tail.
        self.assertEqual(paginate([10] * 12, **sizes), [(0, 8), (8, 12)])
        self.assertEqual(paginate([], **sizes), [(0, 0)])
        # A row higher than a page still stands somewhere.
        self.assertEqual(paginate([200], **sizes), [(0, 1), (1, 1)])
