import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .ledger_common import LedgerCommon, unit_row, workbook


@tagged("post_install", "-at_install")
class TestLedgerAccess(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.content = workbook(unit_row("1", area="待測"), unit_row("2"))
        cls.record = cls.make_import(cls, cls.content, user=cls.user_cs)
        cls.record.action_preview()

    def stranger(self, groups, **values):
        return new_test_user(
            self.env,
            login="ledger_stranger",
            groups=groups,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            **values,
        )

    def refused(self, user):
        """Neither his own import nor a look at this one."""
        with self.assertRaises(AccessError):
            self.make_import(self.content, user=user)
        for record in (self.record, self.record.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["display_name"])
        with self.assertRaises(AccessError):
            self.record.with_user(user).action_import()

    def test_roles_that_may(self):
        for user in (self.user_cs, self.user_cs_head, self.user_manager):
            with self.subTest(user=user.login):
                record = self.make_import(self.content, user=user)
                record.action_import()
                self.assertEqual(record.state, "done")
        record = self.make_import(self.content, user=self.user_company)
        record.action_preview()
        self.assertEqual(record.error_count, 1)

    def test_finance_and_plain_employees_may_not(self):
        self.refused(self.user_finance)
        self.refused(self.stranger("base.group_user"))

    def test_staff_of_another_community(self):
        stranger = self.stranger("property_fee_collection.group_cs")
        self.make_community("Elsewhere", "ELS", cs_user_ids=[Command.set(stranger.ids)])
        self.refused(stranger)

    def test_an_import_cannot_be_moved_to_a_foreign_community(self):
        foreign = self.make_community("Elsewhere", "ELS", cs_user_ids=[Command.clear()])
        foreign.write({"manager_id": False, "cs_head_id": False})
        self.env["property.building"].create({"name": "1", "community_id": foreign.id})
        record = self.make_import(self.content, user=self.user_cs)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.community_id = foreign
            record.action_import()
        self.env.invalidate_all()
        self.assertFalse(foreign.unit_ids)

    def test_company_user_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            login="ledger_other_company",
            groups="property_fee_collection.group_company",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.refused(stranger)

    def test_progress_row(self):
        progress = self.env["property.ledger.import.progress"].sudo()
        row = progress.create({"import_id": self.record.id, "total": 2})
        self.assertTrue(row.with_user(self.user_cs).read(["done"]))
        with self.assertRaises(AccessError):
            row.with_user(self.user_cs).write({"done": 1})
        stranger = self.stranger("property_fee_collection.group_cs")
        with self.assertRaises(AccessError):
            row.with_user(stranger).read(["done"])

    def test_state_and_author_are_the_methods_own(self):
        """A queued import runs as its author: nobody names another one."""
        for values in ({"state": "queued"}, {"user_id": self.user_manager.id}):
            with self.subTest(values=values):
                with self.assertRaises(AccessError):
                    self.record.with_user(self.user_cs).write(values)
                with self.assertRaises(AccessError):
                    self.make_import(self.content, user=self.user_cs, **values)
        forged = (
            self.env["property.ledger.import"]
            .with_user(self.user_cs)
            .with_context(default_state="queued", default_user_id=self.user_manager.id)
            .create(
                {
                    "file": base64.b64encode(self.content),
                    "community_id": self.community.id,
                }
            )
        )
        self.assertRecordValues(forged, [{"state": "draft", "user_id": False}])

    def test_another_file_begins_anew(self):
        record = self.make_import(self.content, user=self.user_cs)
        record.action_preview()
        self.assertEqual(record.state, "previewed")
        record.file = base64.b64encode(workbook(unit_row("3")))
        self.assertEqual(record.state, "draft")
        record.action_import()
        self.assertRecordValues(record, [{"state": "done", "user_id": self.user_cs.id}])

    def test_going_back_needs_write_access(self):
        with self.assertRaises(AccessError):
            self.record.with_user(self.user_finance).action_draft()
        self.assertEqual(self.record.state, "previewed")
