"""Who may see and do what."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeAccess(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = cls.issued(JAN)
        cls.notice = cls.billing.notice_ids.filtered(lambda n: n.partner_id == cls.lin)
        cls.deliver(cls.notice, "not_met")
        # Nobody sleeps here, whenever the tests are run.
        cls.company.write({"property_quiet_from": 0, "property_quiet_to": 0})
        cls.stranger = new_test_user(
            cls.env,
            "notice_stranger",
            "base.group_user,property_fee_collection.group_cs",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.clerk = new_test_user(
            cls.env,
            "notice_clerk",
            "base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def test_team_reads(self):
        for user in (
            self.user_cs,
            self.user_finance,
            self.user_manager,
            self.user_company,
        ):
            notice = self.notice.with_user(user)
            self.assertEqual(notice.amount_total, 675.5)
            self.assertEqual(len(notice.line_ids), 3)
            self.assertEqual(len(notice.delivery_ids), 1)
            self.assertTrue(notice.attachment_id.raw)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_other_community_reads_nothing(self):
        for model in ("property.notice", "property.notice.line", "property.delivery"):
            self.assertFalse(self.env[model].with_user(self.stranger).search([]))
        with self.assertRaises(AccessError):
            self.notice.with_user(self.stranger).read(["name"])
        with self.assertRaises(AccessError):
            self.notice.attachment_id.with_user(self.stranger).read(["raw"])
        with self.assertRaises(AccessError):
            self.billing.with_user(self.stranger).action_issue_notices()
        with self.assertRaises(AccessError):
            self.notice.with_user(self.stranger).action_not_met()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_employees_without_a_role(self):
        for model in (
            "property.notice",
            "property.notice.line",
            "property.delivery",
            "property.delivery.record",
        ):
            self.assertFalse(self.env[model].with_user(self.clerk).has_access("read"))
        with self.assertRaises(AccessError):
            self.billing.with_user(self.clerk).action_issue_notices()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_lines_are_nobodys_to_write(self):
        for user in (self.user_cs, self.user_finance, self.user_company):
            lines = self.env["property.notice.line"].with_user(user)
            self.assertFalse(lines.has_access("write"))
            self.assertFalse(lines.has_access("create"))
            self.assertFalse(
                self.env["property.delivery"].with_user(user).has_access("unlink")
            )

    def test_other_company(self):
        company = self.setup_other_company()["company"]
        user = new_test_user(
            self.env,
            "notice_other_company",
            "base.group_user,property_fee_collection.group_company",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertFalse(self.env["property.notice"].with_user(user).search([]))

    def test_companies_count_on_their_own(self):
        company = self.setup_other_company()["company"]
        sequences = self.env["ir.sequence"].search([("code", "=", "property.notice")])
        self.assertEqual(len(sequences.filtered(lambda s: s.company_id == company)), 1)

    def test_roles_do_not_replace_signatures(self):
        run = self.make_run("2026-02-01")
        run.action_compute()
        with self.assertRaises(UserError):
            run.with_user(self.user_company).action_issue_notices()
