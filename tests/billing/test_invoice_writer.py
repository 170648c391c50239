from copy import deepcopy
from unittest.mock import patch

from psycopg2 import errors

from odoo import fields
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ...models.billing.invoice_facts import InvoiceFacts

# What no two invoices share, and when and how often they were made.
PERSONAL = {"id", "move_id", "name", "move_name", "sequence_number"} | {
    "create_date",
    "write_date",
    "access_token",
}
OF_LINES = {"tax_ids", "tax_tag_ids"}


class InvoiceWriterCase(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.writer = cls.env["property.invoice.writer"]
        cls.income = cls.company_data["default_account_revenue"]
        cls.journal = cls.company_data["default_journal_sale"]
        cls.tax_6 = cls._tax("Six", 6.0)
        cls.tax_in = cls._tax(
            "Six included", 6.0, price_include_override="tax_included"
        )
        cls.plain_partner = cls.env["res.partner"].create({"name": "Owner"})

    @classmethod
    def _tax(cls, name, amount, **values):
        values = {"name": name, "amount": amount, "type_tax_use": "sale", **values}
        return cls.env["account.tax"].create(values)

    def _vals(self, *lines, **values):
        return {
            "move_type": "out_invoice",
            "partner_id": self.plain_partner.id,
            "journal_id": self.journal.id,
            "invoice_date": fields.Date.to_date("2024-03-01"),
            "invoice_date_due": fields.Date.to_date("2024-03-20"),
            "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create(line) for line in lines],
            **values,
        }

    def _line(self, price, *taxes, **values):
        return {
            "name": "Management fee",
            "quantity": 1.0,
            "price_unit": price,
            "account_id": self.income.id,
            "tax_ids": [Command.set([tax.id for tax in taxes])],
            **values,
        }

    def _rows(self, records, number):
        """The database rows themselves, so that NULL and 0 are told apart."""
        self.env.flush_all()
        query = f"SELECT * FROM {records._table} WHERE id IN %s ORDER BY id"
        self.env.cr.execute(query, [tuple(records.ids)])
        return [
            {
                name: value.replace(number, "#") if isinstance(value, str) else value
                for name, value in row.items()
                if name not in PERSONAL or (name == "name" and "move_id" in row)
            }
            for row in self.env.cr.dictfetchall()
        ]

    def _everything(self, move):
        lines = move.line_ids.sorted("id")
        links = [{name: line[name].ids for name in OF_LINES} for line in lines]
        return {
            "move": self._rows(move, move.name),
            "lines": self._rows(lines, move.name),
            "links": links,
        }

    def _assert_same(self, vals, plain=True):
        """Both ways give the same; returns the invoice of the writer."""
        self.assertEqual(InvoiceFacts(self.env).is_plain(vals), plain)
        ordinary = self.env["account.move"].create(deepcopy(vals))
        ordinary.action_post()
        written = self.writer._create_posted([deepcopy(vals)])
        self.maxDiff = None
        self.assertEqual(self._everything(written), self._everything(ordinary))
        return written


@tagged("post_install", "-at_install")
class TestPlainInvoices(InvoiceWriterCase):
    """Cases written directly."""

    def test_without_tax(self):
        move = self._assert_same(self._vals(self._line(219.62), self._line(80.38)))
        self.assertEqual(move.amount_total, 300.0)
        self.assertEqual(move.state, "posted")

    def test_tax_excluded(self):
        move = self._assert_same(self._vals(self._line(100.0, self.tax_6)))
        self.assertRecordValues(
            move.line_ids.sorted("id"),
            [
                {"balance": -100.0, "display_type": "product"},
                {"balance": -6.0, "display_type": "tax"},
                {"balance": 106.0, "display_type": "payment_term"},
            ],
        )

    def test_tax_included(self):
        move = self._assert_same(self._vals(self._line(106.0, self.tax_in)))
        self.assertEqual((move.amount_untaxed, move.amount_tax), (100.0, 6.0))

    def test_two_taxes(self):
        line = self._line(99.99, self.tax_6, self.tax_sale_a)
        self._assert_same(self._vals(line, self._line(5.55, self.tax_6)))

    def test_tax_on_tax_and_groups(self):
        first = self._tax("First", 3.0, include_base_amount=True)
        group = self.env["account.tax"].create(
            {
                "name": "Group",
                "amount_type": "group",
                "children_tax_ids": [Command.set((first + self.tax_6).ids)],
            }
        )
        self._assert_same(self._vals(self._line(77.77, first, self.tax_6)))
        self._assert_same(self._vals(self._line(77.77, group)))

    def test_tax_due_on_payment(self):
        self.env.company.tax_exigibility = True
        waiting = self.copy_account(self.company_data["default_account_tax_sale"])
        waiting.reconcile = True
        tax = self._tax(
            "On payment",
            6.0,
            tax_exigibility="on_payment",
            cash_basis_transition_account_id=waiting.id,
        )
        move = self._assert_same(self._vals(self._line(50.0, tax)))
        self.assertIn(waiting, move.line_ids.account_id)

    def test_taxed_and_untaxed_together(self):
        self._assert_same(self._vals(self._line(10.01, self.tax_6), self._line(3.33)))

    def test_cents_that_round(self):
        for method in ("round_per_line", "round_globally"):
            self.env.company.tax_calculation_rounding_method = method
            for tax in (self.tax_6, self.tax_in):
                odd = [self._line(21.53, tax, quantity=q) for q in (1.37, 1.0, 0.33)]
                self._assert_same(self._vals(*odd))

    def test_more_decimals_than_are_stored(self):
        line = self._line(2.87654321, self.tax_6, quantity=91.2557, discount=7.12345)
        self._assert_same(self._vals(line))

    def test_negative_line_and_percent_off(self):
        discount = self._line(-12.5, self.tax_6, name="Prompt payment")
        self._assert_same(self._vals(self._line(50.0, self.tax_6), discount))
        self._assert_same(self._vals(self._line(50.0, self.tax_6, discount=7.5)))

    def test_zero_invoice(self):
        move = self._assert_same(self._vals(self._line(50.0), self._line(-50.0)))
        self.assertEqual(move.payment_state, "paid")

    def test_product_without_account_or_tax(self):
        line = {"product_id": self.product_a.id, "price_unit": 10.0}
        self._assert_same(self._vals(line))
        self._assert_same(self._vals({**line, "tax_ids": [Command.set([])]}))
        self._assert_same(self._vals({**line, "account_id": self.income.id}))

    def test_account_with_default_tax(self):
        self.income.tax_ids = self.tax_6
        line = self._line(10.0)
        self._assert_same(self._vals(line))
        del line["tax_ids"]
        move = self._assert_same(self._vals(line))
        self.assertEqual(move.amount_tax, 0.6)

    def test_fiscal_position(self):
        self.partner_b.property_payment_term_id = False
        self.assertTrue(self.partner_b.property_account_position_id)
        line = {"product_id": self.product_b.id, "price_unit": 10.0}
        self._assert_same(self._vals(line, partner_id=self.partner_b.id))

    def test_own_receivable_account(self):
        receivable = self.copy_account(self.company_data["default_account_receivable"])
        self.plain_partner.property_account_receivable_id = receivable
        move = self._assert_same(self._vals(self._line(10.0, self.tax_6)))
        self.assertIn(receivable, move.line_ids.account_id)

    def test_contact_of_a_company(self):
        contact = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.partner_a.id, "type": "invoice"}
        )
        contact.commercial_partner_id.property_payment_term_id = False
        self._assert_same(self._vals(self._line(10.0), partner_id=contact.id))

    def test_payment_term_of_one_date(self):
        term = self.env["account.payment.term"].create(
            {"name": "20 days", "line_ids": [Command.create({"nb_days": 20})]}
        )
        vals = self._vals(self._line(10.0, self.tax_6))
        del vals["invoice_date_due"]
        vals["invoice_payment_term_id"] = term.id
        move = self._assert_same(vals)
        self.assertEqual(str(move.invoice_date_due), "2024-03-21")
        del vals["invoice_payment_term_id"]
        self.plain_partner.property_payment_term_id = term
        self._assert_same(vals)

    def test_reference_text_and_dates_as_strings(self):
        self._assert_same(
            self._vals(
                self._line(10.0),
                ref="3-1201 2024-03",
                narration="<p>Thank you</p>",
                invoice_date="2024-03-01",
                invoice_date_due="2024-03-20",
            )
        )

    def test_bank_account_and_payment_reference(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "1234", "partner_id": self.env.company.partner_id.id}
        )
        line = self._line(10.0)
        self._assert_same(self._vals(line, partner_bank_id=bank.id))
        self._assert_same(self._vals(line, payment_reference="RF18", ref="3-1201"))

    def test_commands_for_taxes(self):
        link = [Command.link(self.tax_6.id), Command.link(self.tax_sale_a.id)]
        for commands in (link, [Command.clear()], [], False):
            self._assert_same(self._vals(self._line(10.0, tax_ids=commands)))

    def test_due_before_it_was_issued(self):
        """As arrears carried over from another system."""
        vals = self._vals(self._line(10.0), invoice_date_due="2023-11-10")
        self._assert_same({**vals, "date": vals["invoice_date"]})

    def test_locked_period(self):
        """With an invoice before, so that both ways see the same kind of numbers."""
        vals = self._vals(self._line(10.0, self.tax_6))
        self.writer._create_posted([vals])
        self.env.company.sale_lock_date = "2024-03-31"
        move = self._assert_same(vals)
        self.assertGreater(str(move.date), "2024-03-31")

    def test_currency_without_cents(self):
        self.env.company.currency_id.rounding = 1.0
        odd = [self._line(21.53, self.tax_6, quantity=q) for q in (1.37, 1.0, 0.33)]
        move = self._assert_same(self._vals(*odd))
        self.assertEqual(move.amount_total, round(move.amount_total))

    def test_two_companies_in_one_batch(self):
        other = self.setup_other_company()
        here = self._vals(self._line(10.0, self.tax_6))
        there = self._vals(
            self._line(
                20.0,
                other["default_tax_sale"],
                account_id=other["default_account_revenue"].id,
            ),
            journal_id=other["default_journal_sale"].id,
        )
        self._assert_same(there)
        moves = self.writer._create_posted([here, there, here])
        self.assertEqual(moves.mapped("amount_untaxed"), [10.0, 20.0, 10.0])
        self.assertEqual(moves[1].company_id, other["company"])


