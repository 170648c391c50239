"""Notices of a statement by the hundred: progress, failures, killed workers, print
file and delivery list."""

import io
from contextlib import suppress
from unittest.mock import patch

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .notice_common import CollectionNoticeCommon

NOW = "2026-04-02 03:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNoticeBatch(CollectionNoticeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_202 = cls.make_unit("202", building_id=cls.second.id, owner="Hale")
        cls.unit_103 = cls.make_unit("103", owner="Gaskell")
        with freeze_time(NOW):
            for unit in (cls.unit, cls.unit_202, cls.unit_103):
                cls.make_invoice(unit.owner_id, 100, "2026-03-10", unit)
            cls.statement = cls.make_statement("2026-03-01")
            cls.notices = cls.env["property.notice"].union(
                *(
                    cls.make_notice(unit.owner_id, months=1)
                    for unit in (cls.unit_202, cls.unit, cls.unit_103)
                )
            )
            cls.notices._fill_drafts()

    def ask(self, user=None):
        return self.statement.with_user(user or self.user_cs).action_issue_notices()

    def in_background(self, batch=1):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("property_fee_collection.direct_notices", "0")
        parameters.set_param("property_fee_collection.notice_batch", str(batch))

    def run_cron(self):
        cron = self.env.ref("property_fee_collection.cron_issue_notices").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def messages(self):
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self.statement._name),
                    ("res_id", "=", self.statement.id),
                    ("partner_ids", "in", self.user_cs.partner_id.ids),
                ]
            )
        )

    def test_a_few_at_once(self):
        action = self.ask()
        self.assertEqual(set(self.notices.mapped("state")), {"issued"})
        self.assertEqual(action["domain"], [("statement_id", "in", self.statement.ids)])
        self.assertEqual(self.statement.notice_count, 3)
        self.assertEqual(self.statement.notice_progress, 100.0)
        self.assertEqual(len(self.messages()), 1)

    def test_twice_doubles_nothing(self):
        self.ask()
        before = self.notices.mapped("name")
        self.ask()
        self.ask(self.user_finance)
        self.assertEqual(self.statement.notice_ids, self.notices)
        self.assertEqual(self.notices.mapped("name"), before)

    def test_in_two_batches(self):
        self.in_background(2)
        self.ask()
        self.assertEqual(set(self.notices.mapped("state")), {"draft"})
        self.assertEqual(self.statement.notice_waiting_count, 3)
        self.run_cron()
        self.assertEqual(set(self.notices.mapped("state")), {"issued"})
        self.assertEqual(len(set(self.notices.mapped("name"))), 3)
        self.assertIn("3 notices", self.messages().body)
        names = self.notices.mapped("name")
        self.run_cron()
        self.assertEqual(self.notices.mapped("name"), names)
        self.assertEqual(len(self.messages()), 1)

    def test_killed_and_run_again(self):
        self.in_background()
        self.ask()
        issue, done = type(self.notices)._issue_or_report, []

        def die(notices):
            if done:
                raise RuntimeError("killed")
            done.append(notices)
            return issue(notices)

        dead = patch.object(type(self.notices), "_issue_or_report", die)
        with dead, mute_logger("odoo.addons.base.models.ir_cron"):
            with suppress(RuntimeError):
                self.run_cron()
        self.env.invalidate_all()
        first = self.notices.filtered("name")
        self.assertEqual(len(first), 1)
        name, sha = first.name, first.sha256
        self.run_cron()
        self.assertEqual(set(self.notices.mapped("state")), {"issued"})
        self.assertEqual((first.name, first.sha256), (name, sha))
        self.assertEqual(len(self.messages()), 1)

    def test_nobody_asked(self):
        """Drafts wait until somebody has looked at them."""
        self.run_cron()
        self.assertEqual(set(self.notices.mapped("state")), {"draft"})
        self.ask()
        # Made afterwards: not asked for either.
        other = self.make_unit("104", owner="Later")
        self.make_invoice(other.owner_id, 100, "2026-03-10", other)
        later = self.make_notice(other.owner_id, months=1)
        self.run_cron()
        self.assertEqual(later.state, "draft")

    def test_one_that_fails(self):
        self.in_background(3)
        self.ask()
        bad = self.notices[0]
        issue, reason = type(self.notices)._issue, "no paper"

        def fail(notices):
            if bad in notices:
                raise UserError(reason)
            return issue(notices)

        with patch.object(type(self.notices), "_issue", fail):
            self.run_cron()
        self.assertEqual(bad.issue_error, "no paper")
        self.assertEqual(set((self.notices - bad).mapped("state")), {"issued"})
        self.assertEqual(self.statement.notice_error_count, 1)
        self.assertIn("1 could not be issued", self.messages().body)
        self.ask()
        self.run_cron()
        self.assertEqual(bad.state, "issued")

    def test_only_what_is_signed(self):
        draft = self.make_statement("2026-04-01", state="draft")
        with self.assertRaisesRegex(UserError, "not signed"):
            draft.with_user(self.user_cs).action_issue_notices()

    def test_forbidden(self):
        reader = new_test_user(
            self.env,
            "notice_batch_stranger",
            "base.group_user,property_fee_collection.group_cs",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        other = self.make_community(
            "Moon", "MOON", cs_user_ids=[Command.set(reader.ids)]
        )
        self.assertTrue(other)
        with self.assertRaises(AccessError):
            self.ask(reader)
        with self.assertRaises(AccessError):
            self.notices[0].with_user(reader).action_issue()
        self.assertEqual(set(self.notices.mapped("state")), {"draft"})
        for name in ("notice_user_id", "notice_unreported"):
            with self.assertRaises(AccessError):
                self.statement.with_user(self.user_cs_head).write({name: True})

    def texts(self, content):
        return [
            "".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(content)).pages
        ]

    def test_print_file(self):
        """The list of each building, then two copies each in building and room order:
        101 and 103 of building 1, 202 of building 2."""
        self.ask()
        pages = self.texts(self.statement._print_notices("notices"))
        self.assertEqual(len(pages), 2 + 2 * 3)
        for page, names in zip(pages[:2], (("Lin", "Gaskell"), ("Hale",)), strict=True):
            self.assertIn("DeliveryList", page)
            for name in ("Lin", "Gaskell", "Hale"):
                self.assertEqual(name in page, name in names)
        for page, name in zip(pages[2::2], ("Lin", "Gaskell", "Hale"), strict=True):
            self.assertIn(name, page)
            self.assertIn("Copy1of2", page)

    def test_delivery_list(self):
        self.ask()
        self.env["property.delivery"].create(
            {
                "notice_id": self.notices[1].id,
                "channel": "counter",
                "outcome": "delivered",
                "recipient": "Mrs Lin",
                "relation": "spouse",
                "date": NOW,
            }
        )
        [first, second] = self.texts(self.statement._print_notices("deliveries"))
        for word in (
            self.notices[1].name,
            "1101",
            "Lin",
            "100.00",
            "MrsLin",
            "Spouse",
            "Handedover,notsigned",
            "04/02/2026",
            "Signature",
        ):
            self.assertIn(word, first)
        self.assertIn("2202", second)
        self.assertIn("1notices", second)

    def test_download(self):
        self.ask()
        url = f"/property/statement/{self.statement.id}/deliveries.pdf"
        self.user_cs.password = "property_cs_password"
        self.authenticate("property_cs", "property_cs_password")
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(len(self.texts(answer.content)), 2)
        new_test_user(self.env, "notice_batch_none", "base.group_user")
        self.authenticate("notice_batch_none", "notice_batch_none")
        self.assertNotIn(b"%PDF", self.url_open(url).content)
