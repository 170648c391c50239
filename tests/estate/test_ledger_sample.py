from datetime import date

from odoo.tests import tagged

from .ledger_common import LedgerCommon, sample

# Found by reading the sheet by eye and by a count over its raw XML, never by importing.
AREA, MONTH, ROOM, ARREARS = "建築面積", "已繳至", "房號", "欠費金額"
ERRORS = [
    (16, AREA),  # 待測
    (53, MONTH),  # 已繳清?
    (80, ROOM),  # 1棟 806, as in row 79
    (113, AREA),
    (184, MONTH),
    (210, AREA),
    (231, ROOM),  # 2棟 707, as in row 230
    (266, ARREARS),  # 118.52 × 2.8 × 4 = 1327.42, the sheet says 1427.42
    (307, AREA),
    (315, MONTH),
    (382, ROOM),  # 3棟 608, as in row 381
    (404, AREA),
    (439, ARREARS),  # 79 × 2.8 × 4 = 884.80, the sheet says 984.80
    (446, MONTH),
    (501, AREA),
    (533, ROOM),  # 4棟 509, as in row 532
    (577, MONTH),
    (598, AREA),
]
# Second and later bearers of a name: no phone in common, or none to compare. Row 98
# (何強濤) is not among them, for row 53 is left out.
NAMESAKES = [12, 38, 42, 47, 68, 87, 96, 103, 126, 181, 191, 195, 213, 227, 232, 246]
NAMESAKES += [249, 288, 346, 369, 385, 442, 443, 467, 483, 504, 514, 524, 528, 532]
NAMESAKES += [539, 592, 600, 613, 640, 643]


