from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.property_fee_collection.models.books.bank_judge import (
    Bill,
    Number,
    Transfer,
    allot,
    fits,
    judge,
)
from odoo.addons.property_fee_collection.models.books.bank_units import Unit, UnitBook

OWNER, OTHER = 7, 8
SUNRISE = (1, "Sunrise", "SRG")
SUNSET = (2, "Sunset", "SST")


def unit(unit_id, building, room, people, community=SUNRISE):
    place, name, code = community
    shown = f"{building} {room}"
    payer = next(iter(people), None)
    return Unit(unit_id, shown, building, room, place, name, code, people, payer)


def bill(item, amount, unit_id=1, partner=OWNER, month=1, community=1):
    day = date(2026, month, 10)
    return Bill(item, 100 + item, unit_id, partner, community, day, amount)


# 100.00 of January and 200.00 of February for unit 1; 50.00 for unit 2.
BILLS = {
    1: [bill(2, 200.0, month=2), bill(1, 100.0)],
    2: [bill(3, 50.0, unit_id=2)],
    (OWNER, 1): [bill(1, 100.0), bill(2, 200.0, month=2), bill(3, 50.0, unit_id=2)],
}
BOOK = UnitBook(
    [
        unit(1, "1栋", "101", {OWNER: "张三"}),
        unit(2, "1栋", "102", {OWNER: "张三"}),
        unit(3, "1", "101", {OTHER: "李四"}, SUNSET),
    ]
)


@tagged("post_install", "-at_install")
class TestBankJudge(BaseCase):
    def ask(self, amount, text, payer="", numbers=(), **values):
        matches, reasons = judge(
            Transfer(amount, text, payer, **values),
            list(numbers),
            BOOK.mentioned(text, payer),
            BOOK.paid_by(payer),
            BILLS,
        )
        self.codes = [code for code, _values in reasons]
        self.best = matches and matches[0]
        return [(match.level, match.partner_id) for match in matches]

    def test_allot(self):
        self.assertEqual(allot([100, 200], 250), ([100, 150], 0))
        self.assertEqual(allot([100.1, 0.2], 100.3), ([100.1, 0.2], 0))
        self.assertEqual(allot([100], 130), ([100], 30))

    def test_fits(self):
        bills = [bill(1, 100.0), bill(2, 200.0)]
        for amount, word in (
            (300, "equal"),
            (100, "oldest"),
            (250, "part"),
            (99.99, "part"),
            (300.01, "over"),
        ):
            self.assertEqual(fits(bills, amount), word)
        self.assertEqual(fits([], 5), "nothing")

    def test_number_with_its_amount_is_certain(self):
        number = Number("PN1", tuple(BILLS[1]))
        self.assertEqual(self.ask(300, "PN1", numbers=[number]), [("certain", OWNER)])
        self.assertEqual([b.item_id for b in self.best.bills], [1, 2])
        # A part, the oldest alone, and too much: a person looks.
        for amount in (250, 100, 310):
            self.assertEqual(
                self.ask(amount, "PN1", numbers=[number]), [("likely", OWNER)]
            )

    def test_number_against_the_unit_named(self):
        number = Number("PN1", tuple(BILLS[1]))
        found = self.ask(300, "PN1 1栋102 Sunrise", numbers=[number])
        self.assertEqual(found, [("likely", OWNER)])
        self.assertIn("other_unit", [code for code, _values in self.best.reasons])

    def test_number_paid_already(self):
        self.assertEqual(self.ask(300, "PN1", numbers=[Number("PN1", ())]), [])
        self.assertEqual(self.codes, ["paid_already"])

    def test_unit_name_and_amount_are_certain(self):
        self.assertEqual(self.ask(300, "SRG-1-101 张三"), [("certain", OWNER)])
        self.assertEqual(self.ask(100, "SRG-1-101", "张三"), [("certain", OWNER)])
        self.assertEqual(self.ask(120, "SRG-1-101", "张三"), [("likely", OWNER)])

    def test_stranger(self):
        self.assertEqual(self.ask(300, "SRG-1-101", "王五"), [("likely", OWNER)])
        self.assertIn("stranger", [code for code, _values in self.best.reasons])

    def test_several_units(self):
        # 100 + 200 + 50
        self.assertEqual(self.ask(350, "1栋101、102 Sunrise 张三")[0][0], "certain")
        self.assertEqual(self.best.unit_ids, [1, 2])

    def test_same_unit_in_two_communities(self):
        # Nobody says which; 1-101 of Sunset owes nothing, but may pay ahead.
        found = self.ask(300, "1-101", "王五")
        self.assertEqual([level for level, _who in found], ["possible", "possible"])
        self.assertEqual(self.codes, ["several"])
        self.assertEqual(self.ask(300, "1-101 Sunrise"), [("likely", OWNER)])
        self.assertEqual(self.ask(300, "1-101 张三"), [("certain", OWNER)])

    def test_payer_only(self):
        self.assertEqual(self.ask(350, "物业费", "张三"), [("likely", OWNER)])
        self.assertEqual(self.ask(77, "物业费", "张三"), [("possible", OWNER)])

    def test_nothing_known(self):
        self.assertEqual(self.ask(350, "网银转账", "王五"), [])
        self.assertEqual(self.codes, ["unknown"])

    def test_undone_is_not_certain_again(self):
        found = self.ask(300, "SRG-1-101", "张三", is_undone=True)
        self.assertEqual(found, [("likely", OWNER)])