@tagged("post_install", "-at_install")
class TestOtherInvoices(InvoiceWriterCase):
    """Cases that take Odoo's own way within the same call."""

    def test_foreign_currency(self):
        currency = self.setup_other_currency("EUR")
        line = self._line(33.33, self.tax_6)
        self._assert_same(self._vals(line, currency_id=currency.id), plain=False)

    def test_instalments_and_early_discount(self):
        early = self.pay_terms_a.copy(
            {"early_discount": True, "discount_percentage": 2, "discount_days": 5}
        )
        for term in (self.pay_terms_b, early):
            vals = self._vals(self._line(100.0, self.tax_6))
            del vals["invoice_date_due"]
            vals["invoice_payment_term_id"] = term.id
            self._assert_same(vals, plain=False)

    def test_term_of_the_customer_beside_a_date(self):
        vals = self._vals(self._line(100.0))
        del vals["invoice_payment_term_id"]
        self.plain_partner.property_payment_term_id = self.pay_terms_b
        self._assert_same(vals, plain=False)

    def test_cash_rounding(self):
        line = self._line(33.33, self.tax_6)
        rounding = {"invoice_cash_rounding_id": self.cash_rounding_a.id}
        self._assert_same(self._vals(line, **rounding), plain=False)

    def test_analytic_distribution(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Sunny Court", "plan_id": plan.id}
        )
        line = self._line(10.0)
        share = {str(account.id): 100}
        self._assert_same(
            self._vals({**line, "analytic_distribution": share}), plain=False
        )
        self.env["account.analytic.distribution.model"].create(
            {"partner_id": self.plain_partner.id, "analytic_distribution": share}
        )
        self._assert_same(self._vals(line), plain=False)

    def test_line_without_account_and_section(self):
        line = self._line(10.0)
        del line["account_id"]
        self._assert_same(self._vals(line), plain=False)
        section = {"display_type": "line_section", "name": "March"}
        self._assert_same(self._vals(section, self._line(1.0)), plain=False)

    def test_mixed_batch_keeps_its_order_in_numbers_too(self):
        other = {"invoice_cash_rounding_id": self.cash_rounding_a.id}
        batch = [
            self._vals(self._line(float(price)), **(other if price % 2 else {}))
            for price in range(10, 16)
        ]
        moves = self.writer._create_posted(batch)
        self.assertEqual(
            moves.mapped("amount_total"), [float(p) for p in range(10, 16)]
        )
        self.assertEqual(moves.mapped("name"), sorted(moves.mapped("name")))


