from odoo.tests import tagged

from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementRoll(StatementCommon):
    """Opening + billed − received + adjusted = closing = general ledger, month after
    month, whatever comes later (invariant 3)."""

    def test_three_months(self):
        # January: billed 1,000, of which 300 are paid on the 20th: 700 are left.
        january = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.pay(january, 300, "2026-01-20")
        first = self.signed_statement("2026-01-01")
        line = self.line_of(first)
        self.assertRoll(line, 0, 1000, 300, 0, 700)
        self.assertEqual((line.received_current, line.received_earlier), (300, 0))
        self.assertEqual(line.age_1, 700)
        self.assertEqual((line.months_unpaid, str(line.anchor_date)), (1, "2026-01-10"))
        self.assertEqual(line.unit_ids, self.unit)
        # February: billed 1,000, of which a credit note takes 100; the 700 of January
        # and 200 of February are paid: 700 + 1,000 − 900 − 100 = 700.
        february = self.make_invoice(self.owner, 1000, "2026-02-10", self.unit)
        credit = self.make_invoice(
            self.owner, -100, "2026-02-20", self.unit, invoice_date="2026-02-15"
        )
        self.match(february, credit)
        self.pay(january, 700, "2026-02-20")
        self.pay(february, 200, "2026-02-21")
        second = self.signed_statement("2026-02-01")
        line = self.line_of(second)
        self.assertRoll(line, 700, 1000, 900, -100, 700)
        self.assertEqual((line.received_current, line.received_earlier), (200, 700))
        self.assertEqual(line.adjusted_backdated, 0)
        # March: nothing billed, 50 written off without money: 650 are left, all of
        # February, one month overdue since 28 February → 2 months on 1 April.
        self.write_off(february, 50, "2026-03-15")
        third = self.signed_statement("2026-03-01")
        line = self.line_of(third)
        self.assertRoll(line, 700, 0, 0, -50, 650)
        self.assertEqual((line.age_2_3, line.months_unpaid), (650, 2))
        self.assertEqual(third.total_closing, 650)
        self.assertEqual(third.previous_id, second)

    def test_backdated_invoice(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        first = self.signed_statement("2026-01-01")
        # Entered in February with a date in January: January said 1,000 and goes on
        # saying so, February takes the 200 in as back-dated.
        self.make_invoice(self.owner, 200, "2026-01-15", self.unit)
        self.make_invoice(self.owner, 1000, "2026-02-10", self.unit)
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 1000, 1000, 0, 200, 2200)
        self.assertEqual(line.adjusted_backdated, 200)
        self.assertEqual(self.line_of(first).closing, 1000)

    def test_later_matching_of_an_earlier_payment(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        payment = self.pay_unmatched(self.owner, 400, "2026-01-20")
        first = self.signed_statement("2026-01-01")
        # Not matched: all 1,000 open, 400 beside it; due less credit is 600.
        line = self.line_of(first)
        self.assertRoll(line, 0, 1000, 0, 0, 1000)
        self.assertEqual((line.unallocated, line.amount_due), (400, 600))
        # Matched later, it counts from 20 January: January said otherwise.
        self.match(invoice, payment.move_id)
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 1000, 0, 0, -400, 600)
        self.assertEqual((line.adjusted_backdated, line.unallocated), (-400, 0))

    def test_later_matching_in_the_month(self):
        # A payment of January matched with an invoice of February counts in February,
        # as money.
        payment = self.pay_unmatched(self.owner, 400, "2026-01-20")
        self.signed_statement("2026-01-01")
        invoice = self.make_invoice(self.owner, 1000, "2026-02-10", self.unit)
        self.match(invoice, payment.move_id)
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 0, 1000, 400, 0, 600)
        self.assertEqual((line.received_current, line.received_earlier), (400, 0))

    def test_reversed_payment(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        payment = self.pay(invoice, day="2026-01-20")
        self.signed_statement("2026-01-01")
        # The bank takes the money back: 1,000 are open again, from January on.
        payment.action_draft()
        payment.action_cancel()
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 0, 0, 0, 1000, 1000)
        self.assertEqual(line.adjusted_backdated, 1000)

    def test_reversed_payment_of_the_month(self):
        # Within one month it simply never happened. (A payment that is only set back
        # to draft still counts: Odoo undoes its matching when it is cancelled.)
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        payment = self.pay(invoice, day="2026-01-20")
        statement = self.make_statement("2026-01-01")
        self.assertRoll(self.line_of(statement), 0, 1000, 1000, 0, 0)
        payment.action_draft()
        payment.action_cancel()
        statement.action_compute()
        self.assertRoll(self.line_of(statement), 0, 1000, 0, 0, 1000)

    def test_refund_paid_out(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.pay(invoice, day="2026-01-12")
        # Credit of 300, then 300 are paid out: billed 1,000, received 1,000 − 300,
        # adjusted −300, nothing open.
        credit = self.make_invoice(self.owner, -300, "2026-01-20", self.unit)
        statement = self.make_statement("2026-01-01")
        line = self.line_of(statement)
        self.assertRoll(line, 0, 1000, 1000, -300, -300)
        self.assertEqual(line.credits, -300)
        self.pay(credit, day="2026-01-25")
        statement.action_compute()
        self.assertRoll(self.line_of(statement), 0, 1000, 700, -300, 0)

    def test_difference_written_off_at_payment(self):
        # 980 of 1,000 are paid, 20 are waived at the counter: 980 is money.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "amount": 980,
                    "payment_date": "2026-01-15",
                    "journal_id": self.company_data["default_journal_bank"].id,
                    "payment_difference_handling": "reconcile",
                    "writeoff_account_id": self.company_data[
                        "default_account_expense"
                    ].id,
                }
            )
        )
        wizard._create_payments()
        line = self.line_of(self.make_statement("2026-01-01"))
        self.assertRoll(line, 0, 1000, 980, -20, 0)

    def test_second_currency(self):
        # 1,000 at 2 to the dollar in January = 500; paid in February at 4 to the
        # dollar = 250; the loss of 250 is no money. Company currency throughout.
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-02-01", 4.0)]
        )
        invoice = self.make_invoice(
            self.owner, 1000, "2026-01-10", self.unit, currency_id=foreign.id
        )
        self.assertRoll(
            self.line_of(self.signed_statement("2026-01-01")), 0, 500, 0, 0, 500
        )
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "payment_date": "2026-02-15",
                    "currency_id": foreign.id,
                    "journal_id": self.company_data["default_journal_bank"].id,
                }
            )
        )
        wizard._create_payments()
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 500, 0, 250, -250, 0)

    def test_years(self):
        # 2025: 1,000 open at its end. In 2026 all of the opening is earlier years'.
        old = self.make_invoice(self.owner, 1000, "2025-12-10", self.unit)
        december = self.line_of(self.signed_statement("2025-12-01"))
        self.assertEqual(
            (december.closing_current_year, december.closing_earlier), (1000, 0)
        )
        self.make_invoice(self.owner, 600, "2026-01-10", self.unit)
        self.pay(old, 100, "2026-01-15")
        january = self.line_of(self.signed_statement("2026-01-01"))
        self.assertEqual(
            (january.opening_current_year, january.opening_earlier), (0, 1000)
        )
        self.assertEqual(
            (january.closing_current_year, january.closing_earlier), (600, 900)
        )
        february = self.line_of(self.make_statement("2026-02-01"))
        self.assertEqual(
            (february.opening_current_year, february.opening_earlier), (600, 900)
        )

    def test_first_statement_opens_with_the_ledger(self):
        self.make_invoice(self.owner, 1000, "2025-12-10", self.unit)
        self.make_invoice(self.owner, 500, "2026-01-10", self.unit)
        line = self.line_of(self.make_statement("2026-01-01"))
        self.assertRoll(line, 1000, 500, 0, 0, 1500)
        self.assertEqual((line.opening_current_year, line.opening_earlier), (0, 1000))

    def test_a_month_without_statement(self):
        # January signed, February never made: March takes over January's closing and
        # holds the movements of both months.
        january = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.signed_statement("2026-01-01")
        self.make_invoice(self.owner, 600, "2026-02-10", self.unit)
        self.pay(january, 400, "2026-02-15")
        self.make_invoice(self.owner, 500, "2026-03-10", self.unit)
        line = self.line_of(self.make_statement("2026-03-01"))
        self.assertRoll(line, 1000, 1100, 400, 0, 1700)

    def test_invoice_back_to_draft(self):
        # What was billed in January and taken back altogether: the customer keeps a
        # line that says where his 1,000 went.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.signed_statement("2026-01-01")
        invoice.button_draft()
        line = self.line_of(self.make_statement("2026-02-01"))
        self.assertRoll(line, 1000, 0, 0, -1000, 0)
        self.assertEqual(line.unit_ids, self.unit)

    def test_nothing_no_line(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.pay(invoice, day="2026-01-20")
        self.signed_statement("2026-01-01")
        self.assertFalse(self.make_statement("2026-02-01").line_ids)

    def test_next_months_invoice_is_not_in(self):
        self.make_invoice(self.owner, 1000, "2026-02-10", self.unit)
        self.assertFalse(self.make_statement("2026-01-01").line_ids)

    def test_child_contact_is_its_company(self):
        child = self.env["res.partner"].create(
            {"name": "Accounts", "parent_id": self.owner.id}
        )
        self.make_invoice(child, 300, "2026-01-10", self.unit)
        self.make_invoice(self.owner, 700, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        self.assertEqual(statement.line_ids.partner_id, self.owner)
        self.assertRoll(self.line_of(statement), 0, 1000, 0, 0, 1000)

    def test_old_debt_stays_with_the_old_owner(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.unit.owner_id = buyer
        self.make_invoice(buyer, 1000, "2026-02-10", self.unit)
        self.signed_statement("2026-01-01")
        statement = self.make_statement("2026-02-01")
        self.assertRoll(self.line_of(statement), 1000, 0, 0, 0, 1000)
        self.assertRoll(self.line_of(statement, buyer), 0, 1000, 0, 0, 1000)

    def test_invoice_without_unit(self):
        # An ordinary invoice that only names the community takes part.
        tenant = self.env["res.partner"].create({"name": "Billboard tenant"})
        self.make_invoice(tenant, 800, "2026-01-31")
        line = self.line_of(self.make_statement("2026-01-01"), tenant)
        self.assertRoll(line, 0, 800, 0, 0, 800)
        self.assertFalse(line.unit_ids)

    def test_not_yet_due(self):
        # Billed in January, due in February: open, but neither due nor demanded.
        self.make_invoice(
            self.owner, 1000, "2026-02-10", self.unit, invoice_date="2026-01-25"
        )
        line = self.line_of(self.make_statement("2026-01-01"))
        self.assertRoll(line, 0, 1000, 0, 0, 1000)
        self.assertEqual(
            (line.age_0, line.amount_due, line.months_unpaid), (1000, 0, 0)
        )
        self.assertFalse(line.anchor_date)

    def test_two_companies(self):
        # The same person owes in two companies: each community's statement has its own.
        other = self._create_company(name="Second Manager")
        elsewhere = self.make_community("Moon Court", "MNC", company_id=other.id)
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.env.user.company_ids |= other
        income = self.env["account.account"].search(
            [("company_ids", "in", other.ids), ("account_type", "=", "income")], limit=1
        )
        move = (
            self.env["account.move"]
            .with_company(other)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.owner.id,
                    "invoice_date": "2026-01-01",
                    "invoice_date_due": "2026-01-10",
                    "property_community_id": elsewhere.id,
                    "invoice_line_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "Fee",
                                "price_unit": 77,
                                "account_id": income.id,
                                "tax_ids": False,
                            },
                        )
                    ],
                }
            )
        )
        move.action_post()
        here = self.make_statement("2026-01-01")
        there = self.env["property.arrears.statement"].create(
            {"community_id": elsewhere.id, "period": "2026-01-01"}
        )
        there.action_compute()
        self.assertRoll(self.line_of(here), 0, 1000, 0, 0, 1000)
        self.assertRoll(self.line_of(there), 0, 77, 0, 0, 77)