@tagged("post_install", "-at_install")
class TestLedgerSample(LedgerCommon):
    """The sample ledger from file to ledger accounts: 640 rows, of which 18 are wrong.

    Sums over the raw XML of the 622 good rows: arrears 337,511.83 in 1,211 unit months,
    of them 9,239.08 on unsold and 6,010.76 on undelivered units; 52 units have paid
    ahead, together 232,153.40 (each area × 2.80 × months, rounded).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # customer service imports; it has no accounting rights
        by_staff = cls.make_import(cls, sample(), user=cls.user_cs, as_of=False)
        cls.record = by_staff.with_user(cls.env.user)
        cls.before = cls.counts(cls)
        by_staff.action_preview()
        cls.after_preview = cls.counts(cls)
        cls.previewed = cls.record.read()[0]
        cls.preview_lines = [
            (line.row, line.column, line.severity) for line in cls.record.line_ids
        ]
        by_staff.create_rates = True
        by_staff.action_import()

    def of(self, building, room):
        return self.env["property.unit"].search(
            [
                ("community_id", "=", self.community.id),
                ("building_id.name", "=", building),
                ("name", "=", room),
            ]
        )

    def test_preview_counts_and_writes_nothing(self):
        self.assertEqual(self.after_preview, self.before)
        self.assertEqual(self.previewed["state"], "previewed")
        self.assertEqual(self.previewed["as_of"], date(2026, 9, 30))
        self.assertEqual(self.previewed["row_count"], 640)
        self.assertEqual(self.previewed["valid_count"], 622)
        self.assertEqual(self.previewed["error_count"], 18)
        self.assertEqual(self.previewed["invoice_count"], 1211)
        self.assertAlmostEqual(self.previewed["amount_arrears"], 337511.83, 2)
        self.assertAlmostEqual(self.previewed["amount_ahead"], 232153.40, 2)

    def test_every_error_by_row_and_column(self):
        found = [line[:2] for line in self.preview_lines if line[2] == "error"]
        self.assertEqual(found, ERRORS)
        self.assertEqual(self.messages(self.record, "error"), ERRORS)

    def test_error_messages_give_the_reason(self):
        reasons = {line.row: line.message for line in self.record.line_ids}
        self.assertIn("待測", reasons[16])
        self.assertIn("已繳清?", reasons[53])
        self.assertIn("row 79", reasons[80])
        for figure in ("1427.42", "118.52", "2.8", "4", "1327.42"):
            self.assertIn(figure, reasons[266])

    def test_namesakes_are_other_persons(self):
        warned = [row for row, _column in self.messages(self.record, "warning")]
        self.assertEqual(warned, NAMESAKES)
        # row 4 劉宇 130 7810 6871, row 12 劉宇 13158802897
        first, second = self.of("1棟", "101").owner_id, self.of("1棟", "109").owner_id
        self.assertEqual(first.name, second.name)
        self.assertNotEqual(first, second)
        self.assertEqual((first.phone, second.phone), ("13078106871", "13158802897"))

    def test_a_unit_of_each_kind_of_cell(self):
        """Rows 4 to 8 of the sheet: dates and months in every way of writing."""
        self.assertRecordValues(
            self.of("1棟", "101")
            | self.of("1棟", "102")
            | self.of("1棟", "103")
            | self.of("1棟", "104"),
            [
                {
                    "floor_area": 91.25,
                    "unit_type": "residential",
                    "occupancy_status": "decorating",
                    "handover_date": date(2021, 6, 19),
                    "paid_through": date(2026, 9, 30),
                },
                {
                    "floor_area": 118.51,
                    "unit_type": "residential",
                    "occupancy_status": "delivered_vacant",
                    "handover_date": date(2021, 4, 2),
                    "paid_through": date(2026, 9, 30),
                },
                {
                    "floor_area": 63.56,
                    "unit_type": "residential",
                    "occupancy_status": "owner_occupied",
                    "handover_date": date(2021, 10, 7),
                    "paid_through": date(2026, 9, 30),
                },
                {
                    "floor_area": 79.06,
                    "unit_type": "residential",
                    "occupancy_status": "delivered_vacant",
                    "handover_date": date(2025, 2, 4),
                    "paid_through": date(2026, 2, 28),
                },
            ],
        )
        self.assertEqual(
            set(self.community.unit_ids.mapped("opening_through")), {date(2026, 9, 30)}
        )

    def test_owner_with_two_phones_and_address(self):
        owner = self.of("1棟", "103").owner_id  # 13781366283/15559123743
        self.assertEqual(owner.name, "袁靜子")
        self.assertEqual(owner.phone, "13781366283")
        self.assertEqual(owner.property_other_phones, "15559123743")
        self.assertEqual(owner.street, "南城區放路300號")

    def test_unsold_units_have_no_owner(self):
        unit = self.of("1棟", "206")
        self.assertEqual(unit.occupancy_status, "unsold")
        self.assertFalse(unit.owner_id)

    def test_arrears_of_one_unit(self):
        """Row 7: 79.06 × 2.8 × 7 = 1,549.576, in the sheet 1,549.58, March to
        September; the months are the growth of 1,549.58 × n / 7 rounded. Due on
        the 10th."""
        moves = self.openings(self.record).filtered(
            lambda move: move.property_unit_id == self.of("1棟", "104")
        )
        self.assertRecordValues(
            moves,
            [
                {
                    "property_period": date(2026, month, 1),
                    "invoice_date_due": date(2026, month, 10),
                    "invoice_date": date(2026, 9, 30),
                    "amount_total": amount,
                    "amount_tax": 0.0,
                    "amount_residual": amount,
                    "state": "posted",
                    "property_community_id": self.community.id,
                }
                for month, amount in enumerate(
                    (221.37, 221.37, 221.37, 221.36, 221.37, 221.37, 221.37), start=3
                )
            ],
        )
        self.assertEqual(moves.partner_id, self.of("1棟", "104").owner_id)
        income = moves.line_ids.filtered(lambda line: line.credit)
        self.assertEqual(income.account_id, self.opening_account)

    def test_all_arrears_tie_out(self):
        moves = self.openings(self.record)
        self.assertEqual(len(moves), 1211)
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertAlmostEqual(sum(moves.mapped("amount_total")), 337511.83, 2)
        # unsold 9,239.08 + undelivered 6,010.76
        of_developer = moves.filtered(lambda m: m.partner_id == self.developer)
        self.assertAlmostEqual(sum(of_developer.mapped("amount_total")), 15249.84, 2)
        # row 529: unsold, 118.56 × 2.8 × 26 = 8,631.168
        unit = self.of("4棟", "506")
        of_unit = moves.filtered(lambda m: m.property_unit_id == unit)
        self.assertEqual(len(of_unit), 26)
        self.assertEqual(of_unit.partner_id, self.developer)
        self.assertAlmostEqual(sum(of_unit.mapped("amount_total")), 8631.17, 2)
        self.assertEqual(of_unit[0].property_period, date(2024, 8, 1))

    def test_accounts_tie_out(self):
        """Receivables 337,511.83; advances 232,153.40; the opening account holds the
        difference, 105,358.43 credit; no income at all."""
        balances = {
            account: balance
            for account, balance in self.env["account.move.line"]._read_group(
                [("move_id.property_ledger_import_id", "=", self.record.id)],
                ["account_id"],
                ["balance:sum"],
            )
        }
        receivable = self.company_data["default_account_receivable"]
        self.assertEqual(
            {account.id: round(amount, 2) for account, amount in balances.items()},
            {
                receivable.id: 337511.83,
                self.advance_account.id: -232153.40,
                self.opening_account.id: -105358.43,
            },
        )

    def test_paid_ahead(self):
        """Row 11: 90.57 × 2.8 × 6 = 1,521.576, paid through March 2027."""
        entry = self.env["account.move"].search(
            [
                ("property_ledger_import_id", "=", self.record.id),
                ("move_type", "=", "entry"),
            ]
        )
        self.assertEqual((len(entry), entry.state), (1, "posted"))
        self.assertEqual(entry.date, date(2026, 9, 30))
        credits = entry.line_ids.filtered("credit")
        self.assertEqual(len(credits), 52)
        unit = self.of("1棟", "108")
        self.assertEqual(unit.paid_through, date(2027, 3, 31))
        line = credits.filtered(lambda line: line.name.endswith("1棟 108"))
        self.assertEqual((line.credit, line.partner_id), (1521.58, unit.owner_id))
        self.assertEqual(line.account_id, self.advance_account)
        # row 86, unsold, paid through August 2029 by the developer
        line = credits.filtered(lambda line: line.name.endswith("1棟 903"))
        self.assertEqual(line.partner_id, self.developer)

    def test_the_same_file_again_changes_nothing(self):
        before = self.counts()
        stamps = self.community.unit_ids.sorted("id").mapped("write_date")
        partners = self.community.unit_ids.owner_id.sorted("id").mapped("write_date")
        again = self.make_import(sample(), as_of=False)
        again.action_import()
        self.assertEqual(again.state, "done")
        self.assertEqual((again.valid_count, again.error_count), (622, 18))
        self.assertEqual(self.counts(), before)
        self.env.invalidate_all()
        self.assertEqual(
            self.community.unit_ids.sorted("id").mapped("write_date"), stamps
        )
        self.assertEqual(
            self.community.unit_ids.owner_id.sorted("id").mapped("write_date"), partners
        )
        self.assertEqual(self.messages(again, "error"), ERRORS)
        self.assertEqual(
            [row for row, _c in self.messages(again, "warning")], NAMESAKES
        )

    def test_billing_does_not_charge_what_came_in(self):
        """No prepayable fee up to the ledger's last day; in October only units that are
        not paid further."""
        self.env["property.fee.rate"].create(
            {
                "fee_item_id": self.fee.id,
                "community_id": self.community.id,
                "price": 2.8,
            }
        )
        september, october = self.env["property.billing.run"].create(
            [
                {"community_id": self.community.id, "period": date(2026, 9, 1)},
                {"community_id": self.community.id, "period": date(2026, 10, 1)},
            ]
        )
        september.action_compute()
        self.assertFalse(september.charge_ids)
        october.action_compute()
        self.assertEqual(len(october.charge_ids.unit_id), 622 - 52)

    def test_imported_by_staff(self):
        self.assertEqual(self.record.user_id, self.user_cs)
        self.assertEqual(self.record.state, "done")
        # who keeps no rates makes none, whatever the box says
        rates = self.env["property.fee.rate"].search(
            [("community_id", "=", self.community.id)]
        )
        self.assertFalse(rates)

    def test_smart_buttons(self):
        self.assertEqual((self.record.unit_count, self.record.move_count), (622, 1212))
        units = self.record.action_open_units()
        self.assertEqual(
            self.env[units["res_model"]].search_count(units["domain"]), 622
        )
        moves = self.record.action_open_moves()
        self.assertEqual(
            self.env[moves["res_model"]].search_count(moves["domain"]), 1212
        )
