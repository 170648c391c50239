"""Rules that need no record; every expected value is worked by hand."""

from odoo.tests import BaseCase, tagged

from ...models.notice.capitals import chinese_capitals
from ...models.notice.contact_hours import hour_text, is_quiet
from ...models.notice.delivery_outcome import state_after
from ...models.notice.pagination import (
    further_lines,
    keep_whole,
    line_count,
    paginate,
)


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

    def test_lines_of_words(self):
        # A digit takes 1.92 mm, a hyphen 1.1: 11-00 takes 8.78 mm and is not broken, so
        # that three of them with blanks of 1.1 need 28.5 mm.
        self.assertEqual(line_count("11-00 11-00 11-00", 28.6), 1)
        self.assertEqual(line_count("11-00 11-00 11-00", 28), 2)
        self.assertEqual(line_count("11-00 11-00 11-00", 18), 3)
        # 3 wide ones are 9.15 mm; 11-00 does not fit into what is left of 15 mm.
        self.assertEqual(line_count("一號樓11-00", 15), 2)
        # A word of 50 digits is 96 mm and must be broken somewhere.
        self.assertEqual(line_count("1" * 50, 40), 3)
        # The closing bracket does not begin a line: 2 of 3 characters go down.
        self.assertEqual(line_count("費（含）", 9.2), 2)

    def test_further_lines(self):
        # 20 wide characters in 40 mm are one line more, 4.25 mm; one alone none.
        self.assertEqual(further_lines([("費" * 20, 40), ("費", 40)]), 4.25)
        self.assertEqual(further_lines([(False, 40)]), 0)

    def test_keep_whole(self):
        self.assertEqual(
            keep_whole("A<B 11-00"), 'A&lt;B <span class="whole">11-00</span>'
        )
        # 27 mm is more than a column of 22: that one must break.
        self.assertEqual(keep_whole("1234567-1234567"), "1234567-1234567")

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
