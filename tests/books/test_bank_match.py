from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankMatch(BankCommon):
    def test_invoice_number(self):
        line = self.make_line(200, f"网银转账 {self.second.name.lower()}")
        self.assertEqual(line.property_match_level, "certain")
        entries = self.env["account.move"].search_count([])
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [100, 0])
        self.assertEqual(line.property_match_shown, self.second.name)
        self.assertEqual(line.partner_id, self.owner)
        self.assertEqual(line.property_bank_community_id, self.community)
        # Nothing but the statement line's own entry: bank 200, receivable -200.
        self.assertEqual(self.env["account.move"].search_count([]), entries)
        self.assertEqual(
            sorted(line.line_ids.mapped("account_id.account_type")),
            ["asset_cash", "asset_receivable"],
        )

    def test_notice_number(self):
        notice = self.env["property.notice"].create(
            {"partner_id": self.owner.id, "community_id": self.community.id}
        )
        notice.sudo().write(
            {
                "name": "SRG-2026-02-00012",
                "state": "issued",
                "move_ids": [Command.set((self.first + self.second).ids)],
            }
        )
        line = self.make_line(300, "缴费 ＳＲＧ 2026 02 00012", "王五")
        self.assertEqual(line.property_match_level, "certain")
        self.finance(line).action_property_confirm_certain()
        self.assertMatched(line, [0, 0])

    def test_unit_and_owner_oldest_first(self):
        line = self.make_line(250, "1栋101", "Owner of 101")
        self.assertEqual(line.property_match_level, "likely")
        self.assertEqual(line.property_match_open, 300)
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [0, 50])

    def test_overpaid_stays_on_account(self):
        line = self.make_line(320, "1-101", "Owner of 101")
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [0, 0])
        counterpart = line.line_ids.filtered(
            lambda item: item.account_id.account_type == "asset_receivable"
        )
        self.assertEqual(counterpart.amount_residual, -20)
        self.assertEqual(counterpart.partner_id, self.owner)

    def test_two_units_of_two_owners(self):
        other = self.make_unit("102")
        bill = self.make_invoice(other.owner_id, 40, "2026-02-10", other)
        line = self.make_line(340, "1栋101、102")
        self.assertEqual(line.property_match_level, "likely")
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [0, 0])
        self.assertEqual(bill.amount_residual, 0)
        receivable = line.line_ids.filtered(lambda item: item.balance < 0)
        self.assertEqual(
            {item.partner_id: item.balance for item in receivable},
            {self.owner: -300, other.owner_id: -40},
        )

    def test_paid_meanwhile(self):
        line = self.make_line(300, "1-101", "Owner of 101")
        self.assertEqual(line.property_match_level, "certain")
        self.pay(self.first + self.second)
        with self.assertRaises(UserError):
            self.finance(line).action_property_confirm()
        self.finance(line).action_property_confirm_certain()
        self.assertFalse(line.is_reconciled)

    def test_one_bill_two_transfers(self):
        lines = self.make_line(200, self.second.name) + self.make_line(
            200, self.second.name
        )
        lines.property_looked_on = False
        with self.enter_registry_test_mode():
            cron = self.env.ref("property_fee_collection.cron_bank_transfers")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(lines.mapped("is_reconciled").count(True), 1)
        self.assertEqual(self.second.amount_residual, 0)
        again = lines.filtered(lambda line: not line.is_reconciled)
        self.assertIn("paid already", again.property_match_reason)

    def test_undo_opens_the_bills_again(self):
        line = self.make_line(300, "1-101", "Owner of 101")
        self.finance(line).action_property_confirm()
        self.finance(line).action_property_undo()
        self.assertFalse(line.is_reconciled)
        self.assertFalse(line.property_bank_community_id)
        self.assertEqual(self.second.amount_residual, 200)
        self.assertEqual(line.property_match_level, "likely")
        with self.assertRaises(UserError):
            self.finance(self.make_line(1, "网银")).action_property_confirm()

    def test_a_matched_line_is_left_alone(self):
        line = self.make_line(300, "1-101", "Owner of 101")
        self.finance(line).action_property_confirm()
        with self.assertRaises(UserError):
            self.finance(line).action_property_confirm()
        self.matcher._suggest(line)
        self.assertFalse(line.property_match_ids)

    def test_other_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        journal = self.bank.copy({"currency_id": euro.id, "code": "EURB"})
        line = self.make_line(200, self.second.name, journal=journal)
        self.assertFalse(line.property_match_ids)

    def test_other_company(self):
        other = self.setup_other_company()
        self.env.user.company_ids |= other["company"]
        line = self.make_line(
            200, self.second.name, journal=other["default_journal_bank"]
        )
        self.assertEqual(line.property_match_level, "unknown")

    def test_one_transfer_taken_in_two_payments(self):
        """50 of the first bill (100) and 100 of the second (200) were taken at the
        counter; the bank then tells of the 150. Still open: 50 + 100."""
        self.bank.property_at_counter = True
        counter = self.open_counter(journal_id=self.bank.id)
        counter.amount = 150
        for line, amount in zip(counter.line_ids, (50, 100), strict=True):
            line.amount = amount
        receipt = self.env["property.receipt"].browse(counter.action_take()["res_id"])
        payments = receipt.sudo().payment_ids
        self.assertEqual(len(payments), 2)
        text = f"{self.first.name} {self.second.name}"
        line = self.make_line(150, text, "Owner of 101", date=receipt.date)
        self.assertEqual(line.property_match_level, "likely")
        self.finance(line).action_property_confirm_certain()
        self.assertFalse(line.is_reconciled)
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [50, 100])
        self.assertEqual(payments.mapped("is_matched"), [True, True])
        with self.assertRaisesRegex(UserError, "Undo"):
            self.void(receipt)

    def test_bank_tells_late(self):
        """The counter took all 300; more than 15 days later the transfer carries that
        payment out and puts nothing on account."""
        self.bank.property_at_counter = True
        counter = self.open_counter(journal_id=self.bank.id)
        receipt = self.env["property.receipt"].browse(counter.action_take()["res_id"])
        day = receipt.date + timedelta(days=25)
        line = self.make_line(300, "1-101 owner transfer", "Owner of 101", date=day)
        self.assertIn(receipt.name, line.property_match_id.reason)
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [0, 0])
        self.assertTrue(receipt.sudo().payment_ids.is_matched)
        self.assertNotIn(
            "asset_receivable", line.line_ids.mapped("account_id.account_type")
        )

    def test_taken_and_as_much_open(self):
        """The counter took 200 of 300, and 100 more fell due: as much is open as the
        bank tells of, but it tells of what was taken."""
        self.bank.property_at_counter = True
        counter = self.open_counter(journal_id=self.bank.id)
        counter.amount = 200
        counter.action_spread()
        receipt = self.env["property.receipt"].browse(counter.action_take()["res_id"])
        self.make_invoice(self.owner, 100, "2026-03-10", self.unit)
        line = self.make_line(200, "1-101", "Owner of 101", date=receipt.date)
        self.assertEqual(line.property_match_level, "likely")
        self.finance(line).action_property_confirm()
        self.assertMatched(line, [0, 100])

    def test_choose(self):
        line = self.make_line(150, "网银转账", "王五")
        choose = (
            self.env["property.bank.choose"]
            .with_user(self.user_finance)
            .create(
                {
                    "line_id": line.id,
                    "community_id": self.community.id,
                    "partner_id": self.owner.id,
                }
            )
        )
        self.assertEqual(choose.choice_ids.mapped("is_chosen"), [True, True])
        choose.choice_ids[0].is_chosen = False
        choose.action_match()
        self.assertMatched(line, [100, 50])

    def test_query_count(self):
        """As many queries for three lines as for thirty, but for the rows written."""
        for room in range(201, 231):
            unit = self.make_unit(str(room))
            self.make_invoice(unit.owner_id, 60, "2026-02-10", unit)
        vals = [
            {
                "journal_id": self.bank.id,
                "date": "2026-03-02",
                "amount": 60,
                "payment_ref": f"1-{room}",
                "partner_name": f"Owner of {room}",
            }
            for room in range(201, 231)
        ]
        lines = self.env["account.bank.statement.line"].create(vals)
        self.matcher._suggest(lines[:2])
        counts = []
        for some in (lines[:3], lines):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.matcher._suggest(some)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 3)
        self.assertEqual(set(lines.mapped("property_match_level")), {"certain"})

    def test_roles(self):
        line = self.make_line(200, self.second.name)
        for user in (self.user_cs, self.user_manager):
            with self.assertRaises(AccessError):
                line.with_user(user).action_property_confirm()
            with self.assertRaises(AccessError):
                self.env["property.bank.choose"].with_user(user).create(
                    {"line_id": line.id}
                )

    def test_other_community(self):
        stranger = new_test_user(
            self.env,
            login="finance_sunset",
            groups="property_fee_collection.group_finance",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.sunset.finance_user_id = stranger
        line = self.make_line(200, self.second.name)
        own = line.with_user(stranger)
        # An unmatched line is anybody's; what it pays is not shown to him.
        self.assertTrue(own.has_access("read"))
        self.assertFalse(own.property_match_id)
        self.assertNotIn(self.owner.name, own.property_match_reason or "")
        with self.assertRaises(UserError):
            own.action_property_confirm()
        self.finance(line).action_property_confirm()
        self.assertFalse(own.has_access("read"))
        with self.assertRaises(AccessError):
            own.action_property_undo()

    def test_payments(self):
        stranger = new_test_user(
            self.env,
            login="finance_sunset",
            groups="property_fee_collection.group_finance",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        accountant = new_test_user(
            self.env,
            login="accountant",
            groups="account.group_account_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.sunset.finance_user_id = stranger
        payment = self.pay(self.first)
        self.assertEqual(payment.property_community_id, self.community)
        free = self.pay_unmatched(self.owner, 5)
        self.assertFalse(free.property_community_id)
        for user, sees in (
            (stranger, False),
            (self.user_finance, True),
            (accountant, True),
        ):
            self.assertEqual(payment.with_user(user).has_access("read"), sees)
            self.assertEqual(payment.with_user(user).has_access("write"), sees)
            self.assertTrue(free.with_user(user).has_access("write"))
        with self.assertRaises(AccessError):
            free.with_user(stranger).property_community_id = self.community
        with self.assertRaises(AccessError):
            payment.with_user(self.user_finance).property_community_id = self.sunset
