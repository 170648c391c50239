from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ...models.collection import property_collection_case_work
from ...models.collection.property_collection_case_open import QUIET
from ...models.estate.rows import insert_rows, replace_links, update_rows
from .statement_common import StatementCommon

ACTIVITY = "property_fee_collection.activity_collect"
CRON = "property_fee_collection.cron_remind"


@tagged("post_install", "-at_install")
class TestRows(StatementCommon, CronMixinCase):
    """What is put straight into its table is what Odoo would have worked out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_unit("102", owner=None, owner_id=cls.owner.id)
        cls.make_invoice(cls.owner, 120, "2026-01-20", cls.unit)
        cls.make_invoice(cls.owner, 80.55, "2026-02-20", cls.second)
        cls.make_invoice(cls.owner, -30.15, "2026-02-25", cls.unit)

    def values(self, records):
        """What stands in the columns, as Odoo reads it."""
        records.invalidate_recordset()
        names = [
            name
            for name, field in records._fields.items()
            if field.column_type and field.store and not name.startswith("write_")
        ]
        return records.read(names, load=None)

    def assertAsComputed(self, records):
        """Nothing changes when all that follows is worked out anew."""
        before = self.values(records)
        for field in records._fields.values():
            if field.store and field.compute:
                self.env.add_to_compute(field, records)
        self.env.flush_all()
        self.assertEqual(self.values(records), before)

    @freeze_time("2026-03-05 02:00")
    def test_case_as_computed(self):
        case = self.open_cases()
        self.assertEqual(case.partner_id, self.owner)
        # 120.00 + 80.55 − 30.15, both due before 5 March; the older one in January.
        self.assertEqual(
            (case.amount_overdue, case.anchor_date, case.months_unpaid),
            (170.4, date(2026, 1, 20), 2),
        )
        self.assertEqual(case.unit_ids, self.unit + self.second)
        self.assertEqual((case.state, case.user_id), ("open", self.user_cs))
        self.assertEqual(case.next_action, "first_contact")
        self.assertAsComputed(case)

    @freeze_time("2026-03-05 02:00")
    def test_case_as_created(self):
        case = self.open_cases()
        unit = self.make_unit("103", owner=None, owner_id=self.make_partner().id)
        self.make_invoice(unit.owner_id, 120, "2026-01-20", unit)
        self.make_invoice(unit.owner_id, 80.55, "2026-02-20", unit)
        self.make_invoice(unit.owner_id, -30.15, "2026-02-25", unit)
        cases = self.env["property.collection.case"].sudo().with_context(**QUIET)
        other = cases.create(
            {
                "partner_id": unit.owner_id.id,
                "community_id": self.community.id,
                "user_id": self.user_cs.id,
            }
        )
        own = {"id", "partner_id", "unit_id", "sort_key", "create_date"}
        [bulk], [made] = self.values(case), self.values(other)
        for name in bulk.keys() - own:
            self.assertEqual(bulk[name], made[name], name)

    def make_partner(self):
        return self.env["res.partner"].create({"name": "Other"})

    @freeze_time("2026-03-05 02:00")
    def test_notice_as_computed(self):
        statement = self.signed_statement("2026-02-01")
        notice = statement.notice_ids
        # Charges 120.00 and 80.55, a credit of 30.15.
        self.assertEqual(notice.line_ids.mapped("amount"), [120.0, 80.55, -30.15])
        self.assertEqual(notice.amount_total, 170.4)
        self.assertEqual(notice.collector_id, self.user_cs)
        self.assertEqual(notice.building_id, self.unit.building_id)
        self.assertEqual(statement.line_ids.notice_id, notice)
        self.assertEqual(len(notice.access_token), 22)
        self.assertAsComputed(notice)
        self.assertAsComputed(notice.line_ids)
        # A draft moves nothing on the case.
        self.assertAsComputed(notice.case_id)

    @freeze_time("2026-03-05 02:00")
    def test_issued_notice_is_not_written(self):
        notice = self.signed_statement("2026-02-01").notice_ids.sudo()
        composer = self.env["property.notice.composer"].sudo()
        contents = composer._contents(notice.kind, notice)
        notice._write_contents(contents, notice._numbers())
        notice.state = "issued"
        with self.assertRaisesRegex(UserError, "its lines stay as they are"):
            notice._write_contents(contents)

    def test_insert_and_update(self):
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        cases = insert_rows(
            self.env["property.collection.case"].sudo(),
            [
                {
                    "partner_id": partner.id,
                    "community_id": self.community.id,
                    "company_id": self.company.id,
                    "anchor_date": False,
                    "is_malicious": False,
                    "amount_open": 1.5,
                }
                for partner in partners
            ],
        )
        self.assertEqual(cases.partner_id, partners)
        self.assertEqual(cases.create_uid, self.env.user)
        self.assertEqual(cases.mapped("amount_open"), [1.5, 1.5])
        # A value that waits to be written does not come after what is put here.
        cases[0].reason_note = "waits"
        update_rows(
            cases,
            [
                {"anchor_date": None, "hold_reason": "a", "reason_note": "now"},
                {"anchor_date": None, "hold_reason": False, "reason_note": None},
            ],
        )
        self.env.flush_all()
        self.assertEqual(cases.mapped("hold_reason"), ["a", False])
        self.assertEqual(cases.mapped("reason_note"), ["now", False])
        replace_links(cases, "unit_ids", [(cases[0].id, self.unit.id)])
        self.assertEqual([len(case.unit_ids) for case in cases], [1, 0])
        replace_links(cases, "unit_ids", [(cases[1].id, self.unit.id)])
        self.assertEqual([len(case.unit_ids) for case in cases], [0, 1])
        self.assertFalse(insert_rows(self.env["property.notice"], []))

    def reminders(self, case):
        kind = self.env.ref(ACTIVITY)
        return case.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    @freeze_time("2026-03-05 02:00")
    def test_reminders_of_many_cases(self):
        """Nobody waits for the reminders of hundreds of new cases."""
        with (
            patch.object(property_collection_case_work, "DIRECT_REMINDERS", 0),
            self.capture_triggers(CRON) as captured,
        ):
            case = self.open_cases()
        self.assertEqual(len(captured.records), 1)
        self.assertFalse(self.reminders(case))
        for _time in range(2):
            with self.enter_registry_test_mode():
                self.env.ref(CRON).method_direct_trigger()
            case.invalidate_recordset()
            self.assertEqual(self.reminders(case).user_id, self.user_cs)
            self.assertEqual(len(self.reminders(case)), 1)
