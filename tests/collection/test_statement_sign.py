from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..billing.common import MODULE
from .statement_common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatementSign(StatementCommon):
    """One signature by the right person, in order, over what the ledger says; then
    nothing changes any more (clause 4.2.2)."""

    def test_community_and_period_suffice(self):
        statement = self.make_statement("2026-02-17", compute=False)
        self.assertEqual(str(statement.period), "2026-02-01")
        self.assertEqual(str(statement.as_of), "2026-02-28")
        self.assertEqual(statement.state, "draft")
        self.assertEqual(statement.name, "Sunrise Garden 2026-02")
        statement.period = "2028-02-20"
        self.assertEqual(str(statement.as_of), "2028-02-29")

    def test_one_per_month(self):
        self.make_statement("2026-02-01", compute=False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.make_statement("2026-02-28", compute=False)

    def test_who_signs(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        for user in (self.user_cs, self.user_finance, self.user_manager):
            with self.assertRaises(AccessError):
                statement.with_user(user).action_sign()
        elsewhere = new_test_user(
            self.env,
            login="head_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs_head",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            statement.with_user(elsewhere).action_sign()
        self.sign_statement(statement)
        self.assertEqual(statement.state, "signed")
        self.assertEqual(statement.signed_by, self.user_cs_head)
        self.assertTrue(statement.signed_on)
        with self.assertRaises(UserError):
            self.sign_statement(statement)

    def test_who_computes(self):
        statement = self.make_statement("2026-01-01", compute=False)
        with self.assertRaises(AccessError):
            statement.with_user(self.user_finance).action_compute()
        statement.with_user(self.user_cs).action_compute()
        self.assertTrue(statement.computed_on)

    def test_guarded(self):
        statement = self.make_statement("2026-01-01").with_user(self.user_cs_head)
        for vals in (
            {"state": "signed"},
            {"signed_by": self.user_cs_head.id},
            {"total_closing": 1},
            {"content_hash": "0"},
        ):
            with self.assertRaises(AccessError):
                statement.write(vals)
        with self.assertRaises(AccessError):
            statement.create(
                {
                    "community_id": self.community.id,
                    "period": "2026-05-01",
                    "state": "signed",
                }
            )

    def test_lines_are_guarded(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        line = self.line_of(self.make_statement("2026-01-01"))
        line = line.with_user(self.user_cs_head)
        for vals in (
            {"closing": 1},
            {"outlook": "none"},
            {"final_confirmed": True},
            {"notice_id": False},
            {"partner_id": self.developer.id},
        ):
            with self.assertRaises(AccessError):
                line.write(vals)

    def test_signed_never_changes(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.signed_statement("2026-01-01")
        line = self.line_of(statement)
        content_hash = statement.content_hash
        # Not even by the system.
        for vals in ({"closing": 1}, {"excluded": True, "exclude_reason": "x"}):
            with self.assertRaises(UserError):
                line.sudo().write(vals)
        for vals in (
            {"state": "draft"},
            {"period": "2026-02-01"},
            {"total_closing": 1},
            {"signed_by": False},
        ):
            with self.assertRaises(UserError):
                statement.sudo().write(vals)
        with self.assertRaises(UserError):
            line.sudo().unlink()
        with self.assertRaises(UserError):
            statement.sudo().unlink()
        with self.assertRaises(UserError):
            statement.action_compute()
        # The customer pays, a new bill comes, the community is renamed: it stays.
        self.make_invoice(self.owner, 50, "2026-01-20", self.unit)
        self.community.name = "Sunrise Park"
        self.assertEqual(line.closing, 1000)
        self.assertEqual(statement.name, "Sunrise Garden 2026-01")
        self.assertEqual(statement._content_hash(), content_hash)
        # Whoever changes it in the database is found out.
        self.env.cr.execute(
            "UPDATE property_arrears_line SET closing = 1 WHERE id = %s", [line.id]
        )
        self.assertNotEqual(statement._content_hash(), content_hash)

    def test_order_of_signatures(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        first = self.make_statement("2026-01-01")
        second = self.make_statement("2026-02-01")
        with self.assertRaisesRegex(UserError, "2026-01"):
            self.sign_statement(second)
        self.sign_statement(first)
        self.sign_statement(second)

    def test_opening_must_be_the_previous_closing(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        first = self.make_statement("2026-01-01")
        second = self.make_statement("2026-02-01")
        # 200 more of January: the first is computed again and says 1,200.
        self.make_invoice(self.owner, 200, "2026-01-15", self.unit)
        first.action_compute()
        self.sign_statement(first)
        with self.assertRaisesRegex(UserError, "Owner of 101"):
            self.sign_statement(second)
        second.action_compute()
        self.sign_statement(second)
        self.assertEqual(self.line_of(second).opening, 1200)

    def test_a_statement_between_is_too_late(self):
        self.signed_statement("2026-01-01")
        self.signed_statement("2026-03-01")
        with self.assertRaises(ValidationError):
            self.make_statement("2026-02-01", compute=False)

    def test_a_draft_between(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.signed_statement("2026-01-01")
        march = self.make_statement("2026-03-01")
        self.signed_statement("2026-02-01")
        with self.assertRaisesRegex(UserError, "Compute again"):
            self.sign_statement(march)

    def test_ledger_changed_since(self):
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        self.pay(invoice, 10, "2026-01-31")
        with self.assertRaisesRegex(UserError, "Owner of 101"):
            self.sign_statement(statement)
        statement.action_compute()
        self.sign_statement(statement)
        self.assertEqual(self.line_of(statement).closing, 990)

    def test_not_computed(self):
        with self.assertRaisesRegex(UserError, "Compute"):
            self.sign_statement(self.make_statement("2026-01-01", compute=False))

    @freeze_time("2026-01-31 12:00:00")
    def test_month_not_over(self):
        statement = self.make_statement("2026-01-01")
        with self.assertRaisesRegex(UserError, "not ended"):
            self.sign_statement(statement)

    def test_exclusion_needs_a_reason_and_survives(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        line = self.line_of(statement).with_user(self.user_cs)
        with self.assertRaises(ValidationError):
            line.write({"excluded": True})
        wizard = self.env["property.arrears.exclude"].with_user(self.user_cs)
        wizard.create({"line_ids": line.ids, "reason": "Pays on Friday"}).action_apply()
        self.assertEqual((line.outlook, line.skip_reason), ("none", "excluded"))
        self.assertIn("Pays on Friday", line.action_text)
        statement.action_compute()
        line = self.line_of(statement)
        self.assertEqual((line.excluded, line.exclude_reason), (True, "Pays on Friday"))
        self.sign_statement(statement)
        self.assertFalse(line.notice_id)
        line = self.line_of(statement)
        with self.assertRaises(UserError):
            line.action_include()

    def test_include_again(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        line = self.line_of(self.make_statement("2026-01-01"))
        line.write({"excluded": True, "exclude_reason": "x"})
        line.with_user(self.user_cs).action_include()
        self.assertEqual((line.outlook, line.skip_reason), ("demand", False))

    def test_draft_may_go(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        line = self.line_of(statement)
        statement.with_user(self.user_cs).unlink()
        self.assertFalse(line.exists())

    def test_difference_is_shown(self):
        # A residual that does not follow from its reconciliations: the general ledger
        # says 990, the statement 1,000; it is computed, shown and counted.
        invoice = self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 990 WHERE id = %s",
            self.receivable(invoice).ids,
        )
        self.env.invalidate_all()
        statement = self.make_statement("2026-01-01")
        line = self.line_of(statement)
        self.assertEqual((line.closing, line.ledger, line.difference), (1000, 990, -10))
        self.assertEqual(
            (statement.difference_count, statement.total_difference), (1, -10)
        )

    def test_members_only(self):
        self.make_invoice(self.owner, 1000, "2026-01-10", self.unit)
        statement = self.make_statement("2026-01-01")
        other = new_test_user(
            self.env,
            login="cs_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs",
            company_id=self.company.id,
        )
        for record in (statement, statement.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(other).read(["display_name"])
            self.assertFalse(record.with_user(other).search([]))
            record.with_user(self.user_finance).read(["display_name"])
        with self.assertRaises(AccessError):
            statement.with_user(other).action_compute()
        with self.assertRaises(AccessError):
            statement.with_user(other).create(
                {
                    "community_id": self.community.id,
                    "period": fields.Date.to_date("2026-02-01"),
                }
            )
        with self.assertRaises(AccessError):
            statement.line_ids.with_user(other).write(
                {"excluded": True, "exclude_reason": "x"}
            )
