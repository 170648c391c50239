import io
from datetime import date

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.wizards.books.bank_cells import (
    read_day,
    read_money,
)
from odoo.addons.property_fee_collection.wizards.books.bank_sheet import (
    NoList,
    read_list,
)

CHINA = (
    "账户明细查询,,,,,,\n"
    "交易日期,贷方金额,借方金额,对方户名,对方账号,附言,交易流水号\n"
    '20261102,"1,280.00",,张三,\t6222021234567890123,物业费1-2-301,T001\n'
    "20261103,,300.00,电力公司,,电费,T002\n"
    '合计,"1,280.00",300.00,,,,\n'
)
TAIWAN = (
    "帳務日期;存入金額;支出金額;摘要;備註;對方戶名\n"
    "115/11/02;3,000;;跨行轉入;A棟5樓之2;林小美\n"
    "1151103;3,000;;跨行轉入;A棟5樓之2;林小美\n"
)


def xlsx(rows):
    book, output = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(output)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestBankSheet(BaseCase):
    def test_encodings(self):
        for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            with self.subTest(name):
                headers, rows = read_list(CHINA.encode(name))
                self.assertEqual(headers["credit"], "贷方金额")
                self.assertEqual([row.number for row in rows], [3, 4])
                self.assertEqual([float(row.amount) for row in rows], [1280, -300])
                self.assertEqual(rows[0].payer, "张三")
                self.assertEqual(rows[0].account, "6222021234567890123")
        _headers, rows = read_list(TAIWAN.encode("big5"))
        self.assertEqual(rows[0].text, "跨行轉入 A棟5樓之2")
        self.assertEqual(
            [row.date for row in rows], [date(2026, 11, 2), date(2026, 11, 3)]
        )

    def test_workbook_with_sides(self):
        rows = read_list(
            xlsx(
                [
                    ["Transactions"],
                    ["Date", "Amount", "借贷标志", "Description", "Reference"],
                    [date(2026, 11, 2), 200, "贷", "1-101", 12345],
                    ["2026-11-02 10:33:21", "(50.00)", None, "fee", "a"],
                    ["2026年11月2日", "50", "借", "fee", "b"],
                ]
            )
        )[1]
        self.assertEqual([float(row.amount) for row in rows], [200, -50, -50])
        self.assertEqual(rows[0].reference, "12345")

    def test_errors_name_row_column_and_reason(self):
        headers, rows = read_list(
            b"Date,Amount,Text\n2026-13-01,5,a\n2026-11-01,x,b\n,5,c\n2026-11-01,,d\n"
        )
        self.assertEqual(
            [(r.number, r.issues[0][1], r.issues[0][2]) for r in rows],
            [
                (2, "date", "unreadable_date"),
                (3, "amount", "unreadable_amount"),
                (4, "date", "missing_date"),
                (5, "amount", "missing_amount"),
            ],
        )
        self.assertEqual(headers["amount"], "Amount")

    def test_keys(self):
        head = "Date,Amount,Text\n"
        row = "2026-11-01,5,a\n"
        one = [r.key for r in read_list((head + row + row).encode())[1]]
        more = [r.key for r in read_list((head + row * 3 + row).encode())[1]]
        self.assertEqual(len(set(one)), 2)
        self.assertEqual(one, more[:2])
        self.assertEqual(len(set(more)), 4)

    def test_days_and_sums(self):
        day = date(2026, 11, 24)
        for text in (
            "2026-11-24",
            "2026/11/24 08:01",
            "20261124",
            20261124,
            "115/11/24",
            "1151124",
            "民國115年11月24日",
        ):
            self.assertEqual(read_day(text), day, text)
        for text, amount in (
            ("1,280.00", 1280),
            ("(1,280.00)", -1280),
            ("-5", -5),
            ("+5", 5),
            ("NT$1,280", 1280),
            ("１２８０元", 1280),
            ("7.50 DR", -7.5),
        ):
            self.assertEqual(float(read_money(text)), amount, text)
        self.assertIsNone(read_money("--"))

    def test_no_list(self):
        for content, code in (
            (b"\xd0\xcf\x11\xe0", "old_excel"),
            (b"PK\x03\x04", "damaged"),
            (b"a,b\n1,2\n", "no_header"),
        ):
            with self.assertRaises(NoList) as caught:
                read_list(content)
            self.assertEqual(caught.exception.args[0], code)
