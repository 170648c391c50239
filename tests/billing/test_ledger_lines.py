"""The owner payment ledger, worked by hand and tied to the journal items."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MODULE
from .ledger_common import FEB, JAN, MAR, LedgerCommon


@tagged("post_install", "-at_install")
class TestLedgerLines(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        cls.make_rate(10.0, cls.garbage)
        # 101: 91.25 × 2.8 = 255.50 and 10.00; 102: 100 × 2.8 = 280.00 and 10.00
        cls.unit_1 = cls.make_unit("101", 91.25)
        cls.unit_2 = cls.make_unit("102", 100)
        cls.owner_1, cls.owner_2 = cls.unit_1.owner_id, cls.unit_2.owner_id

    def bill(self, period):
        run = self.make_run(period)
        run.action_compute()
        return run

    def invoice(self, period):
        run = self.bill(period)
        first, second = self.invoice_run(run)
        return run, first, second

    def test_charges_before_invoicing(self):
        run = self.bill(JAN)
        rows = self.ledger(JAN)
        self.assertEqual(
            self.figures(rows),
            [
                ("101", "Owner of 101", "PF", 0, 255.5, 0, 0, 0, 255.5),
                ("101", "Owner of 101", "GB", 0, 10, 0, 0, 0, 10),
                ("102", "Owner of 102", "PF", 0, 280, 0, 0, 0, 280),
                ("102", "Owner of 102", "GB", 0, 10, 0, 0, 0, 10),
            ],
        )
        self.assertEqual(set(rows.mapped("payment_state")), {"to_invoice"})
        self.assertEqual(rows.run_id, run)
        # Nothing of it is in the books yet.
        self.assertEqual(self.residual("2026-01-31"), 0)

    def test_part_payment_is_divided_to_the_cent(self):
        _run, first, _second = self.invoice(JAN)
        self.pay(first, 100.01, "2026-01-20")
        rows = self.ledger(JAN)
        # 100.01 × 255.5 ÷ 265.5 = 96.243…; the rest of 100.01 is 3.77.
        self.assertEqual(
            self.figures(rows)[:2],
            [
                ("101", "Owner of 101", "PF", 0, 255.5, 0, 96.24, 0, 159.26),
                ("101", "Owner of 101", "GB", 0, 10, 0, 3.77, 0, 6.23),
            ],
        )
        self.assertEqual(
            rows.mapped("payment_state"), ["partial"] * 2 + ["not_paid"] * 2
        )
        self.assertEqual(str(rows[0].received_date), "2026-01-20")
        self.assertEqual(rows[0].journal_id, self.bank)
        self.assertTrue(rows[0].received_ref)
        self.assertTies("2026-01-31", rows, 265.5 - 100.01 + 290)

    def test_credit_note(self):
        _run, _first, second = self.invoice(JAN)
        # 29 of 290 is a tenth: 28.00 of the fee and 1.00 of the garbage.
        self.credit(second, 29.0, "2026-01-25")
        rows = self.ledger(JAN)
        self.assertEqual(
            self.figures(rows)[2:],
            [
                ("102", "Owner of 102", "PF", 0, 280, 28, 0, 0, 252),
                ("102", "Owner of 102", "GB", 0, 10, 1, 0, 0, 9),
            ],
        )
        self.assertTies("2026-01-31", rows, 265.5 + 261)

    def test_credit_note_not_applied_yet(self):
        _run, _first, _second = self.invoice(JAN)
        self.make_invoice(
            self.owner_2, 40.0, "2026-01-25", self.unit_2, move_type="out_refund"
        )
        rows = self.ledger(JAN)
        self.assertEqual(
            self.figures(rows)[-1],
            ("102", "Owner of 102", "", 0, 0, 40, 0, 0, -40),
        )
        self.assertTies("2026-01-31", rows, 265.5 + 290 - 40)

    def test_write_off_is_no_money(self):
        _run, first, _second = self.invoice(JAN)
        self.pay(first, 5.5, "2026-01-25", self.company_data["default_journal_misc"])
        rows = self.ledger(JAN)[:2]
        self.assertEqual(sum(rows.mapped("received")), 0)
        # 5.5 × 255.5 ÷ 265.5 = 5.2928…
        self.assertEqual(rows.mapped("waived"), [5.29, 0.21])

    def test_payment_in_the_following_month(self):
        _run, first, second = self.invoice(JAN)
        self.pay(first, 265.5, "2026-02-03")
        self.bill(FEB)
        january, february = self.ledger(JAN), self.ledger(FEB)
        self.assertEqual(sum(january.mapped("received")), 0)
        self.assertTies("2026-01-31", january, 555.5)
        self.assertEqual(
            self.figures(february),
            [
                ("101", "Owner of 101", "PF", 265.5, 255.5, 0, 0, 265.5, 255.5),
                ("101", "Owner of 101", "GB", 0, 10, 0, 0, 0, 10),
                ("102", "Owner of 102", "PF", 290, 280, 0, 0, 0, 570),
                ("102", "Owner of 102", "GB", 0, 10, 0, 0, 0, 10),
            ],
        )
        self.assertEqual(str(february[0].received_date), "2026-02-03")
        self.assertEqual(february[0].payment_state, "to_invoice")
        # In the books are 290.00; 555.50 of February are not invoiced yet.
        self.assertEqual(self.residual("2026-02-28"), 290)
        self.assertEqual(sum(february.mapped("closing")), 290 + 555.5)

    def test_a_back_dated_payment_counts_in_its_month(self):
        _run, first, _second = self.invoice(JAN)
        self.bill(FEB)
        self.assertEqual(self.ledger(FEB)[0].opening, 265.5)
        self.env.invalidate_all()
        # Entered late, dated 31 January: January is paid, February has no arrears.
        self.pay(first, 265.5, "2026-01-31")
        self.assertEqual(
            self.ledger(JAN).mapped("payment_state"),
            ["paid", "paid", "not_paid", "not_paid"],
        )
        self.assertEqual(self.ledger(FEB)[0].opening, 0)
        self.assertTies("2026-01-31", self.ledger(JAN), 290)

    def test_money_that_came_before_the_invoice(self):
        advance = self.make_invoice(self.owner_1, 1.0, "2025-12-01", self.unit_1)
        entry = self.pay(advance, 266.5, "2025-12-20")  # 265.50 stay unapplied
        _run, first, _second = self.invoice(JAN)
        (first + entry).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        rows = self.ledger(JAN)
        self.assertEqual(rows[:2].mapped("received"), [255.5, 10])
        self.assertEqual(rows[:2].mapped("opening"), [0, 0])
        self.assertTies("2026-01-31", rows, 290)

    def test_arrears_of_the_opening_ledger(self):
        # Only unit and month are known of them; one owner moved out meanwhile.
        former = self.env["res.partner"].create({"name": "Former Owner"})
        opening = self.make_invoice(
            self.owner_1,
            500.0,
            "2025-12-31",
            self.unit_1,
            property_period="2025-11-01",
        )
        self.make_invoice(former, 77.7, "2025-12-31", self.unit_2)
        self.invoice(JAN)
        self.pay(opening, 200.0, "2026-01-15")
        rows = self.ledger(JAN)
        self.assertEqual(
            self.figures(rows),
            [
                ("101", "Owner of 101", "PF", 500, 255.5, 0, 0, 200, 555.5),
                ("101", "Owner of 101", "GB", 0, 10, 0, 0, 0, 10),
                ("102", "Owner of 102", "PF", 0, 280, 0, 0, 0, 280),
                ("102", "Owner of 102", "GB", 0, 10, 0, 0, 0, 10),
                ("102", "Former Owner", "", 77.7, 0, 0, 0, 0, 77.7),
            ],
        )
        self.assertTies("2026-01-31", rows, 500 + 555.5 - 200 + 77.7)

    def test_invoices_without_a_charge(self):
        # Parking by the day, invoiced by hand to somebody without a unit.
        guest = self.env["res.partner"].create({"name": "Zoe Guest"})
        self.invoice(JAN)
        parking = self.make_invoice(guest, 12.34, "2026-01-09")
        self.make_invoice(self.owner_1, 5.0, "2026-01-09", self.unit_1)
        rows = self.ledger(JAN)
        self.assertEqual(
            [figures for figures in self.figures(rows) if not figures[2]],
            [
                ("101", "Owner of 101", "", 0, 5, 0, 0, 0, 5),
                ("", "Zoe Guest", "", 0, 12.34, 0, 0, 0, 12.34),
            ],
        )
        self.assertEqual(rows[-1].move_id, parking)
        self.assertTies("2026-01-31", rows, 555.5 + 17.34)

    def test_invoices_dated_in_another_month(self):
        # January is invoiced before the year's end and paid at once by 102 …
        run = self.bill(JAN)
        run.write({"date_invoice": "2025-12-28", "date_due": "2025-12-28"})
        self.make_run("2025-12-01")
        _first, second = self.invoice_run(run)
        self.pay(second, 290, "2025-12-30")
        december, january = self.ledger("2025-12-01"), self.ledger(JAN)
        self.assertTies("2025-12-31", december, 265.5)
        self.assertEqual(set(december.mapped("fee_item_id.code")), set())
        # … and is January's receivable all the same, not its arrears.
        self.assertEqual(sum(january.mapped("opening")), 0)
        self.assertEqual(sum(january.mapped("received")), 290)
        self.assertTies("2026-01-31", january, 265.5)

    def test_invoiced_after_the_month(self):
        # January is invoiced in February: not yet in the books on 31 January.
        run = self.bill(JAN)
        run.write({"date_invoice": "2026-02-02", "date_due": "2026-02-10"})
        self.invoice_run(run)
        self.bill(FEB)
        self.assertEqual(set(self.ledger(JAN).mapped("payment_state")), {"to_invoice"})
        february = self.ledger(FEB).filtered(lambda row: not row.charge_id)
        self.assertEqual(sum(february.mapped("receivable")), 555.5)
        self.assertTies("2026-02-28", february, 555.5)

    def test_taxes_are_receivable(self):
        tax = self.env["account.tax"].create(
            {"name": "6 %", "amount": 6, "type_tax_use": "sale"}
        )
        self.fee.product_id.taxes_id = [Command.set(tax.ids)]
        self.invoice(JAN)
        # 255.5 × 1.06 = 270.83; the garbage has no tax.
        self.assertEqual(self.ledger(JAN)[:2].mapped("receivable"), [270.83, 10])

    def test_roll_forward(self):
        """Each month opens with what the month before closed with."""
        _run, first, second = self.invoice(JAN)
        self.pay(first, 100.01, "2026-01-20")
        _run, first_2, second_2 = self.invoice(FEB)
        self.pay(first + first_2, 300, "2026-02-11")
        self.credit(second, 0.05, "2026-03-01")
        self.pay(second + second_2, 579.95, "2026-03-31")
        self.invoice(MAR)
        closing = 0.0
        for month, day in (
            (JAN, "2026-01-31"),
            (FEB, "2026-02-28"),
            (MAR, "2026-03-31"),
        ):
            rows = self.ledger(month)
            self.assertEqual(round(sum(rows.mapped("opening")), 2), closing)
            closing = round(sum(rows.mapped("closing")), 2)
            self.assertEqual(closing, self.residual(day))
        # 3 × 555.5 − 100.01 − 300 − 0.05 − 579.95
        self.assertEqual(closing, 686.49)

    def test_status_and_paid_through(self):
        self.unit_1.with_context(
            property_effective_date="2026-02-10"
        ).occupancy_status = "leased"
        self.unit_2.paid_through = "2026-03-31"
        self.bill(JAN)
        self.bill(FEB)
        row = self.ledger(JAN).filtered(lambda row: row.unit_id == self.unit_1)[0]
        self.assertEqual(row.occupancy_status, "owner_occupied")
        row = self.ledger(FEB).filtered(lambda row: row.unit_id == self.unit_1)[0]
        self.assertEqual(row.occupancy_status, "leased")
        # 102 is paid through March and has nothing to pay: no row, no arrears.
        self.assertNotIn(self.unit_2, self.ledger(FEB).unit_id)
        self.unit_2.paid_through = False
        self.bill(MAR)
        self.unit_2.paid_through = "2026-05-31"
        rows = self.ledger(MAR).filtered(lambda row: row.unit_id == self.unit_2)
        # April and May come after March.
        self.assertEqual(rows.mapped("months_ahead"), [2, 0])

    def test_latest_month_and_groups(self):
        self.bill(JAN)
        self.bill(FEB)
        ledger = self.env["property.ledger.line"]
        latest = ledger.search(
            [("is_latest", "=", True), ("community_id", "=", self.community.id)]
        )
        self.assertEqual(set(latest.mapped("period")), {FEB})
        groups = ledger._read_group(
            [("community_id", "=", self.community.id), ("period", "=", JAN)],
            ["fee_item_id"],
            ["closing:sum"],
        )
        self.assertEqual(groups, [(self.fee, 535.5), (self.garbage, 20.0)])

    def test_rows_are_read_again_by_number(self):
        self.make_invoice(self.owner_1, 5.0, "2025-12-09")
        self.bill(JAN)
        rows = self.ledger(JAN)
        numbers = rows.ids
        self.env.invalidate_all()
        again = self.env["property.ledger.line"].browse(numbers)
        self.assertEqual(sum(again.mapped("closing")), 560.5)
        self.assertEqual(len(set(numbers)), 5)

    def test_drill_down(self):
        _run, first, _second = self.invoice(JAN)
        row = self.ledger(JAN)[0]
        self.assertEqual(row.action_open_unit()["res_id"], self.unit_1.id)
        self.assertEqual(row.action_open_partner()["res_id"], self.owner_1.id)
        self.assertEqual(row.action_open_invoice()["res_id"], first.id)

    def test_a_row_without_invoice_has_nothing_to_open(self):
        self.bill(JAN)
        with self.assertRaises(UserError):
            self.ledger(JAN)[0].action_open_invoice()

    def test_download_wants_one_month(self):
        run = self.bill(JAN)
        later = self.bill(FEB)
        ledger = self.env["property.ledger.line"]
        mine = [("community_id", "=", self.community.id)]
        with self.assertRaises(UserError):
            ledger.with_context(active_domain=mine).action_download()
        action = ledger.with_context(
            active_domain=[*mine, ("period", "=", FEB)]
        ).action_download()
        self.assertIn(f"/{later.id}.xlsx", action["url"])
        action = self.ledger(JAN)[:1].action_download()
        self.assertIn(f"/{run.id}.xlsx", action["url"])
        action = run.action_open_ledger()
        self.assertEqual(ledger.search_count(action["domain"]), 4)


@tagged("post_install", "-at_install")
class TestLedgerAccess(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(1.0)
        cls.make_unit("101", 70)
        run = cls.make_run(JAN)
        run.action_compute()

    def test_members_read_and_nobody_writes(self):
        for user in (self.user_cs, self.user_finance, self.user_manager):
            rows = self.ledger(JAN).with_user(user)
            self.assertEqual(rows.mapped("closing"), [70])
            with self.assertRaises(AccessError):
                rows.write({"closing": 0})
            with self.assertRaises(AccessError):
                rows.unlink()

    def test_other_communities_are_hidden(self):
        stranger = new_test_user(
            self.env,
            login="ledger_stranger",
            groups=f"base.group_user,{MODULE}.group_cs_head",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        rows = self.ledger(JAN)
        self.assertFalse(rows.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            rows.with_user(stranger).read(["closing"])

    def test_users_without_a_role_read_nothing(self):
        rows = self.ledger(JAN)
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, login=f"ledger_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                rows.with_user(user).read(["closing"])

    def test_two_companies(self):
        other = self.setup_other_company()["company"]
        self.user_company.company_ids += other
        there = self.make_community("Elsewhere", "ELS", company_id=other.id)
        there.sudo().run_ids = [Command.create({"period": "2026-01-01"})]
        partner = self.env["res.partner"].create({"name": "Elsewhere Owner"})
        self.env.user.company_ids += other
        self.make_invoice(partner, 33.0, "2025-12-09", community=there)
        ledger = self.env["property.ledger.line"].with_user(self.user_company)
        here = ledger.with_company(self.company).search([("period", "=", JAN)])
        self.assertEqual(here.community_id, self.community)
        both = ledger.with_context(allowed_company_ids=[self.company.id, other.id])
        rows = both.search([("community_id", "=", there.id)])
        self.assertEqual(self.figures(rows), [
            ("", "Elsewhere Owner", "", 33, 0, 0, 0, 0, 33),
        ])  # fmt: skip
        self.assertEqual(self.residual("2026-01-31", there), 33)
        self.assertEqual(self.residual("2026-01-31"), 0)
