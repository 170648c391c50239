from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.books.bank_text import (
    number_key,
    number_keys,
    says_name,
    unit_key,
    unit_mentions,
)

# (text of a transfer, key of the unit that it names; None: it names none)
UNITS = (
    ("物业费 1栋2单元301", ("1", "2", "301")),
    ("1-2-301 张三", ("1", "2", "301")),
    ("１－２－３０１ 张三", ("1", "2", "301")),
    ("1栋 2单元 301", ("1", "2", "301")),
    ("1#2-301 10月物业费", ("1", "2", "301")),
    ("1#楼2单元0301室", ("1", "2", "301")),
    ("1号楼2单元301号房", ("1", "2", "301")),
    ("一栋二单元301", ("1", "2", "301")),
    ("十二幢301", ("12", "301")),
    ("2026年10月1-2-301物业费", ("1", "2", "301")),
    ("2026-10-01 1-2-301", ("1", "2", "301")),
    ("10-12月物业费1-2-301", ("1", "2", "301")),
    ("转账 1,280.00元 1-101", ("1", "101")),
    ("10:33:21 1-101", ("1", "101")),
    ("SRG-1-101", ("SRG", "1", "101")),
    ("管理費 A棟5樓之2", ("A", "5", "2")),
    ("管理費 A棟５樓之２", ("A", "5", "2")),
    ("A棟五樓之二 管理費", ("A", "5", "2")),
    ("a棟5f-2", ("A", "5", "2")),
    ("A5F之2 115年11月管理費", ("A", "5", "2")),
    ("A-5-2", ("A", "5", "2")),
    ("3號5樓 11月管理費", ("3", "5")),
    ("文昌路18號5樓之2", ("18", "5", "2")),
    ("Building 1 Unit 301", ("1", "301")),
    ("Tower A 501 fee", ("A", "501")),
    ("301室物业费", ("301",)),
    ("房号:301", ("301",)),
    ("转账6222021234567890123", None),
    ("手机13800138000", None),
    ("物业费 1,280.00", None),
    ("2026-11-24 10:33", None),
    ("115年11月管理費", None),
    ("管理費 3,301元", None),
    ("网银转账 张三", None),
)
# (text, keys that must be found, keys that must not)
NUMBERS = (
    ("PN/2026/00012", {"PN202600012"}, {"PN20260001"}),
    ("ＰＮ－２０２６－０００１２ 物业", {"PN202600012"}, set()),
    ("pn 2026 00012", {"PN202600012"}, set()),
    ("缴费PN202600012张三", {"PN202600012"}, set()),
    ("PN/2026/000123", {"PN2026000123"}, {"PN202600012"}),
    ("XPN/2026/00012", {"XPN202600012"}, {"PN202600012"}),
    ("INV/2026/00003,INV/2026/00004", {"INV202600003", "INV202600004"}, set()),
    ("SRG-2026-10-00012", {"SRG20261000012"}, set()),
    ("6222021234567890123", set(), {"6222021234567890123"}),
)


@tagged("post_install", "-at_install")
class TestBankText(BaseCase):
    def test_units(self):
        for text, key in UNITS:
            with self.subTest(text):
                plain = [found for found, is_plain in unit_mentions(text) if is_plain]
                if key:
                    self.assertIn(key, plain)
                else:
                    self.assertEqual(plain, [])

    def test_several_units(self):
        both = [(("1", "2", "301"), True), (("1", "2", "302"), True)]
        for text in ("1-2-301、302", "1-2-301/302", "1栋2单元301，1栋2单元302"):
            with self.subTest(text):
                self.assertEqual(unit_mentions(text), both)

    def test_never_a_part_of_a_longer_number(self):
        for text in ("1-2-3011", "11-2-301", "1-2-301-5", "91-2-301"):
            with self.subTest(text):
                keys = [key for key, _is_plain in unit_mentions(text)]
                self.assertNotIn(("1", "2", "301"), keys)

    def test_spellings_of_units(self):
        self.assertEqual(unit_key("1栋", "2单元0301"), unit_key("1", "2-301"))
        self.assertEqual(unit_key("A棟", "5樓之2"), ("A", "5", "2"))
        self.assertEqual(unit_key("湖畔名苑", "101"), ("101",))

    def test_numbers(self):
        for text, there, absent in NUMBERS:
            with self.subTest(text):
                self.assertLessEqual(there, number_keys(text))
                self.assertFalse(absent & number_keys(text))
        self.assertEqual(number_key("PN/2026/00012"), "PN202600012")

    def test_names(self):
        self.assertTrue(says_name("1-2-301张三", "张三"))
        self.assertTrue(says_name("FEE JOHN SMITH 101", "John Smith"))
        self.assertFalse(says_name("李四", "张三"))
        self.assertFalse(says_name("SMITHSON", "Smith"))
        self.assertFalse(says_name("1-2-301", ""))
