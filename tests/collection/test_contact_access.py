from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .contact_common import ContactCommon

MODELS = (
    "property.contact",
    "property.promise",
    "property.visit",
    "property.improvement",
)


@tagged("post_install", "-at_install")
class TestContactAccess(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env,
            login="contact_stranger",
            groups="base.group_user,property_fee_collection.group_cs_head",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        with freeze_time("2026-02-03 04:00:00"):
            cls.case = cls.opened()
            cls.rows = {
                "property.contact": cls.contact(cls.case, "2026-02-03 03:00:00"),
                "property.promise": cls.promise(cls.case, 10.0, "2026-02-09"),
                "property.visit": cls.env["property.visit"].create(
                    {"case_id": cls.case.id, "date": "2026-02-05 03:00:00"}
                ),
                "property.improvement": cls.env["property.improvement"].create(
                    {"case_id": cls.case.id, "description": "Repair the lift"}
                ),
            }
            cls.env.flush_all()

    def values(self, name):
        return {
            "property.contact": {"channel": "email", "outcome": "reached"},
            "property.promise": {"amount": 5.0, "date": "2026-02-08"},
            "property.visit": {"date": "2026-02-05 03:00:00"},
            "property.improvement": {"description": "More"},
        }[name] | {"case_id": self.case.id}

    @freeze_time("2026-02-03 04:00:00")
    def test_nothing_of_another_community(self):
        for name in MODELS:
            row = self.rows[name].with_user(self.stranger)
            self.assertFalse(row.search([]), name)
            with self.assertRaises(AccessError, msg=name):
                row.read(["case_id"])
            with self.assertRaises(AccessError, msg=name):
                row.create(self.values(name))
        wizard = self.env["property.contact.record"].with_user(self.stranger)
        with self.assertRaises(AccessError):
            wizard.create(
                {"case_id": self.case.id, "outcome": "no_answer"}
            ).action_save()
        self.assertFalse(
            self.env["property.collector.report"].with_user(self.stranger).search([])
        )

    @freeze_time("2026-02-03 04:00:00")
    def test_finance_reads_only(self):
        for name in MODELS:
            row = self.rows[name].with_user(self.user_finance)
            self.assertTrue(row.read(["case_id"]), name)
            with self.assertRaises(AccessError, msg=name):
                row.create(self.values(name))
        with self.assertRaises(AccessError):
            self.env["property.contact.record"].with_user(self.user_finance).create(
                {"case_id": self.case.id}
            )

    def test_nobody_deletes(self):
        for name in MODELS:
            with self.assertRaises(AccessError, msg=name):
                self.rows[name].with_user(self.user_manager).unlink()

    def test_nobody_writes_what_follows(self):
        guarded = {
            "property.contact": {"void_by": self.user_cs.id},
            "property.promise": {"state": "kept"},
            "property.visit": {"state": "approved"},
            "property.improvement": {"escalated_to": "manager"},
        }
        for name, values in guarded.items():
            with self.assertRaises(AccessError, msg=name):
                self.rows[name].with_user(self.user_manager).write(values)
        for name in ("priority", "next_action_date", "last_contact_date"):
            with self.assertRaises(AccessError, msg=name):
                self.case.with_user(self.user_manager).write({name: False})

    def test_a_case_is_not_moved_to(self):
        other = self.make_community(
            "Elsewhere", "ELSE", cs_user_ids=[], cs_head_id=False, manager_id=False
        )
        building = self.env["property.building"].create(
            {"name": "E", "community_id": other.id}
        )
        unit = self.make_unit("E1", building_id=building.id)
        self.make_invoice(unit.owner_id, 50.0, "2026-01-10", unit)
        foreign = self.open_cases(other)
        task = self.rows["property.improvement"].with_user(self.user_cs)
        with self.assertRaises(AccessError):
            task.case_id = foreign
