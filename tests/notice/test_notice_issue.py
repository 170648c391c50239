"""Issuing: signed basis, "paid?", nothing twice, nothing changes afterwards."""

import hashlib
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FEB, JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeIssue(NoticeCommon):
    def test_only_from_a_signed_and_invoiced_run(self):
        run = self.make_run(JAN)
        with self.assertRaises(UserError):
            run.action_issue_notices()
        run.action_compute()
        with self.assertRaises(UserError):
            run.action_issue_notices()
        self.sign(run)
        with self.assertRaises(UserError):
            run.with_user(self.user_cs).action_issue_notices()
        self.assertFalse(run.notice_ids)
        run.with_user(self.user_finance).action_create_invoices()
        run.with_user(self.user_cs).action_issue_notices()
        self.assertEqual(run.notice_ids.mapped("state"), ["issued", "issued"])

    def test_a_notice_without_a_signed_basis(self):
        values = {"partner_id": self.lin.id, "community_id": self.community.id}
        notices = self.env["property.notice"].create(
            [{**values, "kind": kind} for kind in ("payment", "demand", "final")]
        )
        for notice in notices:
            with self.assertRaises(UserError):
                notice.action_issue()
        self.assertEqual(set(notices.mapped("state")), {"draft"})

    def test_numbers(self):
        run = self.issued(JAN)
        names = run.notice_ids.mapped("name")
        self.assertEqual(len(set(names)), 2)
        today = run.notice_ids[0].date_issued
        for name in names:
            self.assertRegex(name, rf"^SRG-{today:%Y-%m}-\d{{5}}$")

    def test_twice_doubles_nothing(self):
        run = self.issued(JAN)
        before = run.notice_ids.mapped("name")
        run.with_user(self.user_cs).action_issue_notices()
        run.with_user(self.user_finance).action_issue_notices()
        self.assertEqual(run.notice_ids.mapped("name"), before)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["property.notice"].create(
                {
                    "run_id": run.id,
                    "partner_id": self.lin.id,
                    "community_id": self.community.id,
                }
            )

    def test_who_has_paid_gets_none(self):
        run = self.invoiced(JAN)
        self.pay(self.invoice_of(run, self.unit_103))
        run.with_user(self.user_cs).action_issue_notices()
        self.assertEqual(run.notice_ids.partner_id, self.lin)

    def test_paid_between_draft_and_issue(self):
        run = self.invoiced(JAN)
        drafts = run._draft_notices()
        self.pay(self.invoice_of(run, self.unit_103))
        drafts.with_user(self.user_cs).action_issue()
        notice = run.notice_ids.filtered(lambda n: n.partner_id == self.hale)
        self.assertEqual(notice.state, "cancelled")
        self.assertFalse(notice.name)
        self.assertFalse(notice.attachment_id)

    def test_issued_content_never_changes(self):
        run = self.issued(JAN)
        notice = self.notice_of(run, self.lin)
        lines, content = self.lines_of(notice), notice._stored_pdf()
        self.assertEqual(notice.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(notice.attachment_id.raw, content)
        self.pay(self.invoice_of(run, self.unit_101))
        self.lin.name = "Lin-Chen"
        self.unit_101.name = "101A"
        self.fee.name = "Another name"
        self.env.invalidate_all()
        self.assertEqual(self.lines_of(notice), lines)
        self.assertEqual(notice.amount_total, 675.5)
        self.assertEqual(notice.partner_name, "Lin")
        self.assertEqual(notice._stored_pdf(), content)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        printed, _kind = report._render_qweb_pdf(
            "property_fee_collection.action_report_notice", notice.ids
        )
        self.assertEqual(printed, content)

    def test_nobody_writes_an_issued_notice(self):
        notice = self.notice_of(self.issued(JAN), self.lin)
        for record in (notice, notice.sudo(), notice.with_user(self.user_cs)):
            for vals in (
                {"partner_id": self.hale.id},
                {"kind": "final"},
                {"deadline": "2027-01-01"},
                {"amount_total": 1},
                {"state": "draft"},
                {"sha256": "0"},
                {"state": "cancelled", "partner_name": "X"},
            ):
                with self.assertRaises(UserError):
                    record.write(vals)
        line = notice.sudo().line_ids[:1]
        with self.assertRaises(UserError):
            line.amount = 1
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            line.copy()
        with self.assertRaises(UserError):
            notice.sudo().unlink()

    def test_nobody_writes_the_pdf(self):
        notice = self.notice_of(self.issued(JAN), self.lin)
        file = notice.sudo().attachment_id
        for vals in ({"raw": b"x"}, {"res_id": 0}, {"public": True}, {"name": "x"}):
            with self.assertRaises(UserError):
                file.write(vals)
        with self.assertRaises(UserError):
            file.unlink()
        self.assertFalse(file.public)

    def test_a_draft_is_not_issued_by_writing(self):
        run = self.invoiced(JAN)
        draft = run._draft_notices()[:1]
        for vals in ({"state": "issued"}, {"name": "X"}, {"amount_total": 5}):
            with self.assertRaises(UserError):
                draft.with_user(self.user_cs).write(vals)

    def test_cancel_and_issue_another(self):
        run = self.issued(JAN)
        first = self.notice_of(run, self.lin)
        first.with_user(self.user_cs).action_cancel()
        self.assertEqual(first.state, "cancelled")
        self.assertTrue(first.attachment_id)
        run.with_user(self.user_cs).action_issue_notices()
        second = self.notice_of(run, self.lin)
        self.assertNotEqual(first, second)
        self.assertNotEqual(first.name, second.name)

    def test_in_the_background(self):
        self.env["ir.config_parameter"].set_param(
            "property_fee_collection.direct_notices", "0"
        )
        self.env["ir.config_parameter"].set_param(
            "property_fee_collection.notice_batch", "1"
        )
        run = self.invoiced(JAN)
        run.with_user(self.user_cs).action_issue_notices()
        self.assertEqual(set(run.notice_ids.mapped("state")), {"draft"})
        self.assertEqual(run.notice_waiting_count, 2)
        cron = self.env.ref("property_fee_collection.cron_issue_notices")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(set(run.notice_ids.mapped("state")), {"issued"})
        self.assertEqual(run.notice_progress, 100.0)
        told = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", run._name),
                    ("res_id", "=", run.id),
                    ("partner_ids", "in", self.user_cs.partner_id.ids),
                ]
            )
        )
        self.assertEqual(len(told), 1)
        self.assertIn("2 notices", told.body)
        names = run.notice_ids.mapped("name")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(run.notice_ids.mapped("name"), names)

    def test_one_that_fails_does_not_stop_the_rest(self):
        run = self.invoiced(JAN)
        drafts = run._draft_notices()
        bad = drafts.filtered(lambda n: n.partner_id == self.hale)
        issue, reason = type(drafts)._issue, "no paper"

        def fail(notices):
            if bad in notices:
                raise UserError(reason)
            return issue(notices)

        with patch.object(type(drafts), "_issue", fail):
            drafts._issue_or_report()
        self.assertEqual(bad.state, "draft")
        self.assertEqual(bad.issue_error, "no paper")
        self.assertEqual((drafts - bad).state, "issued")
        # Asked for again, it is tried again.
        run.with_user(self.user_cs).action_issue_notices()
        self.assertEqual(bad.state, "issued")
        self.assertFalse(bad.issue_error)

    def test_two_months(self):
        january, february = self.issued(JAN), self.issued(FEB)
        self.assertEqual(len(january.notice_ids | february.notice_ids), 4)
        # 675.50 of February and 675.50 of January
        self.assertEqual(self.notice_of(february, self.lin).amount_total, 1351.0)
