"""What no client may set on a notice, and the message that is not lost."""

from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import JAN, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeGuards(NoticeCommon):
    def draft(self, user, **values):
        notices = self.env["property.notice"].with_user(user)
        return notices.create(
            {"partner_id": self.lin.id, "community_id": self.community.id, **values}
        )

    def test_nobody_chooses_a_token(self):
        """16 bytes make 22 characters in base 64."""
        notice = self.notice_of(self.issued(JAN), self.lin)
        token = notice.access_token
        self.assertEqual(len(token), 22)
        for user in (self.user_cs, self.user_finance, self.user_company):
            with self.assertRaises(AccessError):
                notice.with_user(user).write({"access_token": "guess"})
            with self.assertRaises(AccessError):
                self.draft(user, access_token="guess")
        self.assertEqual(notice.access_token, token)

    def test_nor_by_a_default(self):
        self.env["ir.default"].with_user(self.user_cs).set(
            "property.notice", "access_token", "guess", user_id=True
        )
        notices = self.env["property.notice"].with_user(self.user_cs)
        drafts = notices.with_context(default_access_token="guess").create(
            [
                {"partner_id": partner.id, "community_id": self.community.id}
                for partner in self.lin | self.hale
            ]
        )
        tokens = drafts.mapped("access_token")
        self.assertEqual(len(set(tokens)), 2)
        self.assertNotIn("guess", tokens)
        self.assertEqual({len(token) for token in tokens}, {22})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_notices_of_another_communitys_run(self):
        run = self.invoiced(JAN)
        stranger = new_test_user(
            self.env,
            "notice_other_community",
            "base.group_user,property_fee_collection.group_cs",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        other = self.make_community(
            "Moon Garden", "MOON", cs_user_ids=[Command.set(stranger.ids)]
        )
        run.sudo().notice_user_id = self.user_cs
        values = {"community_id": other.id, "run_id": run.id}
        with self.assertRaises(UserError):
            self.draft(stranger, **values)
        with self.assertRaises(AccessError):
            self.draft(stranger, run_id=run.id)
        draft = self.draft(stranger, community_id=other.id)
        with self.assertRaises(UserError):
            draft.write({"run_id": run.id})
        # Nor by somebody who sees both.
        with self.assertRaises(ValidationError):
            self.draft(self.user_company, **values)
        with self.assertRaises(ValidationError):
            draft.sudo().write({"run_id": run.id})
        cron = self.env.ref("property_fee_collection.cron_issue_notices").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(run.notice_ids)

    def test_the_message_is_not_lost(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("property_fee_collection.direct_notices", "0")
        run = self.invoiced(JAN)
        run.with_user(self.user_cs).action_issue_notices()
        cron = self.env.ref("property_fee_collection.cron_issue_notices").sudo()
        dead = patch.object(
            type(run), "_finish_notices", side_effect=RuntimeError("killed")
        )
        with self.enter_registry_test_mode():
            with dead, mute_logger("odoo.addons.base.models.ir_cron"):
                with suppress(RuntimeError):
                    cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(set(run.notice_ids.mapped("state")), {"issued"})
            self.assertFalse(self.messages(run))
            for _time in range(2):
                cron.method_direct_trigger()
                self.env.invalidate_all()
                self.assertEqual(len(self.messages(run)), 1)

    def messages(self, run):
        return (
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
