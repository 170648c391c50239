"""Who may see and change disputes, plans and late fees: by role, community, company."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..billing.common import MODULE
from .plan_common import PlanCommon

MODELS = (
    "property.dispute",
    "property.plan",
    "property.plan.item",
    "property.plan.line",
    "property.late.fee",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 04:00:00")
class TestPlanAccess(PlanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-15 04:00:00"):
            cls.records = cls.make_records()
        cls.elsewhere = new_test_user(
            cls.env,
            login="property_elsewhere",
            groups=f"base.group_user,{MODULE}.group_cs_head,{MODULE}.group_finance",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.riverside = cls.make_community(
            "Riverside",
            "RVS",
            cs_head_id=cls.elsewhere.id,
            manager_id=False,
            finance_user_id=False,
            cs_user_ids=[Command.clear()],
        )
        other = cls.env["res.company"].create({"name": "Elsewhere Ltd"})
        cls.stranger = new_test_user(
            cls.env,
            login="property_stranger",
            groups=f"base.group_user,{MODULE}.group_company,{MODULE}.group_finance",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        cls.portal = new_test_user(
            cls.env,
            login="property_portal",
            groups="base.group_portal",
            partner_id=cls.owner.id,
        )
        cls.internal = new_test_user(
            cls.env, login="property_internal", groups="base.group_user"
        )

    @classmethod
    def make_records(cls):
        plan = cls.env["property.plan"].create(
            {
                "case_id": cls.case.id,
                "reason": "Illness",
                "line_ids": [Command.create({"date": "2026-04-10", "amount": 1000.0})],
            }
        )
        return {
            "property.plan": plan,
            "property.plan.item": plan.item_ids,
            "property.plan.line": plan.line_ids,
            "property.dispute": cls.env["property.dispute"].create(
                {"move_id": cls.january.id, "amount": 10.0}
            ),
            "property.late.fee": cls.env["property.late.fee"]
            .sudo()
            .create(
                {
                    "case_id": cls.case.id,
                    "move_id": cls.january.id,
                    "fee_move_id": cls.february.id,
                    "amount": 1.0,
                    "date_to": "2026-03-14",
                }
            ),
        }

    def test_nobody_else_sees_them(self):
        for user in (self.elsewhere, self.stranger):
            for model in MODELS:
                records = self.env[model].with_user(user)
                self.assertFalse(records.search([]), (user.login, model))
                with self.assertRaises(AccessError):
                    self.records[model].with_user(user).read(["display_name"])
        for user in (self.portal, self.internal):
            for model in MODELS:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_the_team_sees_them(self):
        for user in (self.user_cs, self.user_finance, self.user_manager):
            for model in MODELS:
                found = self.env[model].with_user(user).search([])
                self.assertEqual(found, self.records[model].with_user(user).exists())

    def test_nobody_else_acts(self):
        plan, dispute = self.records["property.plan"], self.records["property.dispute"]
        for user in (self.elsewhere, self.stranger, self.internal, self.portal):
            for act in (
                plan.with_user(user).action_withdraw,
                plan.with_user(user).action_start,
                plan.with_user(user).action_refresh_items,
                plan.with_user(user).action_approve,
                plan.with_user(user).action_reject,
                dispute.with_user(user).action_uphold,
                dispute.with_user(user).action_reject,
                self.case.with_user(user).action_bill_late_fee,
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_nobody_else_proposes_or_disputes(self):
        for user in (self.elsewhere, self.stranger, self.internal, self.portal):
            with self.assertRaises(AccessError):
                self.env["property.plan"].with_user(user).create(
                    {"case_id": self.case.id, "kind": "waiver", "reason": "Mine"}
                )
            with self.assertRaises(AccessError):
                self.env["property.dispute"].with_user(user).create(
                    {"move_id": self.february.id, "amount": 1.0}
                )
            with self.assertRaises(AccessError):
                self.env["property.plan.spread"].with_user(user).create(
                    {"plan_id": self.records["property.plan"].id}
                )

    def test_finance_neither_proposes_nor_changes(self):
        finance = self.user_finance
        plan = self.records["property.plan"].with_user(finance)
        for act in (
            plan.action_approve,
            plan.action_reject,
            plan.action_withdraw,
            plan.action_start,
            lambda: plan.line_ids.write({"amount": 1.0}),
            lambda: plan.item_ids.write({"amount": 1.0}),
            lambda: plan.create({"case_id": self.case.id, "reason": "Poor"}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_evidence(self):
        """A file uploaded with the proposal is seen by whoever sees the proposal."""

        def upload(user, **values):
            return (
                self.env["ir.attachment"]
                .with_user(user)
                .create({"name": "letter.txt", "raw": b"Illness", **values})
            )

        plan = self.records["property.plan"].with_user(self.user_cs)
        file = upload(self.user_cs)
        plan.evidence_ids = file
        self.assertEqual((file.res_model, file.res_id), ("property.plan", plan.id))
        self.assertTrue(file.with_user(self.user_company).has_access("read"))
        self.assertFalse(file.with_user(self.elsewhere).has_access("read"))
        for other in (
            upload(self.user_company),
            upload(self.user_cs, res_model="res.partner", res_id=self.owner.id),
        ):
            with self.assertRaises(UserError):
                plan.evidence_ids |= other

    def test_nobody_decides_by_proposing(self):
        vals = {"case_id": self.case.id, "kind": "waiver", "reason": "Poor"}
        plans = self.env["property.plan"].with_user(self.user_cs)
        with self.assertRaises(AccessError):
            plans.create({**vals, "decision_reason": "Granted"})
        with self.assertRaises(AccessError):
            plans.with_context(default_decision_reason="Granted").create(vals)

    def test_late_fees_are_written_by_the_system(self):
        row = self.records["property.late.fee"]
        for user in (self.user_cs, self.user_finance, self.user_company):
            with self.assertRaises(AccessError):
                row.with_user(user).write({"amount": 0.0})
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()

    def test_a_dispute_does_not_move_to_another_community(self):
        """Nor is it put on an invoice that its author may not see."""
        unit = self.make_unit("102")
        theirs = self.make_invoice(unit.owner_id, 10.0, "2026-01-10", unit)
        dispute = self.records["property.dispute"].with_user(self.user_cs)
        theirs.property_community_id = self.riverside
        with self.assertRaises(AccessError):
            dispute.move_id = theirs
