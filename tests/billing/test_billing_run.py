"""The life of a billing run: signatures, invoices, killed and repeated work."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MODULE, PropertyCommon


@tagged("post_install", "-at_install")
class TestBillingRun(PropertyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_rate(2.8)
        cls.unit_1 = cls.make_unit("101", 91.25)
        cls.unit_2 = cls.make_unit("102", 100)
        cls.billing = cls.make_run("2026-01-15")
        cls.billing.action_compute()

    def test_month_dates_and_name(self):
        self.assertEqual(self.billing.period, fields.Date.to_date("2026-01-01"))
        self.assertEqual(self.billing.date_due, fields.Date.to_date("2026-01-10"))
        self.assertEqual(self.billing.name, "Sunrise Garden 2026-01")

    def test_two_signatures(self):
        self.assertEqual(self.billing.state, "computed")
        self.billing.with_user(self.user_finance).action_sign_finance()
        self.assertEqual(self.billing.state, "computed")
        self.billing.with_user(self.user_cs_head).action_sign_cs()
        self.assertEqual(self.billing.state, "signed")
        self.assertEqual(self.billing.cs_signed_by, self.user_cs_head)
        self.assertEqual(self.billing.finance_signed_by, self.user_finance)

    def test_wrong_roles_do_not_sign(self):
        for user in (self.user_cs, self.user_manager, self.user_company):
            with self.assertRaises(AccessError):
                self.billing.with_user(user).action_sign_cs()
            with self.assertRaises(AccessError):
                self.billing.with_user(user).action_sign_finance()
        with self.assertRaises(AccessError):
            self.billing.with_user(self.user_cs_head).action_sign_finance()
        with self.assertRaises(AccessError):
            self.billing.with_user(self.user_finance).action_sign_cs()

    def test_nobody_signs_for_both(self):
        both = self.user_cs_head
        both.group_ids += self.env.ref(f"{MODULE}.group_finance")
        self.billing.with_user(both).action_sign_cs()
        with self.assertRaises(UserError):
            self.billing.with_user(both).action_sign_finance()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.billing.sudo().finance_signed_by = both
            self.billing.flush_recordset()

    def test_signatures_are_not_written_by_hand(self):
        for vals in (
            {"state": "signed"},
            {"cs_signed_by": self.user_cs_head.id},
            {"content_hash": "0" * 64},
            {"amount_total": 1.0},
        ):
            with self.assertRaises(AccessError):
                self.billing.with_user(self.user_finance).write(vals)
        with self.assertRaises(AccessError):
            self.env["property.billing.run"].with_user(self.user_finance).create(
                {
                    "community_id": self.community.id,
                    "period": "2026-05-01",
                    "state": "signed",
                }
            )

    def test_a_changed_charge_voids_both_signatures(self):
        self.sign(self.billing)
        before = self.billing.content_hash
        self.billing.charge_ids[0].amount += 0.01
        self.assertEqual(self.billing.state, "computed")
        self.assertFalse(self.billing.cs_signed_by or self.billing.finance_signed_by)
        self.assertNotEqual(self.billing.content_hash, before)
        self.assertEqual(self.billing.amount_total, 535.51)

    def test_every_change_of_content_voids_a_signature(self):
        charge = self.billing.charge_ids[0]
        changes = (
            lambda: charge.copy_data() and charge.write({"quantity": 90}),
            lambda: charge.write({"partner_id": self.developer.id}),
            lambda: charge.write({"date_to": "2026-01-30"}),
            lambda: self.billing.write({"date_due": "2026-01-20"}),
            lambda: charge.unlink(),
        )
        for change in changes:
            self.billing.with_user(self.user_cs_head).action_sign_cs()
            change()
            self.assertFalse(self.billing.cs_signed_by)

    def test_a_note_does_not_void_signatures(self):
        self.sign(self.billing)
        self.billing._message_log(body="Looks good")
        self.assertEqual(self.billing.state, "signed")

    def test_whatever_is_written_on_a_charge_voids_signatures(self):
        for vals in ({"reading_current": 3}, {"is_estimate": True}, {"sort_key": "x"}):
            self.sign(self.billing)
            self.billing.charge_ids[0].with_user(self.user_finance).write(vals)
            self.assertEqual(self.billing.state, "computed", vals)

    def test_nobody_says_a_charge_is_invoiced(self):
        move = self.init_invoice("out_invoice", amounts=[1], post=True)
        self.sign(self.billing)
        charge = self.billing.charge_ids[0].with_user(self.user_finance)
        for vals in ({"move_id": move.id}, {"invoice_error": "none"}):
            with self.assertRaises(AccessError):
                charge.write(vals)
        self.assertEqual(self.billing.state, "signed")

    def test_a_signed_run_is_not_made_by_defaults(self):
        """The way past the guard: default_ keys of the context."""
        vals = {
            name: value
            for name, value in self.billing.charge_ids[0].copy_data()[0].items()
            if name != "run_id"
        }
        self.billing.unlink()
        forged = (
            self.env["property.billing.run"]
            .with_user(self.user_finance)
            .with_context(
                default_state="signed",
                default_content_hash="0" * 64,
                default_cs_signed_by=self.user_cs_head.id,
                default_finance_signed_by=self.user_finance.id,
            )
            .create(
                {
                    "community_id": self.community.id,
                    "period": "2026-01-01",
                    "charge_ids": [Command.create(vals)],
                }
            )
        )
        self.assertEqual(forged.state, "draft")
        self.assertFalse(forged.cs_signed_by or forged.finance_signed_by)
        with self.assertRaises(UserError):
            forged.action_create_invoices()
        defaults = self.env["ir.default"].with_user(self.user_cs)
        defaults.set("property.vacancy", "state", "approved", user_id=True)
        vacancy = (
            self.env["property.vacancy"]
            .with_user(self.user_cs)
            .with_context(default_state="approved")
            .create({"unit_id": self.unit_1.id, "date_from": "2026-01-01"})
        )
        self.assertEqual(vacancy.state, "draft")

    def with_exception(self):
        self.make_unit("103", owner=None)
        self.billing.action_compute()
        return self.billing.exception_ids.with_user(self.user_cs_head)

    def test_exceptions_are_binding(self):
        problem = self.with_exception()
        for vals in (
            {"state": "accepted"},
            {"accepted_by": self.user_finance.id},
            {"message": "All is well"},
        ):
            with self.assertRaises(AccessError):
                problem.write(vals)
        with self.assertRaises(AccessError):
            problem.unlink()
        problem.reason = "The heirs are being found"
        problem.action_accept()
        self.assertEqual(problem.accepted_by, self.user_cs_head)
        with self.assertRaises(UserError):
            problem.reason = "Another one"

    def test_an_exception_opened_again_voids_the_signatures(self):
        problem = self.with_exception()
        problem.reason = "The heirs are being found"
        problem.action_accept()
        self.sign(self.billing)
        problem.action_reopen()
        self.assertEqual(self.billing.state, "computed")
        self.assertFalse(self.billing.cs_signed_by)

    def test_another_month_or_community_empties_the_run(self):
        self.billing.with_user(self.user_cs_head).action_sign_cs()
        self.billing.with_user(self.user_finance).period = "2026-02-01"
        self.assertEqual(self.billing.state, "draft")
        self.assertFalse(self.billing.charge_ids or self.billing.cs_signed_by)

    def test_a_run_with_one_signature_is_not_deleted(self):
        self.billing.with_user(self.user_cs_head).action_sign_cs()
        with self.assertRaises(UserError):
            self.billing.with_user(self.user_cs_head).unlink()

    def test_paid_ahead_after_signing(self):
        self.sign(self.billing)
        self.unit_1.paid_through = "2026-12-31"
        with self.assertRaises(UserError):
            self.billing.with_user(self.user_finance).action_create_invoices()
        self.billing.action_withdraw_signatures()
        self.billing.action_compute()
        self.assertEqual(self.billing.charge_ids.unit_id, self.unit_2)

    def test_a_run_that_cannot_be_invoiced_does_not_stop_the_others(self):
        other = self.make_community("Moon Court", "MNC")
        building = self.env["property.building"].create(
            {"name": "1", "community_id": other.id}
        )
        self.make_unit("201", building_id=building.id)
        self.make_rate(2, community_id=other.id)
        second = self.make_run("2026-01-01", community_id=other.id)
        second.action_compute()
        self.background(batch=10)
        self.sign(second)
        second.with_user(self.user_finance).action_create_invoices()
        real = type(self.billing)._invoice_vals

        def no_journal(run, groups):
            if run == self.billing:
                raise UserError(run.env._("%(company)s has no sales journal."))
            return real(run, groups)

        with (
            patch.object(type(self.billing), "_invoice_vals", no_journal),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(f"{MODULE}.cron_invoice_runs").method_direct_trigger()
        self.assertEqual((self.billing.state, second.state), ("invoicing", "invoiced"))
        self.assertEqual(self.billing.invoice_error_count, 2)
        self.assertEqual(self.billing.activity_ids.user_id, self.user_finance)

    def test_a_change_behind_the_orm_is_found(self):
        self.sign(self.billing)
        self.env.cr.execute(
            "UPDATE property_charge SET amount = amount + 1 WHERE id = %s",
            [self.billing.charge_ids[0].id],
        )
        with self.assertRaises(UserError):
            self.billing.with_user(self.user_finance).action_create_invoices()
        self.assertFalse(self.billing.move_ids)

    def test_signed_run_is_computed_only_after_withdrawal(self):
        self.sign(self.billing)
        with self.assertRaises(UserError):
            self.billing.action_compute()
        self.billing.with_user(self.user_finance).action_withdraw_signatures()
        self.assertEqual(self.billing.state, "computed")
        self.billing.action_compute()
        self.sign(self.billing)
        self.assertEqual(self.billing.state, "signed")

    def test_computing_again_gives_the_same(self):
        before = (self.charges_of(self.billing), self.billing.content_hash)
        self.billing.action_compute()
        after = (self.charges_of(self.billing), self.billing.content_hash)
        self.assertEqual(after, before)

    def test_open_exceptions_forbid_signing(self):
        self.make_unit("103", owner=None)
        self.billing.action_compute()
        head = self.billing.with_user(self.user_cs_head)
        with self.assertRaises(UserError):
            head.action_sign_cs()
        problem = head.exception_ids
        with self.assertRaises(UserError):
            problem.action_accept()
        problem.reason = "The heirs are being found"
        problem.action_accept()
        self.billing.action_compute()
        self.assertEqual(self.billing.exception_ids.state, "accepted")
        head.action_sign_cs()

    def test_nothing_is_invoiced_unsigned(self):
        finance = self.billing.with_user(self.user_finance)
        with self.assertRaises(UserError):
            finance.action_create_invoices()
        self.billing.with_user(self.user_cs_head).action_sign_cs()
        with self.assertRaises(UserError):
            finance.action_create_invoices()
        self.assertFalse(self.billing.move_ids)

    def test_invoices(self):
        self.sign(self.billing)
        self.billing.with_user(self.user_cs_head).action_create_invoices()
        self.assertEqual(self.billing.state, "invoiced")
        self.assertRecordValues(
            self.billing.move_ids.sorted("amount_total"),
            [
                {
                    "partner_id": unit.owner_id.id,
                    "property_unit_id": unit.id,
                    "property_community_id": self.community.id,
                    "property_period": fields.Date.to_date("2026-01-01"),
                    "invoice_date": fields.Date.to_date("2026-01-01"),
                    "invoice_date_due": fields.Date.to_date("2026-01-10"),
                    "amount_total": amount,
                    "state": "posted",
                }
                for unit, amount in ((self.unit_1, 255.5), (self.unit_2, 280))
            ],
        )
        line = self.billing.move_ids.sorted("amount_total")[0].invoice_line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "quantity": 91.25,
                    "price_unit": 2.8,
                    "property_date_from": fields.Date.to_date("2026-01-01"),
                    "property_date_to": fields.Date.to_date("2026-01-31"),
                }
            ],
        )
        self.assertIn("2026-01", line.name)
        self.assertEqual(
            self.billing.charge_ids.move_id, self.billing.move_ids, "linked back"
        )

    def test_an_invoiced_run_does_not_change(self):
        self.sign(self.billing)
        self.billing.action_create_invoices()
        attempts = (
            self.billing.action_compute,
            self.billing.action_withdraw_signatures,
            self.billing.unlink,
            lambda: self.billing.charge_ids[0].write({"amount": 1}),
            lambda: self.billing.charge_ids[0].unlink(),
            lambda: self.billing.write({"date_due": "2026-02-10"}),
            lambda: self.billing.charge_ids[0].copy({"partner_id": self.developer.id}),
        )
        for attempt in attempts:
            with self.assertRaises(UserError):
                attempt()

    def test_invoicing_twice_makes_nothing_twice(self):
        self.sign(self.billing)
        self.billing.action_create_invoices()
        with self.assertRaises(UserError):
            self.billing.action_create_invoices()
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.cron_invoice_runs").method_direct_trigger()
        self.assertEqual(len(self.billing.move_ids), 2)

    def background(self, batch=1):
        parameter = self.env["ir.config_parameter"].sudo()
        parameter.set_param(f"{MODULE}.direct_units", 0)
        parameter.set_param(f"{MODULE}.batch_units", batch)
        self.sign(self.billing)
        return self.billing.with_user(self.user_finance).action_create_invoices()

    def test_many_units_go_to_the_background_and_tell_the_author(self):
        action = self.background()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.billing.state, "invoicing")
        self.assertFalse(self.billing.move_ids)
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.cron_invoice_runs").method_direct_trigger()
        self.assertEqual(self.billing.state, "invoiced")
        self.assertEqual(self.billing.invoice_progress, 100)
        self.assertEqual(len(self.billing.move_ids), 2)
        told = (
            self.env["mail.message"]
            .sudo()
            .search([("partner_ids", "in", self.user_finance.partner_id.ids)])
        )
        self.assertIn("2 invoices", "".join(told.mapped("body")))

    def test_killed_half_way_and_resumed(self):
        self.background()
        self.billing._invoice_batch(1)
        self.assertEqual(len(self.billing.move_ids), 1)
        self.assertEqual(self.billing.invoice_progress, 50)
        writer = type(self.env["property.invoice.writer"])
        with (
            patch.object(
                writer, "_create_posted_or_report", side_effect=KeyboardInterrupt
            ),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
        ):
            self.billing._invoice_batch(1)
        self.assertEqual(len(self.billing.move_ids), 1)
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.cron_invoice_runs").method_direct_trigger()
        self.assertEqual(
            sorted(self.billing.move_ids.mapped("amount_total")), [255.5, 280]
        )
        self.assertEqual(self.billing.state, "invoiced")

    def test_what_cannot_be_invoiced_is_shown_and_tried_again(self):
        """A fee whose price went below zero cannot be invoiced on its own."""
        self.billing.charge_ids[0].amount = -5
        self.background(batch=10)
        cron = self.env.ref(f"{MODULE}.cron_invoice_runs")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.billing.state, "invoicing")
        self.assertEqual(self.billing.move_ids.property_unit_id, self.unit_2)
        failed = self.billing.charge_ids[0]
        self.assertTrue(failed.invoice_error)
        self.assertEqual(self.billing.activity_ids.user_id, self.user_finance)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self.billing.move_ids), 1)
        self.assertEqual(len(self.billing.activity_ids), 1)

    def test_one_charge_per_unit_fee_month_and_payer(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.billing.charge_ids[0].copy()

    def test_one_open_run_per_month_and_a_later_one_bills_what_was_missing(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.make_run("2026-01-01")
        self.sign(self.billing)
        self.billing.action_create_invoices()
        self.make_unit("103", 50)
        later = self.make_run("2026-01-01")
        later.action_compute()
        self.assertEqual(self.charges_of(later), [("103", "Owner of 103", "PF", 140)])

    def test_comparison_with_last_month(self):
        self.make_rate(3, date_from="2026-02-01")
        february = self.make_run("2026-02-01")
        february.action_compute()
        # 573.75 against 535.50
        self.assertEqual(
            (february.amount_total, february.amount_previous, february.amount_change),
            (573.75, 535.5, 38.25),
        )
        self.assertEqual(
            february.charge_ids.sorted("sort_key").mapped("amount_previous"),
            [255.5, 280],
        )

    def test_taxes_are_odoos(self):
        tax = self.env["account.tax"].create(
            {"name": "6 %", "amount": 6, "company_id": self.company.id}
        )
        self.fee.product_id.taxes_id = [Command.set(tax.ids)]
        self.sign(self.billing)
        self.billing.action_create_invoices()
        # 255.50 × 1.06 = 270.83; 280.00 × 1.06 = 296.80
        self.assertEqual(
            sorted(self.billing.move_ids.mapped("amount_total")), [270.83, 296.8]
        )

    def test_lock_date_moves_the_entry_as_odoo_does(self):
        self.company.fiscalyear_lock_date = "2026-01-31"
        self.sign(self.billing)
        self.billing.action_create_invoices()
        self.assertTrue(
            all(
                day > fields.Date.to_date("2026-01-31")
                for day in self.billing.move_ids.mapped("date")
            )
        )

    def test_users_of_another_community_see_nothing(self):
        stranger = self.user_cs
        self.community.cs_user_ids = False
        self.sign(self.billing)
        self.billing.action_create_invoices()
        for records in (
            self.billing,
            self.billing.charge_ids,
            self.billing.move_ids,
            self.unit_1,
            self.community,
        ):
            found = records.with_user(stranger).search([("id", "in", records.ids)])
            self.assertFalse(found, records._name)
            with self.assertRaises(AccessError):
                records[:1].with_user(stranger).read(["display_name"])