@tagged("post_install", "-at_install")
class TestWriterAsAWhole(InvoiceWriterCase):
    def test_chatter_is_as_odoo_writes_it(self):
        """Tests run without chatter unless they ask for it."""
        colleague = self.simple_accountman
        loud = {"tracking_disable": False, "mail_create_nolog": False}
        for user in (self.env.user, colleague):
            vals = self._vals(self._line(10.0), invoice_user_id=user.id)
            ordinary = self.env["account.move"].with_context(**loud).create(vals)
            ordinary.action_post()
            written = self.writer.with_context(**loud)._create_posted([vals])
            self.assertEqual(self._chatter(written), self._chatter(ordinary))

    def _chatter(self, move):
        told = ["body", "subtype_id", "author_id", "message_type", "is_internal"]
        messages = move.message_ids.read(told, load=None)
        self.assertEqual(len(messages), 1)
        return (
            [{name: message[name] for name in told} for message in messages],
            move.message_follower_ids.partner_id,
        )

    def test_no_chatter_where_none_is_wanted(self):
        quiet = self.writer.with_context(tracking_disable=True)
        self.assertFalse(
            quiet._create_posted([self._vals(self._line(1.0))]).message_ids
        )

    def test_queries_hardly_grow(self):
        """3 per invoice are Odoo's numbering; the rest is shared by the batch."""
        few, more = self._queries(30), self._queries(60)
        self.assertLess((more - few) / 30, 4)

    def _queries(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"Owner {n}"} for n in range(count)]
        )
        batch = [
            self._vals(self._line(10.0, self.tax_6), partner_id=partner.id)
            for partner in partners
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.writer._create_posted(batch)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_balance_is_still_checked(self):
        cls = type(self.writer)
        right = cls._receivable_vals

        def less(writer, move, entries):
            wrong = {"balance": 1.0, "amount_currency": 1.0}
            return {**right(writer, move, entries), **wrong}

        with (
            patch.object(cls, "_receivable_vals", less),
            self.assertRaisesRegex(UserError, "not balanced"),
        ):
            self.writer._create_posted([self._vals(self._line(10.0))])

    def test_values_are_not_changed(self):
        vals = self._vals(self._line(10.0))
        before = deepcopy(vals)
        self.writer._create_posted([vals])
        self.assertEqual(vals, before)


@tagged("post_install", "-at_install")
class TestReport(InvoiceWriterCase):
    def test_good_ones_pass_and_bad_ones_are_told(self):
        good = self._vals(self._line(10.0))
        negative = self._vals(self._line(-10.0))
        drafts = self.env["account.move"].search_count([])
        moves, failures = self.writer._create_posted_or_report([good, negative, good])
        self.assertEqual(moves.mapped("state"), ["posted", "posted"])
        self.assertEqual([index for index, _message in failures], [1])
        self.assertIn("negative", failures[0][1])
        self.assertEqual(self.env["account.move"].search_count([]), drafts + 2)

    def test_single_failure_and_none(self):
        moves, failures = self.writer._create_posted_or_report(
            [self._vals(self._line(-10.0))]
        )
        self.assertFalse(moves)
        self.assertEqual(len(failures), 1)
        self.assertEqual(self.writer._create_posted_or_report([]), (moves, []))

    def test_broken_rule_of_the_database_is_told(self):
        with patch.object(
            type(self.writer), "_create_posted", side_effect=errors.UniqueViolation()
        ):
            _moves, failures = self.writer._create_posted_or_report([{}])
        self.assertTrue(failures[0][1])

    def test_contention_is_raised(self):
        for error in (
            errors.SerializationFailure,
            errors.LockNotAvailable,
            errors.DeadlockDetected,
            LockError,
        ):
            with (
                patch.object(
                    type(self.writer), "_create_posted", side_effect=error("busy")
                ),
                self.assertRaises(error),
            ):
                self.writer._create_posted_or_report([{}, {}])
